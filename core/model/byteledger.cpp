// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/byteledger.h"

namespace Parlance {

void ByteLedger::account(ByteHolder &holder, qint64 bytes)
{
    if (holder.m_place == ByteHolder::kNowhere) {
        holder.m_place = m_heap.size();
        m_heap.push_back(&holder);
    }
    const qint64 change = bytes - holder.m_bytes;
    m_total += change;
    holder.m_bytes = bytes;
    if (change >= 0)
        rise(holder.m_place);
    else
        sink(holder.m_place);
}

void ByteLedger::forget(ByteHolder &holder)
{
    if (holder.m_place == ByteHolder::kNowhere)
        return;
    m_total -= holder.m_bytes;
    const size_t place = holder.m_place;
    ByteHolder *last = m_heap.back();
    m_heap.pop_back();
    if (last != &holder) {
        put(last, place);
        rise(place);
        sink(last->m_place);
    }
    holder.m_place = ByteHolder::kNowhere;
    holder.m_bytes = 0;
}

void ByteLedger::put(ByteHolder *holder, size_t place)
{
    m_heap[place] = holder;
    holder->m_place = place;
}

void ByteLedger::rise(size_t place)
{
    ByteHolder *holder = m_heap[place];
    while (place > 0) {
        const size_t parent = (place - 1) / 2;
        if (m_heap[parent]->m_bytes >= holder->m_bytes)
            break;
        put(m_heap[parent], place);
        place = parent;
    }
    put(holder, place);
}

void ByteLedger::sink(size_t place)
{
    ByteHolder *holder = m_heap[place];
    for (size_t child = 2 * place + 1; child < m_heap.size(); child = 2 * place + 1) {
        if (child + 1 < m_heap.size() && m_heap[child + 1]->m_bytes > m_heap[child]->m_bytes)
            ++child;
        if (m_heap[child]->m_bytes <= holder->m_bytes)
            break;
        put(m_heap[child], place);
        place = child;
    }
    put(holder, place);
}

} // namespace Parlance

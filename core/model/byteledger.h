// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <cstddef>
#include <vector>

namespace Parlance {

/// Something that holds bytes which count against a common bound; derive from it. Neither moves nor is copied,
/// since a ledger knows it by its address.
class ByteHolder
{
    Q_DISABLE_COPY_MOVE(ByteHolder)

public:
    ByteHolder() = default;
    /// As the ledger has it; 0 where no ledger knows the holder.
    qint64 accountedBytes() const { return m_bytes; }

protected:
    ~ByteHolder() = default;

private:
    friend class ByteLedger;
    static constexpr size_t kNowhere = size_t(-1);

    qint64 m_bytes = 0;
    size_t m_place = kNowhere; ///< in the ledger's heap
};

/// Who holds how many bytes, with the one who holds the most at hand: when a common bound is reached, that one pays,
/// and not whoever happens to come next.
///
/// A binary heap in which each holder knows its place. A change that keeps the order, as most do, costs one or two
/// comparisons; none looks at all holders. Bounded by the number of holders, which it does not own.
class ByteLedger
{
public:
    /// Makes \a holder known, if need be, as one who holds \a bytes.
    void account(ByteHolder &holder, qint64 bytes);
    /// The holder is going away. Unknown ones are ignored.
    void forget(ByteHolder &holder);

    qint64 total() const { return m_total; }
    /// Null when nobody is known. Among equals any.
    ByteHolder *largest() const { return m_heap.empty() ? nullptr : m_heap.front(); }

private:
    void put(ByteHolder *holder, size_t place);
    void rise(size_t place);
    void sink(size_t place);

    std::vector<ByteHolder *> m_heap;
    qint64 m_total = 0;
};

} // namespace Parlance

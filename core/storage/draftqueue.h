// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/messagestore.h"

#include <QList>

#include <mutex>
#include <utility>

namespace Parlance {

/// Messages on their way from the hub to the storage thread. Thread: any.
class DraftQueue
{
public:
    /// True where the other side must be woken: it took everything and has not been woken since.
    bool put(QList<Draft> drafts)
    {
        const std::lock_guard lock(m_mutex);
        if (m_drafts.isEmpty())
            m_drafts = std::move(drafts);
        else
            m_drafts.append(std::move(drafts));
        return !std::exchange(m_isWoken, true);
    }

    QList<Draft> takeAll()
    {
        const std::lock_guard lock(m_mutex);
        m_isWoken = false;
        return std::exchange(m_drafts, {});
    }

private:
    std::mutex m_mutex;
    QList<Draft> m_drafts;
    bool m_isWoken = false;
};

} // namespace Parlance

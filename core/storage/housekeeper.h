// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/historywriter.h"
#include "storage/searchindex.h"
#include "storage/sqlsource.h"

namespace Parlance {

/// What the writing connection does when it has time: gives what is new its rows, indexes it, and wipes out what was taken
/// back.
///
/// A text that was edited or deleted is overwritten in its row at once (secure_delete), but stands in the search index
/// until that is merged, and in the log until that is emptied. That it still has to be done stands in `meta`, so that it
/// is done after a crash too. On PostgreSQL both are autovacuum's work.
/// Thread: the storage thread.
class Housekeeper
{
public:
    static constexpr qsizetype kSettled = 256; ///< messages that get their rows in one step

    /// \a connection must outlive the housekeeper, as must \a writer, which has it.
    Housekeeper(SqlConnection &connection, HistoryWriter &writer, const SqlSource &source);

    /// After a start: what a process before this one left undone.
    Status begin();
    /// Something was taken back, whose mark the writer has set.
    void noteErased()
    {
        m_mustErase = true;
        m_isPurging = false; // a merge that is under way does not see it
    }

    /// A piece of the work, of about 10 ms. How long to wait for the next one, in milliseconds; nothing where all is
    /// done.
    Result<std::optional<int>> step();

    /// The mark, in the transaction that takes something back.
    static Status markErasure(SqlConnection &connection);

private:
    Result<bool> emptyLog();

    SqlConnection &m_connection;
    HistoryWriter &m_writer;
    SearchIndex m_index;
    int m_patienceMs;
    bool m_mustErase = false;
    bool m_isPurging = false;
};

} // namespace Parlance

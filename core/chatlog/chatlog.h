// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "model/historypage.h"
#include "model/message.h"
#include "model/messagestore.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <deque>
#include <memory>
#include <unordered_map>

namespace Parlance {

class ChatManager;
class LogShelf;
struct LogTail;

/// Keeps a copy of what is said in files for people and scripts: `<room>/<date>.jsonl`.
///
/// It follows the store: what a log lacks is read from the history behind it, a room at a time, whether the server just ran,
/// was killed, or could not write for a while. So chat never waits for it, and nothing committed is missing in it.
/// Thread: the hub. The files are written in a thread of its own.
class ChatLog final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatLog)

public:
    static constexpr int kDelayMs = 200; ///< from something said to its line, while little is said
    static constexpr int kRetryMs = 2'000; ///< after a failure
    static constexpr int kPage = 500; ///< entries that are read at once

    struct Options
    {
        QString path; ///< the folder
        qint64 fileBytes = 0; ///< where a file is full
        qint64 keepMs = 0; ///< how long a day's file is kept; 0: for ever
    };

    /// \a manager and \a clock must outlive the log.
    ChatLog(ChatManager &manager, const Clock &clock, const Options &options);
    /// What is being written is written.
    ~ChatLog() override;

    bool hasFailed() const { return m_hasFailed; } ///< the last attempt to write did

signals:
    /// The log of \a room has all of the history up to \a seq.
    void reached(const Parlance::RoomName &room, quint64 seq);

private:
    /// A room that has a log or is about to get one.
    struct Tail
    {
        RoomName room;
        quint64 seq = 0;
        QString id = {};
        bool isProven = false; ///< the store has that entry
        bool isBehind = false; ///< the store may have more
    };

    void note(const RoomName &room);
    void onOpened(const Status &status, const QList<LogTail> &tails);
    void onTail(const LogTail &tail);
    void onFailed(const RoomName &room, const Error &error);
    void proceed();
    void onPage(const RoomName &room, const Result<HistoryPage> &page);
    void retryLater(const Error &error);

    ChatManager &m_manager;
    const Clock &m_clock;
    QThread m_thread;
    std::unique_ptr<LogShelf> m_shelf; ///< lives in m_thread
    std::unordered_map<QString, Tail> m_tails; ///< by the rooms' keys
    std::deque<QString> m_behind; ///< keys of those that are, in turn
    QTimer m_next; ///< until the next room's turn
    QTimer m_prune;
    bool m_isOpen = false;
    bool m_isBusy = false; ///< a page is being read or written
    bool m_hasFailed = false;
};

} // namespace Parlance

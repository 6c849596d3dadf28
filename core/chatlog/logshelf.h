// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chatlog/logfolder.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <unordered_map>

namespace Parlance {

/// The newest entry of a room's log.
struct LogTail
{
    RoomName room;
    quint64 seq = 0; ///< 0: there is none
    QString id = {}; ///< of the message that it is or is about
};

/// The folders of all rooms.
///
/// Thread: one of its own, which waits for the disk.
class LogShelf final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogShelf)

public:
    /// In \a path. \a fileBytes as in LogFolder; files that are older than \a keepMs are deleted, 0: never.
    LogShelf(const QString &path, qint64 fileBytes, qint64 keepMs);
    ~LogShelf() override;

    /// Looks through what is there; opened() follows.
    void open();
    /// \a entries go behind the tail of \a room; tail() or failed() follows.
    void append(const Parlance::RoomName &room, const Parlance::MessageList &entries);
    /// The history that the log of \a room was written from is no more: the log is moved away, and a new one begins.
    /// tail() or failed() follows.
    void beginAnew(const Parlance::RoomName &room);
    /// Deletes what is too old. \a now: milliseconds since the Unix epoch.
    void prune(qint64 now);

signals:
    /// \a tails: one for each room that has a log.
    void opened(const Parlance::Status &status, const QList<Parlance::LogTail> &tails);
    void tail(const Parlance::LogTail &tail);
    void failed(const Parlance::RoomName &room, const Parlance::Error &error);

private:
    Status makeFolder() const;
    Status wipeAside(const RoomName &room, const MessageList &entries);
    Result<LogFolder *> folder(const RoomName &room);
    QString freePath(const RoomName &room) const;
    static LogTail tailOf(const RoomName &room, const LogFolder &folder);

    QString m_path;
    qint64 m_fileBytes;
    qint64 m_keepMs;
    std::unordered_map<QString, LogFolder> m_folders; ///< by the rooms' keys
    std::unordered_multimap<QString, LogFolder> m_aside; ///< of histories that are no more, likewise
};

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "chatlog/logname.h"
#include "model/message.h"

#include <QFile>
#include <QString>

#include <map>
#include <memory>
#include <optional>

namespace Parlance {

/// The log of one room: a folder with a file for each day (UTC), and more for a day that fills one.
///
/// The lines of all files, in the order of their names, are the room's history by seq. Failures are StorageFull or
/// Unavailable, after which what was written half is taken away again. Thread: one that may wait for the disk.
class LogFolder
{
public:
    /// The newest entry.
    struct End
    {
        QString room;
        quint64 seq = 0;
        QString id; ///< of the message that it is or is about
    };

    /// \a fileBytes: where a file counts as full.
    LogFolder(const QString &path, qint64 fileBytes) : m_path(path), m_fileBytes(fileBytes) {}

    /// Makes the folder where there is none, and cuts off a last line that is not whole.
    Status open();
    /// Nothing where there are no entries.
    const std::optional<End> &end() const { return m_end; }
    const QString &path() const { return m_path; }

    /// Adds \a entries, which follow the end in seq order. The text that one of them replaced or took back is gone from
    /// all files before its own line is written; so whoever finds the line after a crash need not look.
    Status append(const MessageList &entries);
    /// Wipes the text out of all files that \a change, of a message that they may have, replaced or took back.
    Status wipe(const Message &change);
    /// Deletes the files of the days before \a day. Of the newest file a line is left that says where the log has come to.
    Status removeBefore(QDate day);

private:
    Status openNewest();
    Status repair(const QString &file);
    Status write(LogFileName name, const QByteArray &lines);
    Status flush();
    Status choose(qint64 timestamp);
    Result<bool> wipeFrom(const QString &file, const Message &change);
    QString filePath(const LogFileName &name) const { return m_path + u'/' + name.text(); }
    QList<LogFileName> files() const; ///< oldest first

    QString m_path;
    qint64 m_fileBytes;
    bool m_isOpen = false;
    std::optional<End> m_end;
    LogFileName m_current; ///< of the day at hand; its date is not valid where there is no file
    qint64 m_size = 0; ///< of the current file
    QByteArray m_lines; ///< for it
};

} // namespace Parlance

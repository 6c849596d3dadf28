// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/message.h"

#include <QDir>
#include <QFile>
#include <QStringList>

namespace Parlance {

/// Entries of a history, made by hand. Midday of 2026-11-27, UTC, and a second more with each seq.
inline constexpr qint64 kNoon = 1'795'780'800'000;

inline Message logEntry(quint64 seq, const QString &content, qint64 timestamp = 0, const QString &room = QStringLiteral("general"))
{
    Message message;
    message.id = MessageId(QStringLiteral("e-1-%1").arg(seq));
    message.room = parseRoomName(room).take();
    message.author = parseUserName(QStringLiteral("Анна")).take();
    message.content = content;
    message.timestamp = timestamp > 0 ? timestamp : kNoon + qint64(seq) * 1000;
    message.seq = seq;
    return message;
}

inline Message logChange(quint64 seq, ChangeKind kind, quint64 target, const QString &content = {}, qint64 timestamp = 0)
{
    Message change = logEntry(seq, kind == ChangeKind::Edit ? content : QString(), timestamp);
    change.change = std::make_shared<const Change>(Change {kind, MessageId(QStringLiteral("e-1-%1").arg(target)), target,
                                                           kind == ChangeKind::Reaction ? content : QString()});
    return change;
}

/// The names of the files in \a folder, as they sort.
inline QStringList filesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::Files, QDir::Name);
}

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

/// All of the folder and the folders in it, one behind the other.
inline QByteArray everythingIn(const QString &folder)
{
    QByteArray all;
    for (const QString &name : filesIn(folder))
        all += contentOf(folder + u'/' + name);
    for (const QString &name : QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        all += everythingIn(folder + u'/' + name);
    return all;
}

} // namespace Parlance

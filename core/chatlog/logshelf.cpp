// SPDX-License-Identifier: GPL-3.0-or-later
#include "chatlog/logshelf.h"

#include "base/logging.h"
#include "chatlog/logline.h"

#include <QDateTime>
#include <QDir>
#include <QTimeZone>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr auto kAside = "~"_L1; ///< what the name of a log that was moved away begins with; no room's does

} // namespace

LogShelf::LogShelf(const QString &path, qint64 fileBytes, qint64 keepMs) : m_path(path), m_fileBytes(fileBytes), m_keepMs(keepMs) {}

LogShelf::~LogShelf() = default;

void LogShelf::open()
{
    if (const Status made = makeFolder(); !made) {
        emit opened(made.error(), {});
        return;
    }
    QList<LogTail> tails;
    m_folders.clear();
    m_aside.clear();
    // Another letter case or form of a room's name is the same room: it goes by what its lines say, not by its folder.
    for (const QString &name : QDir(m_path).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        LogFolder folder(m_path + u'/' + name, m_fileBytes);
        if (const Status read = folder.open(); !read) {
            emit opened(read.error(), {});
            return;
        }
        if (!folder.end())
            continue;
        const Result<RoomName> room = parseRoomName(folder.end()->room);
        if (!room)
            continue;
        if (name.startsWith(kAside)) {
            m_aside.emplace(room.value().key(), std::move(folder));
            continue;
        }
        tails.append(tailOf(room.value(), folder));
        m_folders.insert_or_assign(room.value().key(), std::move(folder));
    }
    emit opened(Status(), tails);
}

Status LogShelf::makeFolder() const
{
    const QFileDevice::Permissions own = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
    if (QFileInfo(m_path).isDir() || QDir().mkdir(m_path, own))
        return {};
    return Error {ErrorCode::Unavailable, u"the folder %1 cannot be made"_s.arg(m_path)};
}

void LogShelf::append(const RoomName &room, const MessageList &entries)
{
    const Result<LogFolder *> found = folder(room);
    if (!found) {
        emit failed(room, found.error());
        return;
    }
    Status done = wipeAside(room, entries); // before the lines that say so
    if (done)
        done = found.value()->append(entries);
    if (!done)
        emit failed(room, done.error());
    else
        emit tail(tailOf(room, *found.value()));
}

/// What was said before a backup was made has the same id in the history that was, and in the one that is.
Status LogShelf::wipeAside(const RoomName &room, const MessageList &entries)
{
    const auto [first, last] = m_aside.equal_range(room.key());
    for (auto aside = first; aside != last; ++aside) {
        for (const Message &entry : entries) {
            if (!replacesText(entry))
                continue;
            if (Status wiped = aside->second.wipe(entry); !wiped)
                return wiped;
        }
    }
    return {};
}

void LogShelf::beginAnew(const RoomName &room)
{
    const auto it = m_folders.find(room.key());
    if (it != m_folders.end()) {
        const QString path = it->second.path();
        const QString aside = u"%1/%2%3-%4"_s.arg(m_path, kAside, QDateTime::currentDateTimeUtc().toString(u"yyyyMMddTHHmmsszzz"), QFileInfo(path).fileName());
        if (!QDir().rename(path, aside)) {
            emit failed(room, Error {ErrorCode::Unavailable, u"%1 cannot be moved to %2"_s.arg(path, aside)});
            return;
        }
        m_folders.erase(it);
        LogFolder folder(aside, m_fileBytes);
        if (const Status opened = folder.open(); !opened) {
            emit failed(room, opened.error());
            return;
        }
        m_aside.emplace(room.key(), std::move(folder));
    }
    emit tail({room});
}

void LogShelf::prune(qint64 now)
{
    if (m_keepMs <= 0)
        return;
    const QDate day = QDateTime::fromMSecsSinceEpoch(now - m_keepMs, QTimeZone::utc()).date();
    for (auto &[key, folder] : m_aside) {
        if (const Status done = folder.removeBefore(day); !done)
            qCWarning(lcStore).noquote() << "an old chat log cannot be deleted:" << done.error().detail;
    }
    for (auto &[key, folder] : m_folders) {
        if (const Status done = folder.removeBefore(day); !done)
            qCWarning(lcStore).noquote() << "an old chat log cannot be deleted:" << done.error().detail;
    }
}

Result<LogFolder *> LogShelf::folder(const RoomName &room)
{
    if (const auto known = m_folders.find(room.key()); known != m_folders.end())
        return &known->second;
    if (const Status made = makeFolder(); !made)
        return made.error();
    LogFolder folder(freePath(room), m_fileBytes);
    if (const Status opened = folder.open(); !opened)
        return opened.error();
    return &m_folders.emplace(room.key(), std::move(folder)).first->second;
}

/// Where no other room has its log: `name`, `name~2`, … Case does not count, as on some file systems it does not.
QString LogShelf::freePath(const RoomName &room) const
{
    const QString name = folderNameOf(room);
    for (int i = 1;; ++i) {
        const QString path = m_path + u'/' + (i == 1 ? name : u"%1~%2"_s.arg(name).arg(i));
        const bool isTaken = std::any_of(m_folders.cbegin(), m_folders.cend(), [&path](const auto &other) {
            return other.second.path().compare(path, Qt::CaseInsensitive) == 0;
        });
        if (!isTaken)
            return path;
    }
}

LogTail LogShelf::tailOf(const RoomName &room, const LogFolder &folder)
{
    return folder.end() ? LogTail {room, folder.end()->seq, folder.end()->id} : LogTail {room};
}

} // namespace Parlance

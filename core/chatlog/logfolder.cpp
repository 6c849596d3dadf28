// SPDX-License-Identifier: GPL-3.0-or-later
#include "chatlog/logfolder.h"

#include "chatlog/logline.h"

#include <QDateTime>
#include <QDir>
#include <QSaveFile>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr qint64 kTail = 1024 * 1024; ///< bytes at the end of a file that are looked through; a line is shorter by far
constexpr QFileDevice::Permissions kOwn = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

Error failure(const QFileDevice &file)
{
    const bool isFull = file.error() == QFileDevice::ResourceError || file.error() == QFileDevice::WriteError;
    return {isFull ? ErrorCode::StorageFull : ErrorCode::Unavailable, u"%1: %2"_s.arg(file.fileName(), file.errorString())};
}

/// The new content is on the disk before it gets the name.
Status replace(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        return failure(file);
    file.setPermissions(kOwn);
    return file.commit() ? Status() : failure(file);
}

} // namespace

Status LogFolder::open()
{
    if (!QDir().exists(m_path) && !QDir().mkdir(m_path, kOwn | QFileDevice::ExeOwner))
        return Error {ErrorCode::Unavailable, u"the folder %1 cannot be made"_s.arg(m_path)};
    m_end.reset();
    m_lines.clear();
    Status done = openNewest();
    m_isOpen = bool(done);
    return done;
}

/// A file that has no whole line is removed, and the one before it is the newest.
Status LogFolder::openNewest()
{
    const QList<LogFileName> names = files();
    for (auto name = names.crbegin(); name != names.crend(); ++name) {
        if (Status repaired = repair(filePath(*name)); !repaired)
            return repaired;
        if (!m_end)
            continue;
        m_current = *name;
        m_size = QFileInfo(filePath(*name)).size();
        return {};
    }
    m_current = {};
    m_size = 0;
    return {};
}

/// Lines from the end that are not whole are cut off: the process died, or the machine did.
Status LogFolder::repair(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite))
        return failure(file);
    qint64 good = 0;
    if (file.size() > kTail) { // a whole line of what lies before stands as it was written
        file.seek(file.size() - kTail);
        file.readLine();
        good = file.pos();
    }
    const qint64 start = good;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine();
        // Zeros stand where a file grew and its content did not reach the disk.
        const std::optional<LoggedEntry> entry = readLogLine(line);
        if (!entry)
            break;
        good += line.size();
        m_end = End {entry->room, entry->seq, entry->id};
    }
    if (good == file.size())
        return {};
    if (good == start && start > 0)
        return Error {ErrorCode::Unavailable, u"%1 has no whole line at its end; move it away"_s.arg(path)};
    if (good == 0)
        return file.remove() ? Status() : failure(file);
    return file.resize(good) ? Status() : failure(file);
}

QList<LogFileName> LogFolder::files() const
{
    QList<LogFileName> names;
    for (const QString &entry : QDir(m_path).entryList(QDir::Files)) {
        if (const auto name = LogFileName::parse(entry))
            names.append(*name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

Status LogFolder::append(const MessageList &entries)
{
    if (!m_isOpen) {
        if (Status opened = open(); !opened)
            return opened;
    }
    for (const Message &entry : entries) {
        if (m_end && entry.seq <= m_end->seq)
            continue;
        Status done = choose(entry.timestamp);
        if (done && replacesText(entry)) {
            done = flush();
            if (done)
                done = wipe(entry);
        }
        if (!done) {
            m_isOpen = false; // what is there is looked at anew
            return done;
        }
        m_lines += logLine(entry);
        m_end = End {entry.room.text(), entry.seq, (entry.change ? entry.change->target : entry.id).toString()};
    }
    return flush();
}

/// The file for an entry of that time. Never one before the current file, or a clock that goes back would mix up the order.
Status LogFolder::choose(qint64 timestamp)
{
    const QDate day = std::max(QDateTime::fromMSecsSinceEpoch(timestamp, QTimeZone::utc()).date(), m_current.date);
    const bool isFull = m_size + m_lines.size() >= m_fileBytes;
    if (m_current.date == day && !isFull)
        return {};
    if (Status written = flush(); !written)
        return written;
    m_current = m_current.date == day ? LogFileName {day, m_current.part + 1} : LogFileName {day, 1};
    m_size = 0;
    return {};
}

/// After a failure nothing of what was to be written counts as written: the end is read anew.
Status LogFolder::flush()
{
    if (m_lines.isEmpty())
        return {};
    QFile file(filePath(m_current));
    const bool isOpen = file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered, kOwn);
    if (isOpen && file.write(m_lines) == m_lines.size()) {
        m_size += m_lines.size();
        m_lines.clear();
        return {};
    }
    const Error error = failure(file);
    if (isOpen)
        file.resize(m_size);
    m_isOpen = false;
    return error;
}

/// Everything about the message that was changed, from its own file to the newest.
Status LogFolder::wipe(const Message &change)
{
    const QList<LogFileName> names = files();
    for (auto name = names.crbegin(); name != names.crend(); ++name) {
        const Result<bool> reached = wipeFrom(filePath(*name), change);
        if (!reached)
            return reached.error();
        if (reached.value())
            break;
    }
    m_size = QFileInfo(filePath(m_current)).size();
    return {};
}

/// True where \a path begins with the message or before it: no file before this one has to do with it.
Result<bool> LogFolder::wipeFrom(const QString &path, const Message &change)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(file);
    QByteArray after;
    bool isOther = false;
    std::optional<quint64> first;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine();
        if (!first) {
            const std::optional<LoggedEntry> entry = readLogLine(line);
            first = entry ? entry->seq : 0;
        }
        const QByteArray now = afterChange(line, change);
        isOther = isOther || now != line;
        after += now;
    }
    file.close();
    if (isOther) {
        if (const Status replaced = replace(path, after); !replaced)
            return replaced.error();
    }
    return first.value_or(0) <= change.change->targetSeq;
}

Status LogFolder::removeBefore(QDate day)
{
    for (const LogFileName &name : files()) {
        if (name.date >= day)
            continue;
        if (name != m_current) {
            QFile::remove(filePath(name));
            continue;
        }
        const QByteArray mark = m_end ? markLine({m_end->room, m_end->seq, m_end->id}) : QByteArray();
        if (mark.isEmpty() || m_size == mark.size())
            continue;
        if (Status replaced = replace(filePath(name), mark); !replaced)
            return replaced;
        m_size = mark.size();
    }
    return {};
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "upkeep/partialfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

Error failure(const QString &what, int number)
{
    const bool isFull = number == ENOSPC || number == EDQUOT || number == EFBIG;
    return {isFull ? ErrorCode::StorageFull : ErrorCode::Unavailable, what + u": "_s + QString::fromLocal8Bit(std::strerror(number))};
}

} // namespace

Status isApartFrom(const SqlSource &source, const QString &path)
{
    if (source.dialect != SqlDialect::Sqlite)
        return {};
    const QFileInfo database(source.database);
    const QFileInfo place(path);
    const QString folder = QFileInfo(place.absolutePath()).canonicalFilePath(); // empty where there is none
    const bool isInFolder = !folder.isEmpty() && folder == QFileInfo(database.absolutePath()).canonicalFilePath();
    struct stat target {};
    const bool isThere = ::stat(QFile::encodeName(path).constData(), &target) == 0;
    const QString name = database.fileName();
    for (const QString &part : {name, name + u"-wal"_s, name + u"-shm"_s, name + u"-journal"_s, u"lock"_s}) {
        struct stat own {};
        const bool isSame = isThere && ::stat(QFile::encodeName(database.absolutePath() + u'/' + part).constData(), &own) == 0
            && own.st_dev == target.st_dev && own.st_ino == target.st_ino;
        if (isSame || (isInFolder && place.fileName() == part))
            return Error {ErrorCode::Conflict, u"%1 is a part of the database itself; choose another name"_s.arg(path)};
    }
    return {};
}

Status syncToDisk(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return failure(path, errno);
    const int outcome = ::fsync(descriptor);
    const int number = errno;
    ::close(descriptor);
    return outcome == 0 ? Status() : failure(path, number);
}

PartialFile::~PartialFile()
{
    if (m_isBegun)
        QFile::remove(writingPath());
}

Status PartialFile::begin(bool mayReplace)
{
    const QFileInfo place(m_path);
    if (!place.absoluteDir().exists())
        return Error {ErrorCode::Unavailable, u"there is no folder %1"_s.arg(place.absolutePath())};
    if (::access(QFile::encodeName(place.absolutePath()).constData(), W_OK) != 0)
        return failure(u"%1 cannot be written"_s.arg(place.absolutePath()), errno);
    if (place.exists() && (!mayReplace || !place.isFile()))
        return Error {ErrorCode::Conflict, u"%1 is there already; choose another name, or say --force"_s.arg(m_path)};
    QFile::remove(writingPath()); // of an attempt that was killed
    const int made = ::open(QFile::encodeName(writingPath()).constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (made < 0) // nobody else reads it, from the beginning
        return failure(u"%1 cannot be written"_s.arg(writingPath()), errno);
    ::close(made);
    m_isBegun = true;
    m_removal.emplace(writingPath());
    return {};
}

Status PartialFile::finish()
{
    QFile::setPermissions(writingPath(), QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (Status synced = syncToDisk(writingPath()); !synced)
        return synced;
    if (::rename(QFile::encodeName(writingPath()).constData(), QFile::encodeName(m_path).constData()) != 0)
        return failure(m_path, errno);
    m_isBegun = false;
    m_removal.reset();
    return syncToDisk(QFileInfo(m_path).absolutePath());
}

} // namespace Parlance

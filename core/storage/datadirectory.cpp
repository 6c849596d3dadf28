// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/datadirectory.h"

#include "storage/filelock.h"

#include <QDir>
#include <QFileInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

Error unusable(const QString &path, const QString &why)
{
    return {ErrorCode::DataUnusable, u"the data directory %1 %2"_s.arg(path, why)};
}

} // namespace

DataDirectory::DataDirectory(const QString &path, std::unique_ptr<FileLock> lock)
    : m_path(path), m_lock(std::move(lock))
{
}

DataDirectory::DataDirectory(DataDirectory &&) noexcept = default;
DataDirectory &DataDirectory::operator=(DataDirectory &&) noexcept = default;
DataDirectory::~DataDirectory() = default;

Result<DataDirectory> DataDirectory::claim(const QString &path)
{
    const QFileInfo info(path);
    if (info.exists() && !info.isDir())
        return unusable(path, u"is no directory"_s);
    if (!info.exists()) {
        const QFileDevice::Permissions own = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
        if (!QDir().mkpath(info.absolutePath()) || !QDir().mkdir(path, own))
            return unusable(path, u"cannot be made; choose another with --data-dir DIR"_s);
    }
    Result<std::unique_ptr<FileLock>> lock = FileLock::take(path + u"/lock"_s);
    if (!lock) {
        if (lock.error().code == ErrorCode::DataInUse)
            return Error {ErrorCode::DataInUse,
                          u"another Parlance server uses the data directory %1%2"_s.arg(path, lock.error().detail)};
        return unusable(path, u"cannot be written (%1); choose another with --data-dir DIR"_s.arg(lock.error().detail));
    }
    return DataDirectory(info.absoluteFilePath(), lock.take());
}

} // namespace Parlance

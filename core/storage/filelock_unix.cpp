// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/filelock.h"

#include <QByteArray>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

QString holder(int descriptor)
{
    char text[16] = {};
    const ssize_t size = pread(descriptor, text, sizeof text - 1, 0);
    const qint64 process = QByteArray(text, qMax(ssize_t(0), size)).trimmed().toLongLong();
    return process > 0 ? u" (process %1)"_s.arg(process) : QString();
}

} // namespace

Result<std::unique_ptr<FileLock>> FileLock::take(const QString &path)
{
    const int descriptor = open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return Error {ErrorCode::Unavailable, qt_error_string(errno)};
    std::unique_ptr<FileLock> lock(new FileLock(descriptor));
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const int fault = errno;
        if (fault == EWOULDBLOCK)
            return Error {ErrorCode::DataInUse, holder(descriptor)};
        return Error {ErrorCode::Unavailable, qt_error_string(fault)};
    }
    const QByteArray process = QByteArray::number(qint64(getpid())) + '\n';
    // For people only: a full disk must not keep the server from starting.
    if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, process.constData(), size_t(process.size()), 0) < 0)
        return lock;
    return lock;
}

FileLock::~FileLock()
{
    close(m_descriptor);
}

} // namespace Parlance

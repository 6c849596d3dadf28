// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process.h"

#include "base/logging.h"

#include <QFile>

#include <algorithm>
#include <csignal>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace Parlance {

qint64 residentBytes()
{
#ifdef Q_OS_LINUX
    QFile statm(QStringLiteral("/proc/self/statm"));
    if (!statm.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> fields = statm.readAll().split(' ');
    return fields.size() > 1 ? fields.at(1).toLongLong() * ::sysconf(_SC_PAGESIZE) : 0;
#else
    return 0;
#endif
}

void raiseDescriptorLimit(int connections)
{
#ifdef Q_OS_UNIX
    constexpr rlim_t kSpare = 128; ///< listeners, files, the event loop
    const rlim_t wanted = rlim_t(connections) + kSpare;
    rlimit limit {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < wanted)
        qCWarning(lcApp) << "the system allows" << quint64(limit.rlim_cur) << "open files, too few for"
                         << connections << "connections; raise the hard limit (LimitNOFILE, ulimit -Hn)";
#else
    Q_UNUSED(connections);
#endif
}

void outliveFileSizeLimit()
{
#ifdef Q_OS_UNIX
    std::signal(SIGXFSZ, SIG_IGN);
#endif
}

} // namespace Parlance

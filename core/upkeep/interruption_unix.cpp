// SPDX-License-Identifier: GPL-3.0-or-later
#include "upkeep/interruption.h"

#include <QFile>

#include <array>
#include <atomic>
#include <climits>
#include <cstring>

#include <csignal>
#include <unistd.h>

namespace Parlance {

namespace {

constexpr std::array kSignals {SIGINT, SIGTERM, SIGHUP};
constexpr std::array kBesides {"", "-journal", "-wal", "-shm"};

/// A signal handler may use nothing that allocates or locks (signal-safety(7)): so the names are ready in memory.
std::array<std::array<char, PATH_MAX>, kBesides.size()> names;
std::atomic<bool> hasNames {false};

void onInterruption(int signal)
{
    if (hasNames.load()) {
        for (const auto &name : names)
            ::unlink(name.data());
    }
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

sigset_t interruptions()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : kSignals)
        sigaddset(&set, signal);
    return set;
}

} // namespace

RemovedOnInterruption::RemovedOnInterruption(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    if (name.size() + 16 > PATH_MAX)
        return;
    for (size_t i = 0; i < kBesides.size(); ++i)
        std::strcpy(names[i].data(), (name + kBesides[i]).constData());
    hasNames = true;
}

RemovedOnInterruption::~RemovedOnInterruption()
{
    hasNames = false;
}

Uninterrupted::Uninterrupted()
{
    const sigset_t set = interruptions();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Uninterrupted::~Uninterrupted()
{
    const sigset_t set = interruptions();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

void armInterruptions()
{
    for (const int signal : kSignals)
        std::signal(signal, onInterruption);
}

} // namespace Parlance

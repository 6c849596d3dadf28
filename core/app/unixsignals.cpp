// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/unixsignals.h"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace Parlance {

namespace {

std::array<int, 2> s_pipe {-1, -1};

void writeByte(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(s_pipe[1], &byte, 1);
}

} // namespace

UnixSignals::UnixSignals(QObject *parent) : QObject(parent)
{
    if (::pipe2(s_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(s_pipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &UnixSignals::onReadable);
    struct sigaction action {};
    action.sa_handler = writeByte;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

void UnixSignals::onReadable()
{
    std::array<char, 16> bytes;
    while (::read(s_pipe[0], bytes.data(), bytes.size()) > 0) { }
    emit terminationRequested();
}

} // namespace Parlance

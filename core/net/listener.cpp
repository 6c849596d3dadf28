// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/listener.h"

#include "base/logging.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Parlance {

namespace {

constexpr int kBatch = 64; ///< accepted in a row, before others have their turn
constexpr std::chrono::minutes kToldEvery {1};

int acceptFrom(int listening)
{
    return ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

} // namespace

Listener::Listener(std::chrono::milliseconds retryAfter, QObject *parent) : QTcpServer(parent)
{
    setMaxPendingConnections(1024);
    setListenBacklogSize(4096);
    m_retry.setSingleShot(true);
    m_retry.setInterval(retryAfter);
    connect(&m_retry, &QTimer::timeout, this, [this] {
        if (m_reserve < 0)
            takeReserve();
        if (m_readable)
            m_readable->setEnabled(true);
    });
    takeReserve();
}

Listener::~Listener()
{
    shut();
    if (m_reserve >= 0)
        ::close(m_reserve);
}

bool Listener::open(const QHostAddress &address, quint16 port)
{
    if (!listen(address, port))
        return false;
    pauseAccepting(); // Qt's own
    m_descriptor = ::fcntl(int(socketDescriptor()), F_DUPFD_CLOEXEC, 0);
    if (m_descriptor < 0) {
        close();
        return false;
    }
    m_readable = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &Listener::onReadable);
    return true;
}

void Listener::shut()
{
    m_retry.stop();
    if (m_readable) {
        m_readable->setEnabled(false);
        m_readable.release()->deleteLater(); // this may run inside its signal
        ::close(std::exchange(m_descriptor, -1));
    }
    close();
}

/// Qt's own accepting begins anew whenever somebody takes a connection.
QTcpSocket *Listener::nextPendingConnection()
{
    QTcpSocket *next = QTcpServer::nextPendingConnection();
    if (isListening())
        pauseAccepting();
    return next;
}

/// Should Qt accept all the same, no socket of its making comes into being.
void Listener::incomingConnection(qintptr descriptor)
{
    emit accepted(descriptor);
}

void Listener::onReadable()
{
    Outcome outcome = Outcome::Accepted;
    for (int i = 0; i < kBatch && outcome == Outcome::Accepted && isListening(); ++i)
        outcome = acceptOne();
    if (outcome == Outcome::NotNow)
        waitAndRetry();
}

Listener::Outcome Listener::acceptOne()
{
    const int descriptor = acceptFrom(m_descriptor);
    if (descriptor >= 0) {
        emit accepted(descriptor);
        return Outcome::Accepted;
    }
    switch (errno) {
    case EAGAIN: return Outcome::QueueEmpty;
    case EINTR:
    case ECONNABORTED: return Outcome::Accepted; // that one is gone; on to the next
    case EMFILE:
    case ENFILE: return acceptWithReserve();
    default:
        qCWarning(lcNet).noquote() << "cannot accept:" << std::strerror(errno) << "- trying again soon";
        return Outcome::NotNow;
    }
}

Listener::Outcome Listener::acceptWithReserve()
{
    if (m_quiet.hasExpired()) {
        m_quiet.setRemainingTime(kToldEvery);
        qCWarning(lcNet) << "no file descriptor is left: connections are refused (LimitNOFILE, ulimit -n)";
    }
    if (m_reserve < 0)
        return Outcome::NotNow;
    ::close(std::exchange(m_reserve, -1));
    const int descriptor = acceptFrom(m_descriptor);
    if (descriptor >= 0)
        emit overflowed(descriptor);
    takeReserve();
    return descriptor >= 0 && m_reserve >= 0 ? Outcome::Accepted : Outcome::NotNow;
}

void Listener::takeReserve()
{
    m_reserve = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

void Listener::waitAndRetry()
{
    if (!m_readable)
        return;
    m_readable->setEnabled(false);
    m_retry.start();
}

} // namespace Parlance

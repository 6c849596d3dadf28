// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/frontdoor.h"

#include "base/logging.h"
#include "net/forwarded.h"
#include "net/httpconnection.h"
#include "net/listener.h"
#include "net/metrics.h"
#include "net/socketstream.h"

#include <array>

#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kSweepMs = 500;
constexpr int kPortTries = 20;

Error full(const QString &why, Limit limit)
{
    return {ErrorCode::ServerFull, why, {}, std::chrono::seconds(5), limit};
}

QHostAddress peerOf(int descriptor)
{
    sockaddr_storage address {};
    socklen_t size = sizeof address;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return {};
    QHostAddress peer(reinterpret_cast<const sockaddr *>(&address));
    bool isV4 = false;
    const quint32 v4 = peer.toIPv4Address(&isV4);
    return isV4 ? QHostAddress(v4) : peer; // ::ffff:10.0.0.1 is 10.0.0.1
}

ErrorCode listenFailure(const Listener &listener)
{
    switch (listener.serverError()) {
    case QAbstractSocket::AddressInUseError: return ErrorCode::AddressInUse;
    case QAbstractSocket::SocketAccessError: return ErrorCode::Forbidden;
    default: return ErrorCode::BadParameter;
    }
}

} // namespace

/// One connection in the books. The stream may outlive the front door by a turn of the loop, and so may this.
struct FrontDoor::Entry
{
    Q_DISABLE_COPY_MOVE(Entry)

    Entry(const std::shared_ptr<int> &open, AddressCaps::Lease heldLease) : count(open), lease(std::move(heldLease))
    {
        ++*count;
    }
    ~Entry() { --*count; }

    std::shared_ptr<int> count;
    AddressCaps::Lease lease;
};

FrontDoor::FrontDoor(const NetLimits &limits, const Clock &clock, Metrics &metrics, HttpHandler &http,
                     UpgradeHandler &upgrades, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
    , m_clock(clock)
    , m_metrics(metrics)
    , m_http(http)
    , m_upgrades(upgrades)
    , m_caps(limits.connectionsPerAddress)
    , m_turns(clock)
{
    connect(&m_sweeper, &QTimer::timeout, this, &FrontDoor::sweep);
    m_sweeper.start(kSweepMs);
}

FrontDoor::~FrontDoor()
{
    qDeleteAll(m_http1.keys());
}

Status FrontDoor::listen(const QList<QHostAddress> &addresses, quint16 port)
{
    // With port 0 the first address picks; where another address has that port taken, pick anew.
    for (int attempt = 0; attempt < kPortTries; ++attempt) {
        quint16 wanted = port;
        std::vector<std::unique_ptr<Listener>> listeners;
        QString failed;
        ErrorCode failure = ErrorCode::None;
        for (const QHostAddress &address : addresses) {
            auto listener = std::make_unique<Listener>();
            if (!listener->open(address, wanted)) {
                failure = listenFailure(*listener);
                failed = u"cannot listen on %1 port %2: %3"_s.arg(address.toString()).arg(wanted).arg(
                    listener->errorString());
                break;
            }
            wanted = listener->serverPort();
            connect(listener.get(), &Listener::accepted, this, &FrontDoor::accept);
            connect(listener.get(), &Listener::overflowed, this, [this](qintptr descriptor) {
                refuseConnection(int(descriptor), peerOf(int(descriptor)),
                                 full(u"the server has no file descriptor left"_s, Limit::OpenFiles));
            });
            listeners.push_back(std::move(listener));
        }
        if (failed.isEmpty()) {
            m_listeners = std::move(listeners);
            m_port = wanted;
            return {};
        }
        if (port != 0 || failure != ErrorCode::AddressInUse)
            return Error {failure, failed, u"listen"_s};
    }
    return Error {ErrorCode::AddressInUse, u"no port is free on all addresses"_s, u"port"_s};
}

Listener *FrontDoor::firstListener() const
{
    return m_listeners.empty() ? nullptr : m_listeners.front().get();
}

void FrontDoor::stopListening()
{
    for (const auto &listener : m_listeners)
        listener->shut();
    const QList<HttpConnection *> open = m_http1.keys();
    for (HttpConnection *connection : open)
        connection->shutDown();
    m_closing = true;
    if (m_http1.isEmpty())
        QMetaObject::invokeMethod(this, &FrontDoor::emptied, Qt::QueuedConnection);
}

void FrontDoor::accept(qintptr raw)
{
    const int descriptor = int(raw);
    m_metrics.add(Metrics::ConnectionsAccepted);
    const QHostAddress peer = peerOf(descriptor);
    if (connectionCount() >= m_limits.connections) {
        refuseConnection(descriptor, peer, full(u"the server is full"_s, Limit::Connections));
        return;
    }
    // Before anybody gives way, or one address could push out all others. A proxy's connections are counted
    // for its clients, when their heads have said who they are.
    const bool isProxied = isIn(peer, m_limits.proxies);
    AddressCaps::Lease lease;
    if (!isProxied) {
        lease = m_caps.acquire(peer);
        if (!lease) {
            refuseConnection(descriptor, peer,
                             full(u"too many connections from this address"_s, Limit::ConnectionsPerAddress));
            return;
        }
    }
    if (!makeRoomForUnjoined(peer)) {
        refuseConnection(descriptor, peer, full(u"the server is full"_s, Limit::Unjoined));
        return;
    }
    auto stream = std::make_unique<SocketStream>(descriptor, peer, m_metrics);
    stream->hold(std::make_shared<Entry>(m_open, std::move(lease)));
    admit(std::move(stream), isProxied);
}

void FrontDoor::admit(std::unique_ptr<Stream> stream, bool isProxied)
{
    auto *connection = new HttpConnection(std::move(stream), m_limits, m_clock, m_metrics, m_http, m_turns,
                                          isProxied ? &m_caps : nullptr);
    m_http1.insert(connection, ++m_arrivals);
    connect(connection, &HttpConnection::finished, this, [this, connection] { drop(connection); });
    connect(connection, &HttpConnection::upgradeRequested, this,
            [this, connection](const RequestHead &head) { upgrade(connection, head); });
}

void FrontDoor::upgrade(HttpConnection *connection, const RequestHead &head)
{
    std::unique_ptr<Stream> stream = connection->takeStream();
    if (AddressCaps::Lease lease = connection->takeLease())
        stream->hold(std::make_shared<AddressCaps::Lease>(std::move(lease)));
    m_upgrades.upgrade(head, std::move(stream));
    drop(connection);
}

/// Before any object exists, so that a flood costs no more than its accepts.
void FrontDoor::refuseConnection(int descriptor, const QHostAddress &peer, const Error &error)
{
    m_metrics.refused(error, peer.toString());
    const QByteArray reply = serialise(errorReply(503, error), false, true);
    [[maybe_unused]] const ssize_t sent =
        ::send(descriptor, reply.constData(), size_t(reply.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
    // A request that is here already and stays unread would turn the close into a reset, and that would
    // take the answer with it.
    std::array<char, 4096> unread;
    [[maybe_unused]] const ssize_t dropped = ::recv(descriptor, unread.data(), unread.size(), MSG_DONTWAIT);
    ::close(descriptor);
}

/// True when one more connection that is in no room yet may come. The longest idle one gives way; where
/// none is idle, one of the address that holds the most, so that a silent crowd of one host locks nobody out.
bool FrontDoor::makeRoomForUnjoined(const QHostAddress &newcomer)
{
    if (m_http1.size() < m_limits.unjoined)
        return true;
    HttpConnection *victim = oldestIdle();
    if (!victim)
        victim = oldestOfLargestHolder(newcomer);
    if (!victim)
        return false;
    m_metrics.hit(Limit::Unjoined);
    drop(victim);
    return true;
}

HttpConnection *FrontDoor::oldestIdle() const
{
    HttpConnection *oldest = nullptr;
    for (auto it = m_http1.cbegin(); it != m_http1.cend(); ++it) {
        if (it.key()->isIdle() && (!oldest || it.value() < m_http1.value(oldest)))
            oldest = it.key();
    }
    return oldest;
}

/// Null when nobody holds more than \a newcomer would.
HttpConnection *FrontDoor::oldestOfLargestHolder(const QHostAddress &newcomer) const
{
    QHash<QByteArray, int> held;
    for (auto it = m_http1.cbegin(); it != m_http1.cend(); ++it)
        ++held[networkKey(it.key()->peerAddress())];
    const int allowed = held.value(networkKey(newcomer)) + 1;
    HttpConnection *oldest = nullptr;
    int most = allowed;
    for (auto it = m_http1.cbegin(); it != m_http1.cend(); ++it) {
        const int count = held.value(networkKey(it.key()->peerAddress()));
        if (count > most || (oldest && count == most && it.value() < m_http1.value(oldest))) {
            most = count;
            oldest = it.key();
        }
    }
    return oldest;
}

void FrontDoor::drop(HttpConnection *connection)
{
    if (m_http1.remove(connection) > 0) {
        connection->disconnect(this);
        connection->abandon();
        connection->deleteLater();
        if (m_closing && m_http1.isEmpty())
            emit emptied();
    }
}

void FrontDoor::sweep()
{
    const QList<HttpConnection *> open = m_http1.keys();
    for (HttpConnection *connection : open) {
        if (m_http1.contains(connection))
            connection->sweep();
    }
}

} // namespace Parlance

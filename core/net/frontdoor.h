// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "net/addresscaps.h"
#include "net/httphandler.h"
#include "net/httpturns.h"
#include "net/netlimits.h"

#include <QHash>
#include <QHostAddress>
#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace Parlance {

class HttpConnection;
class Listener;
class Metrics;
class Stream;

/// The only listener: accepts connections under the caps, proves their requests, and sends each to HTTP
/// or WebSocket.
///
/// Thread: the hub.
class FrontDoor final : public QObject
{
    Q_OBJECT

public:
    /// All references must outlive the front door.
    FrontDoor(const NetLimits &limits, const Clock &clock, Metrics &metrics, HttpHandler &http,
              UpgradeHandler &upgrades, QObject *parent = nullptr);
    ~FrontDoor() override;

    /// Listens on all of \a addresses, or on none. Port 0 picks a free one, the same for all. Fails with
    /// AddressInUse, or BadParameter for an address that is not this host's.
    Status listen(const QList<QHostAddress> &addresses, quint16 port);
    quint16 port() const { return m_port; }
    /// No further connection; HTTP requests under way are finished.
    void stopListening();

    /// Ends what is over its deadline. Called twice a second; tests that turn the clock call it themselves.
    void sweep();

    /// Connections open now, WebSockets included.
    int connectionCount() const { return *m_open; }
    /// A listening server for QHttpServer::bind(); null before listen().
    Listener *firstListener() const;

signals:
    /// After stopListening(): the last HTTP connection is over.
    void emptied();

private:
    struct Entry;

    void accept(qintptr descriptor);
    void admit(std::unique_ptr<Stream> stream, bool isProxied);
    void upgrade(HttpConnection *connection, const RequestHead &head);
    void refuseConnection(int descriptor, const QHostAddress &peer, const Error &error);
    bool makeRoomForUnjoined(const QHostAddress &newcomer);
    HttpConnection *oldestIdle() const;
    HttpConnection *oldestOfLargestHolder(const QHostAddress &newcomer) const;
    void drop(HttpConnection *connection);

    const NetLimits m_limits;
    const Clock &m_clock;
    Metrics &m_metrics;
    HttpHandler &m_http;
    UpgradeHandler &m_upgrades;
    AddressCaps m_caps;
    HttpTurns m_turns;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    QHash<HttpConnection *, quint64> m_http1; ///< connections that are not upgraded, with their age
    quint64 m_arrivals = 0;
    QTimer m_sweeper;
    std::shared_ptr<int> m_open = std::make_shared<int>(0); ///< connections, however far they have come
    quint16 m_port = 0;
    bool m_closing = false;
};

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "net/addresscaps.h"
#include "net/httphandler.h"
#include "net/httpturns.h"
#include "net/netlimits.h"
#include "net/requesthead.h"
#include "net/stream.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace Parlance {

class Metrics;

/// One connection until it is upgraded or ends: reads heads and bodies under deadlines, answers what is
/// refused, passes on what is proven, keeps alive.
///
/// Thread: the hub. Owned by the front door, which calls sweep() about twice a second.
class HttpConnection final : public QObject, private Stream::Handler
{
    Q_OBJECT

public:
    /// All references must outlive the connection. \a caps: it comes through a trusted proxy, and each request
    /// counts there for the client that its head names; null: it was counted when it was accepted.
    HttpConnection(std::unique_ptr<Stream> stream, const NetLimits &limits, const Clock &clock, Metrics &metrics,
                   HttpHandler &http, HttpTurns &turns, AddressCaps *caps, QObject *parent = nullptr);
    ~HttpConnection() override;

    /// Ends what is over its deadline.
    void sweep();
    /// Between two requests: nobody is hurt when it is closed.
    bool isIdle() const;
    /// Only while the stream is here, which is until takeStream().
    QHostAddress peerAddress() const;
    /// No further request; the one that has begun is still answered.
    void shutDown();
    /// The turns' answer to a begin() that had to wait: one request may be answered now.
    void takeTurn();
    /// Drops the stream at once, if it is still here. Nothing is emitted afterwards.
    void abandon();

signals:
    /// The head asks for a WebSocket: take the stream by takeStream(). Nothing else is emitted afterwards.
    void upgradeRequested(const Parlance::RequestHead &head);
    /// Over. From inside the event loop, never from inside a call of the owner.
    void finished();

public:
    std::unique_ptr<Stream> takeStream();
    /// With takeStream(): what is to be held as long as the stream is there.
    AddressCaps::Lease takeLease() { return std::move(m_lease); }

private:
    enum class State {
        Head,
        Body,
        Preparing, ///< a whole request waits for what its route has to find first
        Closing,
    };

    void onStreamReceived(QByteArrayView bytes) override;
    void onStreamDrained() override;
    void onStreamClosed() override { emit finished(); }
    void process();
    void answerNext();
    void onPrepared(std::any prepared);
    bool readHead();
    bool countClient();
    bool isHostKnown();
    bool acceptBody();
    void releaseWhenIdle();
    void answer(const HttpRequest &request);
    void refuse(int status, const Error &error);
    void refuse(const Error &error, const HttpReply &reply);
    void refuseHost(const QString &name);
    void startClosing();
    void write(const QByteArray &bytes);
    void setDeadline(Clock::Millis timeout) { m_deadline = m_clock.monotonic() + timeout; }
    /// For what is to come when nothing waits to be written.
    void setIdleDeadline();

    std::unique_ptr<Stream> m_stream;
    const QHostAddress m_peer; ///< the other end of the line, which may be a proxy
    const NetLimits &m_limits;
    const Clock &m_clock;
    Metrics &m_metrics;
    HttpHandler &m_http;
    QPointer<HttpTurns> m_turns; ///< gone before a connection whose deletion waits for the loop
    AddressCaps *const m_caps;
    AddressCaps::Lease m_lease;

    State m_state = State::Head;
    QByteArray m_in;
    qsizetype m_scanned = 0;
    RequestHead m_head;
    std::unique_ptr<HttpRequest> m_prepared; ///< the request of State::Preparing
    Clock::Millis m_deadline {0};
    Clock::Millis m_writeDeadline {0}; ///< for the reader to take some of what waits for it
    quint64 m_sentAtWriteDeadline = 0; ///< bytes sent when that was set
    int m_requests = 0;
    bool m_shuttingDown = false;
    bool m_processing = false;
    bool m_waitsForTurn = false; ///< a whole request is here
};

} // namespace Parlance

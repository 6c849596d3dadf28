// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpconnection.h"

#include "net/forwarded.h"
#include "net/hostnames.h"
#include "net/metrics.h"

#include <QScopedValueRollback>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

/// While so much waits for the reader, no further request is looked at.
constexpr qint64 kPipelineBytes = 256 * 1024;
/// So much a reader must take within limits.sendStall while something waits for it.
constexpr quint64 kProgressBytes = 64 * 1024;
constexpr qsizetype kShownHostChars = 100;
constexpr Clock::Millis kPreparing {10'000}; ///< for what a route has to find; the store answers long before, or never

} // namespace

HttpConnection::HttpConnection(std::unique_ptr<Stream> stream, const NetLimits &limits, const Clock &clock,
                               Metrics &metrics, HttpHandler &http, HttpTurns &turns, AddressCaps *caps,
                               QObject *parent)
    : QObject(parent)
    , m_stream(std::move(stream))
    , m_peer(m_stream->peerAddress())
    , m_limits(limits)
    , m_clock(clock)
    , m_metrics(metrics)
    , m_http(http)
    , m_turns(&turns)
    , m_caps(caps)
{
    setDeadline(limits.headTimeout);
    m_stream->setHandler(this);
}

HttpConnection::~HttpConnection()
{
    if (m_turns)
        m_turns->forget(this);
}

QHostAddress HttpConnection::peerAddress() const
{
    return m_stream->peerAddress();
}

std::unique_ptr<Stream> HttpConnection::takeStream()
{
    m_stream->setHandler(nullptr);
    return std::move(m_stream);
}

void HttpConnection::sweep()
{
    if (!m_stream)
        return;
    const Clock::Millis now = m_clock.monotonic();
    if (m_stream->queuedBytes() > 0) {
        // A slow line may take as long as it takes; all other deadlines wait for it.
        setIdleDeadline();
        if (m_stream->sentBytes() - m_sentAtWriteDeadline >= kProgressBytes) {
            m_sentAtWriteDeadline = m_stream->sentBytes();
            m_writeDeadline = now + m_limits.sendStall;
        } else if (now >= m_writeDeadline) {
            m_metrics.add(Metrics::SlowReadersDropped);
            m_metrics.hit(Limit::SendStall);
            m_stream->abort();
            emit finished();
        }
        return;
    }
    if (now < m_deadline || m_waitsForTurn)
        return;
    if (m_state == State::Closing) {
        m_stream->abort();
        emit finished();
    } else if (m_state == State::Preparing) {
        m_head.method = std::exchange(m_prepared, nullptr)->head.method;
        refuse(503, Error {ErrorCode::Unavailable, u"the answer was not found in time"_s, {}, std::chrono::seconds(5)});
    } else if (m_in.isEmpty() && m_state == State::Head) {
        if (m_requests == 0)
            m_metrics.hit(Limit::HeadTimeout); // came and never asked
        startClosing();
    } else {
        const Limit limit = m_state == State::Head ? Limit::HeadTimeout : Limit::BodyTimeout;
        refuse(408, Error {ErrorCode::BadRequest, u"the request took too long"_s, {}, {}, limit});
    }
}

bool HttpConnection::isIdle() const
{
    return m_state == State::Head && m_in.isEmpty() && m_requests > 0 && m_stream->queuedBytes() == 0;
}

void HttpConnection::abandon()
{
    if (m_turns)
        m_turns->forget(this);
    m_lease = {};
    if (!m_stream)
        return;
    m_stream->setHandler(nullptr);
    m_stream->abort();
}

void HttpConnection::shutDown()
{
    m_shuttingDown = true;
    if (m_state == State::Head && m_in.isEmpty())
        startClosing();
}

void HttpConnection::onStreamReceived(QByteArrayView bytes)
{
    if (m_state == State::Closing)
        return;
    if (m_in.isEmpty() && m_state == State::Head && m_requests > 0)
        setDeadline(m_limits.headTimeout); // the first byte of a further request
    m_in.append(bytes);
    process();
}

void HttpConnection::onStreamDrained()
{
    if (m_state == State::Closing || m_state == State::Preparing)
        return;
    setIdleDeadline();
    releaseWhenIdle();
    m_stream->setReading(true);
    process();
}

void HttpConnection::process()
{
    if (m_processing)
        return;
    const QScopedValueRollback guard(m_processing, true);
    while (m_stream && m_state != State::Closing && m_state != State::Preparing && !m_waitsForTurn) {
        if (m_stream->queuedBytes() > kPipelineBytes) {
            m_stream->setReading(false);
            return;
        }
        if (m_state == State::Head && !readHead())
            return;
        if (m_state != State::Body || m_in.size() < m_head.contentLength)
            return;
        m_waitsForTurn = !m_turns->begin(this);
        if (m_waitsForTurn)
            m_stream->setReading(false); // what it still has to say waits as well
        else
            answerNext();
    }
}

void HttpConnection::takeTurn()
{
    m_waitsForTurn = false;
    if (m_state != State::Body)
        return;
    m_stream->setReading(true);
    {
        const QScopedValueRollback guard(m_processing, true);
        answerNext();
    }
    process();
}

/// The request that is whole.
void HttpConnection::answerNext()
{
    HttpRequest request {std::exchange(m_head, {}), {}, m_stream->peerAddress()};
    request.head.keepAlive = request.head.keepAlive && !m_shuttingDown;
    request.body = m_in.first(request.head.contentLength);
    m_in.remove(0, request.head.contentLength);
    const QPointer<HttpConnection> self(this);
    const bool waits = m_http.prepare(request, [self](std::any prepared) {
        if (self)
            self->onPrepared(std::move(prepared));
    });
    if (!waits) {
        answer(request);
        return;
    }
    m_prepared = std::make_unique<HttpRequest>(std::move(request));
    m_state = State::Preparing;
    m_stream->setReading(false); // what it still has to say waits as well
    setDeadline(kPreparing);
}

void HttpConnection::onPrepared(std::any prepared)
{
    if (m_state != State::Preparing)
        return;
    const std::unique_ptr<HttpRequest> request = std::move(m_prepared);
    request->prepared = std::move(prepared);
    request->head.keepAlive = request->head.keepAlive && !m_shuttingDown;
    m_stream->setReading(true);
    {
        const QScopedValueRollback guard(m_processing, true);
        answer(*request);
    }
    process();
}

/// True when a head is read and its body may come.
bool HttpConnection::readHead()
{
    if (m_in.isEmpty())
        return false;
    HeadOutcome outcome = readRequestHead(m_in, m_scanned, HeadLimits {4 * 1024, m_limits.headBytes, m_limits.headFields});
    if (std::holds_alternative<HeadIncomplete>(outcome))
        return false;
    if (const auto *refusal = std::get_if<HeadRefusal>(&outcome)) {
        refuse(refusal->status, refusal->error);
        return false;
    }
    m_head = std::get<RequestHead>(std::move(outcome));
    m_in.remove(0, m_head.size);
    m_scanned = 0;
    if (!countClient() || !isHostKnown())
        return false;

    const bool isUpgrade = m_head.hasToken("Connection", "upgrade") && m_head.hasToken("Upgrade", "websocket");
    if (isUpgrade) {
        if (!m_in.isEmpty() || m_head.contentLength > 0) {
            refuse(400, Error {ErrorCode::BadRequest, u"nothing may follow an upgrade before its answer"_s});
            return false;
        }
        m_state = State::Closing;
        emit upgradeRequested(m_head);
        return false;
    }
    return acceptBody();
}

/// Each request of a proxy's connection is another client's.
bool HttpConnection::countClient()
{
    if (!m_caps)
        return true;
    const QHostAddress client = clientAddress(m_head, m_peer, m_limits.proxies);
    m_stream->setPeerAddress(client);
    m_lease = {}; // that of the request before
    m_lease = m_caps->acquire(client);
    if (m_lease)
        return true;
    refuse(503, Error {ErrorCode::ServerFull, u"too many connections from this address"_s, {}, std::chrono::seconds(5),
                       Limit::ConnectionsPerAddress});
    return false;
}

/// Between two requests a proxy's connection is nobody's.
void HttpConnection::releaseWhenIdle()
{
    if (m_state == State::Head && m_stream->queuedBytes() == 0)
        m_lease = {};
}

bool HttpConnection::isHostKnown()
{
    const QString name = hostName(m_head.field("Host"));
    if (isOwnHost(name, m_limits.hosts) || !isFromBrowser(m_head))
        return true;
    refuseHost(name);
    return false;
}

/// For a person who opens the page it is a text, for a page's program the JSON of all errors.
void HttpConnection::refuseHost(const QString &name)
{
    const QString shown = name.left(kShownHostChars);
    const Error error {ErrorCode::Forbidden,
                       u"this server is not known as %1; if that is its name, set access.hosts"_s.arg(shown),
                       u"access.hosts"_s};
    HttpReply reply = errorReply(421, error);
    if (m_head.field("Accept").contains("text/html")) {
        reply.mime = "text/plain; charset=utf-8";
        reply.body = u"This chat server does not know the name %1, and does not answer browsers under it.\n\n"
                     "If you run the server and gave it this name, tell it so with the setting access.hosts = %1\n"
                     "(or --set access.hosts=%1, or PARLANCE_ACCESS_HOSTS=%1) and start it again.\n"
                     "Without that, use its address, such as http://192.168.1.5:8000/\n\n"
                     "Why: any site on the internet could point a name of its own at this server, and its pages could "
                     "then read what is said here.\n"_s.arg(shown).toUtf8();
    }
    refuse(error, reply);
}

bool HttpConnection::acceptBody()
{
    if (m_head.contentLength > m_limits.bodyBytes) {
        refuse(413, Error {ErrorCode::TooLarge, u"a body may have at most %1 bytes"_s.arg(m_limits.bodyBytes), {}, {},
                           Limit::BodyBytes});
        return false;
    }
    if (m_head.expectContinue && m_head.contentLength > 0)
        write("HTTP/1.1 100 Continue\r\n\r\n");
    m_state = State::Body;
    setDeadline(m_limits.bodyTimeout);
    return true;
}

void HttpConnection::answer(const HttpRequest &request)
{
    ++m_requests;
    m_metrics.add(Metrics::HttpRequests);
    write(m_http.handle(request));
    if (!request.head.keepAlive) {
        startClosing();
        return;
    }
    m_state = State::Head;
    setIdleDeadline();
    releaseWhenIdle();
}

void HttpConnection::write(const QByteArray &bytes)
{
    m_stream->write(bytes);
    m_sentAtWriteDeadline = m_stream->sentBytes();
    m_writeDeadline = m_clock.monotonic() + m_limits.sendStall;
}

void HttpConnection::setIdleDeadline()
{
    if (m_state == State::Closing)
        setDeadline(kCloseGrace);
    else if (m_state == State::Preparing)
        return;
    else if (m_state == State::Body)
        setDeadline(m_limits.bodyTimeout);
    else
        setDeadline(m_in.isEmpty() ? m_limits.keepAlive : m_limits.headTimeout);
}

void HttpConnection::refuse(int status, const Error &error)
{
    refuse(error, errorReply(status, error));
}

void HttpConnection::refuse(const Error &error, const HttpReply &reply)
{
    m_metrics.refused(error, m_stream->peerAddress().toString());
    write(serialise(reply, false, m_head.method != "HEAD"));
    startClosing();
}

void HttpConnection::startClosing()
{
    m_state = State::Closing;
    m_in.clear();
    setDeadline(kCloseGrace);
    m_stream->closeWhenWritten();
}

} // namespace Parlance

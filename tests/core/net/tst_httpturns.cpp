// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpconnection.h"
#include "net/httpturns.h"
#include "net/metrics.h"
#include "support/fakeclock.h"
#include "support/fakestream.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::microseconds kCost {20}; ///< of a request
constexpr qsizetype kPerPass = HttpTurns::kSlice / kCost;
static_assert(kPerPass > 1 && kPerPass < 10);

/// Each request takes some of the test's clock, and is noted.
class SlowHandler final : public HttpHandler
{
public:
    explicit SlowHandler(FakeClock &clock) : m_clock(clock) {}
    QByteArray handle(const HttpRequest &request) override
    {
        m_clock.advance(kCost);
        handled.append(request.head.segments.value(0));
        return "HTTP/1.1 204 No Content\r\n\r\n";
    }

    QStringList handled;

private:
    FakeClock &m_clock;
};

QByteArray requests(const QByteArray &path, int count)
{
    return QByteArray("GET /" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeated(count);
}

} // namespace

/// Who asks for much at once does not stop the loop.
class TestHttpTurns : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void onePassEndsAfterASlice();
    void allAreAnsweredInTheEnd();
    void connectionsTakeTurns();
    void whoWaitsIsNotRead();
    void whoWaitsIsNotLate();
    void whoIsGoneIsForgotten();

private:
    std::pair<HttpConnection *, FakeStream *> connection();

    FakeClock m_clock;
    NetLimits m_limits;
    Metrics m_metrics;
    std::unique_ptr<SlowHandler> m_handler;
    std::unique_ptr<HttpTurns> m_turns;
    std::vector<std::unique_ptr<HttpConnection>> m_connections;
};

void TestHttpTurns::init()
{
    m_handler = std::make_unique<SlowHandler>(m_clock);
    m_turns = std::make_unique<HttpTurns>(m_clock);
}

void TestHttpTurns::cleanup()
{
    m_connections.clear();
}

std::pair<HttpConnection *, FakeStream *> TestHttpTurns::connection()
{
    auto stream = std::make_unique<FakeStream>();
    FakeStream *raw = stream.get();
    m_connections.push_back(
        std::make_unique<HttpConnection>(std::move(stream), m_limits, m_clock, m_metrics, *m_handler, *m_turns, nullptr));
    return {m_connections.back().get(), raw};
}

void TestHttpTurns::onePassEndsAfterASlice()
{
    const auto [first, stream] = connection();
    stream->say(requests("a", 50));
    QCOMPARE(m_handler->handled.size(), kPerPass);
    const auto [second, other] = connection();
    other->say(requests("b", 1));
    QCOMPARE(m_handler->handled.size(), kPerPass); // the pass is over for everybody
}

void TestHttpTurns::allAreAnsweredInTheEnd()
{
    const auto [only, stream] = connection();
    stream->say(requests("a", 50));
    QTRY_COMPARE(m_handler->handled.size(), 50);
    QCOMPARE(stream->written().count("HTTP/1.1 204"), 50);
    QVERIFY(only->isIdle());
    QVERIFY(stream->isReading());
    stream->say(requests("a", 1)); // nothing is left over from the crowd
    QTRY_COMPARE(m_handler->handled.size(), 51);
}

void TestHttpTurns::connectionsTakeTurns()
{
    const auto [first, greedy] = connection();
    greedy->say(requests("greedy", 20));
    const auto [second, modest] = connection();
    modest->say(requests("modest", 2));
    QTRY_COMPARE(m_handler->handled.size(), 22);
    const qsizetype first2 = kPerPass;
    QCOMPARE(m_handler->handled.mid(first2, 4), QStringList({u"greedy"_s, u"modest"_s, u"greedy"_s, u"modest"_s}));
}

void TestHttpTurns::whoWaitsIsNotRead()
{
    const auto [only, stream] = connection();
    stream->say(requests("a", 10));
    QVERIFY(!stream->isReading());
    QTRY_VERIFY(stream->isReading());
    QCOMPARE(m_handler->handled.size(), 10);
}

void TestHttpTurns::whoWaitsIsNotLate()
{
    const auto [only, stream] = connection();
    stream->say(requests("a", 10));
    m_clock.advance(m_limits.bodyTimeout * 2);
    only->sweep();
    QVERIFY(!stream->written().contains("408"));
    QTRY_COMPARE(m_handler->handled.size(), 10);
}

void TestHttpTurns::whoIsGoneIsForgotten()
{
    const auto [first, stream] = connection();
    stream->say(requests("a", 10));
    const auto [second, other] = connection();
    other->say(requests("b", 1));
    m_connections.erase(m_connections.begin());
    QTRY_COMPARE(m_handler->handled.count(u"b"_s), 1);
    QCOMPARE(m_handler->handled.count(u"a"_s), kPerPass);
}

QTEST_GUILESS_MAIN(TestHttpTurns)
#include "tst_httpturns.moc"

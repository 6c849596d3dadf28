// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/listener.h"
#include "support/httpanswer.h"
#include "support/loopturn.h"
#include "support/netserver.h"

#include <QAbstractEventDispatcher>
#include <QTest>

#include <array>
#include <memory>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A client whose socket is there before the descriptors run out.
class EarlySocket
{
public:
    EarlySocket() : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {}
    EarlySocket(EarlySocket &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    ~EarlySocket() { close(); }

    void connectTo(quint16 port)
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::connect(m_descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address);
    }
    void ask()
    {
        const QByteArray request = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
        ::send(m_descriptor, request.constData(), size_t(request.size()), MSG_NOSIGNAL);
    }
    void close()
    {
        if (m_descriptor >= 0)
            ::close(std::exchange(m_descriptor, -1));
    }
    /// The status of the answer that has come so far; 0: none.
    int status()
    {
        std::array<char, 4096> buffer;
        const ssize_t size = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
        if (size > 0)
            m_in.append(buffer.data(), size);
        m_ended = m_ended || size == 0;
        return readAnswers(m_in).list.value(0).status;
    }
    bool hasEnded()
    {
        status();
        return m_ended;
    }

private:
    int m_descriptor;
    QByteArray m_in;
    bool m_ended = false;
};

/// Lets the process have so many descriptors more than it has, until release().
class FewDescriptors
{
public:
    explicit FewDescriptors(int left)
    {
        ::getrlimit(RLIMIT_NOFILE, &m_before);
        rlimit tight = m_before;
        const int next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        ::close(next);
        tight.rlim_cur = rlim_t(next + 64); // there may be holes below
        ::setrlimit(RLIMIT_NOFILE, &tight);
        for (int fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC); fd >= 0; fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC))
            m_fillers.push_back(fd);
        for (int i = 0; i < left; ++i)
            freeOne();
    }
    ~FewDescriptors()
    {
        while (!m_fillers.empty())
            freeOne();
        ::setrlimit(RLIMIT_NOFILE, &m_before);
    }
    void freeOne()
    {
        ::close(m_fillers.back());
        m_fillers.pop_back();
    }

private:
    rlimit m_before {};
    std::vector<int> m_fillers;
};

/// How often the event loop comes round while \a time passes.
int turnsWithin(std::chrono::milliseconds time)
{
    int turns = 0;
    QObject context;
    QObject::connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake, &context,
                     [&turns] { ++turns; });
    QTest::qWait(int(time.count()));
    return turns;
}

constexpr int kCalm = 150; ///< turns in 300 ms: qWait() itself makes some thirty, a loop that spins thousands

} // namespace

/// No descriptor is left, and who knocks is told so; as soon as there are some, all is as before.
class TestOpenFiles : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void refusedAndServedAgain();
    void withoutReserve();
    void closedWhileOutOfDescriptors();
};

void TestOpenFiles::initTestCase()
{
#ifdef __SANITIZE_ADDRESS__ // and UndefinedBehaviorSanitizer with it
    QSKIP("the sanitizer looks at each new type through a pipe, for which there is no descriptor");
#endif
}

void TestOpenFiles::refusedAndServedAgain()
{
    NetServer server;
    std::vector<EarlySocket> clients(6);
    FewDescriptors few(2);
    for (EarlySocket &client : clients) {
        client.connectTo(server.port());
        turnLoop();
    }
    QTRY_COMPARE(clients[5].status(), 503);
    clients[0].ask();
    clients[1].ask();
    QTRY_VERIFY(clients[0].status() != 0 && clients[1].status() != 0);
    QStringList statuses;
    for (EarlySocket &client : clients)
        statuses.append(QString::number(client.status()));
    QCOMPARE(statuses.join(u' '), u"200 200 503 503 503 503"_s);
    QVERIFY(clients[2].hasEnded() && clients[5].hasEnded());
    QCOMPARE(server.metrics().hits(Limit::OpenFiles), 4u);
    QVERIFY(turnsWithin(300ms) < kCalm);

    clients[0].close();
    QTRY_COMPARE(server.door().connectionCount(), 1);
    few.freeOne(); // for the client's own end
    EarlySocket again;
    again.connectTo(server.port());
    again.ask();
    QTRY_COMPARE(again.status(), 200);
}

/// Even the reserve is gone: whoever knocks waits, nothing spins, and later all are served.
void TestOpenFiles::withoutReserve()
{
    std::vector<EarlySocket> clients(2);
    auto few = std::make_unique<FewDescriptors>(1);
    Listener listener(50ms); // takes the last one for its reserve; the socket has none
    QVERIFY(!listener.open(QHostAddress::LocalHost));
    few->freeOne();
    few->freeOne();
    QVERIFY(listener.open(QHostAddress::LocalHost));
    std::vector<int> accepted;
    QObject::connect(&listener, &Listener::accepted, this, [&accepted](qintptr fd) { accepted.push_back(int(fd)); });
    std::vector<int> refused;
    // Somebody else takes the place of the reserve as soon as it is given up.
    QObject::connect(&listener, &Listener::overflowed, this, [&refused](qintptr fd) { refused.push_back(int(fd)); });
    clients[0].connectTo(listener.serverPort());
    QTRY_COMPARE(refused.size(), 1u);
    clients[1].connectTo(listener.serverPort());
    QVERIFY(turnsWithin(300ms) < kCalm);
    QCOMPARE(refused.size(), 1u);
    QCOMPARE(accepted.size(), 0u);
    few.reset();
    QTRY_COMPARE(accepted.size(), 1u);
    ::close(accepted.front());
    ::close(refused.front());
}

/// No attempt comes to a listener that was shut meanwhile.
void TestOpenFiles::closedWhileOutOfDescriptors()
{
    EarlySocket client;
    FewDescriptors few(1);
    Listener listener(10ms);
    few.freeOne();
    few.freeOne();
    QVERIFY(listener.open(QHostAddress::LocalHost));
    int taken = -1;
    QObject::connect(&listener, &Listener::overflowed, this, [&taken](qintptr fd) { taken = int(fd); });
    client.connectTo(listener.serverPort());
    QTRY_VERIFY(taken >= 0);
    listener.shut();
    QTest::qWait(50);
    QVERIFY(!listener.isListening());
    ::close(taken);
}

QTEST_GUILESS_MAIN(TestOpenFiles)
#include "tst_openfiles.moc"

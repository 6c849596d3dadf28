// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/metrics.h"
#include "net/socketstream.h"
#include "support/loopturn.h"

#include <QSocketNotifier>
#include <QTest>

#include <array>

#include <fcntl.h>
#include <malloc.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

/// A stream and the other end of its connection, which reads only when it is told to.
class Pair final : private Stream::Handler
{
public:
    Pair()
    {
        std::array<int, 2> ends {};
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0)
            qFatal("no socket pair");
        const int small = 4096;
        ::setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
        m_far = ends[1];
        ::fcntl(m_far, F_SETFL, O_NONBLOCK);
        stream = std::make_unique<SocketStream>(ends[0], QHostAddress(QHostAddress::LocalHost), metrics);
        stream->setHandler(this);
    }
    ~Pair() { closeFar(); }

    /// From now on the far end reads what comes.
    void startTaking()
    {
        m_notifier = std::make_unique<QSocketNotifier>(m_far, QSocketNotifier::Read);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] {
            std::array<char, 4096> buffer;
            const ssize_t size = ::recv(m_far, buffer.data(), buffer.size(), 0);
            if (size > 0)
                taken.append(buffer.data(), size);
            sawEnd = sawEnd || size == 0;
            m_notifier->setEnabled(size != 0);
        });
    }
    void say(const QByteArray &bytes)
    {
        const ssize_t size = ::send(m_far, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL);
        QCOMPARE(size, ssize_t(bytes.size()));
    }
    void halfClose() { ::shutdown(m_far, SHUT_WR); }
    void closeFar()
    {
        m_notifier.reset();
        if (m_far >= 0)
            ::close(std::exchange(m_far, -1));
    }

    Metrics metrics;
    std::unique_ptr<SocketStream> stream;
    QByteArray received; ///< by the stream
    int drained = 0; ///< how often it said so
    int closed = 0;
    bool dropsIt = false; ///< at whatever the stream says next, it is destroyed
    QByteArray taken; ///< by the far end
    bool sawEnd = false; ///< the far end

private:
    void onStreamReceived(QByteArrayView bytes) override
    {
        received += bytes;
        dropIfWanted();
    }
    void onStreamDrained() override
    {
        ++drained;
        dropIfWanted();
    }
    void onStreamClosed() override
    {
        ++closed;
        dropIfWanted();
    }
    void dropIfWanted()
    {
        if (dropsIt)
            stream.reset();
    }

    int m_far = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

QByteArray numbered(int count)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += QByteArray::number(i) + ' ';
    return text;
}

} // namespace

/// The bytes of one connection: nothing is lost, nothing comes twice, and little is kept.
class TestSocketStream : public QObject
{
    Q_OBJECT

private slots:
    void sendsAtOnce();
    void keepsTheOrder();
    void smallWritesAreKeptTogether();
    void doesNotChangeWhatIsShared();
    void drained();
    void readingStops();
    void closesWhenWritten();
    void halfClosedPeerGetsTheRest();
    void farEndGone();
    void abortIsSilent();
    void destroyedByItsHandler();
    void options();
};

void TestSocketStream::sendsAtOnce()
{
    Pair pair;
    pair.stream->write("hello");
    QCOMPARE(pair.stream->queuedBytes(), 0);
    pair.startTaking();
    QTRY_COMPARE(pair.taken, QByteArray("hello"));
    pair.say("back");
    QTRY_COMPARE(pair.received, QByteArray("back"));
    QCOMPARE(pair.metrics.count(Metrics::BytesSent), 5u);
    QCOMPARE(pair.metrics.count(Metrics::BytesReceived), 4u);
}

void TestSocketStream::keepsTheOrder()
{
    Pair pair;
    const QByteArray text = numbered(60'000);
    qsizetype size = 1;
    for (qsizetype at = 0; at < text.size(); at += size, size = size * 3 % 20'011)
        pair.stream->write(text.mid(at, size));
    QVERIFY(pair.stream->queuedBytes() > 0);
    QCOMPARE(qint64(pair.stream->sentBytes()) + pair.stream->queuedBytes(), text.size());
    pair.startTaking();
    QTRY_COMPARE(pair.taken.size(), qsizetype(text.size()));
    QVERIFY(pair.taken == text);
    QCOMPARE(pair.stream->queuedBytes(), 0);
}

/// What waits is counted in bytes, so that is what it may cost.
void TestSocketStream::smallWritesAreKeptTogether()
{
    Pair pair;
    pair.stream->write(QByteArray(1'000'000, 'x'));
    const qint64 before = pair.stream->queuedBytes();
    const size_t allocated = ::mallinfo2().uordblks;
    for (int i = 0; i < 200'000; ++i)
        pair.stream->write(QByteArray::number(i % 10) + ' ');
    QCOMPARE(pair.stream->queuedBytes(), before + 400'000);
    const size_t more = ::mallinfo2().uordblks - allocated; // 0 under a sanitizer
    QVERIFY2(more < 2'000'000, qPrintable(QString::number(more)));
    pair.startTaking();
    QTRY_COMPARE(pair.taken.size(), qsizetype(1'400'000));
    QVERIFY(pair.taken.mid(1'000'000) == QByteArray("0 1 2 3 4 5 6 7 8 9 ").repeated(20'000));
}

void TestSocketStream::doesNotChangeWhatIsShared()
{
    Pair pair;
    pair.stream->write(QByteArray(1'000'000, 'x'));
    const QByteArray shared("shared");
    const char *data = shared.constData();
    pair.stream->write(shared);
    pair.stream->write("more");
    QCOMPARE(shared, QByteArray("shared"));
    QCOMPARE(shared.constData(), data);
    pair.startTaking();
    QTRY_COMPARE(pair.taken.size(), qsizetype(1'000'010));
    QVERIFY(pair.taken.endsWith("xsharedmore"));
}

void TestSocketStream::drained()
{
    Pair pair;
    pair.stream->write("fits");
    turnLoop();
    QCOMPARE(pair.drained, 0); // nothing had to wait
    pair.stream->write(QByteArray(1'000'000, 'x'));
    pair.startTaking();
    QTRY_COMPARE(pair.taken.size(), qsizetype(1'000'004));
    QTRY_COMPARE(pair.drained, 1);
}

void TestSocketStream::readingStops()
{
    Pair pair;
    pair.stream->setReading(false);
    pair.say("later");
    turnLoop();
    QVERIFY(pair.received.isEmpty());
    pair.stream->setReading(true);
    QTRY_COMPARE(pair.received, QByteArray("later"));
}

void TestSocketStream::closesWhenWritten()
{
    Pair pair;
    pair.stream->write(QByteArray(1'000'000, 'x'));
    pair.stream->closeWhenWritten();
    pair.stream->write("too late");
    pair.startTaking();
    QTRY_VERIFY(pair.sawEnd);
    QCOMPARE(pair.taken.size(), 1'000'000);
    pair.say("not wanted any more");
    turnLoop();
    QVERIFY(pair.received.isEmpty());
    QCOMPARE(pair.closed, 0); // until the peer is done, too
    pair.closeFar();
    QTRY_COMPARE(pair.closed, 1);
    QVERIFY(!pair.stream->isOpen());
}

void TestSocketStream::halfClosedPeerGetsTheRest()
{
    for (const bool closesFirst : {true, false}) {
        Pair pair;
        pair.stream->write(QByteArray(1'000'000, 'x'));
        if (closesFirst)
            pair.stream->closeWhenWritten();
        pair.halfClose();
        turnLoop();
        turnLoop();
        QCOMPARE(pair.closed, 0);
        pair.stream->setReading(true); // changes nothing: there is nothing to read
        pair.startTaking();
        QTRY_VERIFY(pair.sawEnd);
        QCOMPARE(pair.taken.size(), 1'000'000);
        QTRY_COMPARE(pair.closed, 1);
    }
}

void TestSocketStream::farEndGone()
{
    Pair pair;
    pair.closeFar();
    pair.stream->write("into the void");
    pair.stream->write("again");
    QCOMPARE(pair.closed, 0); // never from inside a call
    QTRY_COMPARE(pair.closed, 1);
    QVERIFY(!pair.stream->isOpen());
    pair.stream->write("and again");
    pair.stream->abort();
    turnLoop();
    QCOMPARE(pair.closed, 1);
}

void TestSocketStream::abortIsSilent()
{
    Pair pair;
    pair.stream->write(QByteArray(1'000'000, 'x'));
    pair.stream->abort();
    QVERIFY(!pair.stream->isOpen());
    QCOMPARE(pair.stream->queuedBytes(), 0);
    turnLoop();
    QCOMPARE(pair.closed, 0);
}

/// Whatever it is that the stream says. A sanitizer sees what is touched afterwards.
void TestSocketStream::destroyedByItsHandler()
{
    Pair reading;
    reading.dropsIt = true;
    reading.say("bye");
    QTRY_COMPARE(reading.received, QByteArray("bye"));

    Pair writing;
    writing.stream->write(QByteArray(1'000'000, 'x'));
    writing.dropsIt = true;
    writing.startTaking();
    QTRY_COMPARE(writing.drained, 1);

    Pair ending;
    ending.dropsIt = true;
    ending.closeFar();
    QTRY_COMPARE(ending.closed, 1);

    Pair twice; // destroyed while its end is on the way
    twice.closeFar();
    twice.stream->write("nobody is there");
    twice.stream.reset();
    turnLoop();
    QCOMPARE(twice.closed, 0);
}

/// Nothing waits to be sent together with more, and who is gone without a word is found out in the end.
void TestSocketStream::options()
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    Metrics metrics;
    const SocketStream stream(descriptor, QHostAddress(QHostAddress::LocalHost), metrics);
    const auto option = [descriptor](int level, int name) {
        int value = 0;
        socklen_t size = sizeof value;
        return ::getsockopt(descriptor, level, name, &value, &size) == 0 && value != 0;
    };
    QVERIFY(option(IPPROTO_TCP, TCP_NODELAY));
    QVERIFY(option(SOL_SOCKET, SO_KEEPALIVE));
    QVERIFY((::fcntl(descriptor, F_GETFL) & O_NONBLOCK) != 0);
    QVERIFY((::fcntl(descriptor, F_GETFD) & FD_CLOEXEC) != 0);
}

QTEST_GUILESS_MAIN(TestSocketStream)
#include "tst_socketstream.moc"

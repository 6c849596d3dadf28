// SPDX-License-Identifier: GPL-3.0-or-later
#include "hazardbytes.h"
#include "support/httpanswer.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/rawclient.h"
#include "support/wsclient.h"
#include "support/wsframes.h"

#include <QFile>
#include <QTcpSocket>
#include <QTest>

#include <unistd.h>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype kMegabyte = 1024 * 1024;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr qint64 kLittle = 1024 * kMegabyte; // what was freed is kept there, to see who still uses it
#else
constexpr qint64 kLittle = 8 * kMegabyte; ///< what a test's own buffers may take; what Qt would take is more
#endif

QByteArray message(const QByteArray &content)
{
    return R"({"type":"message","content":")" + content + R"("})";
}

qint64 residentBytes()
{
    QFile statm(u"/proc/self/statm"_s);
    return statm.open(QIODevice::ReadOnly) ? statm.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE) : 0;
}

WsFrames framesOf(const RawClient &client)
{
    return framesAfterUpgrade(client.received());
}

QStringList contentsOf(const RawClient &client)
{
    QStringList contents;
    for (const QJsonObject &event : framesOf(client).events())
        contents.append(event[u"content"_s].toString());
    return contents;
}

} // namespace

/// What QWebSocket falls for once it is open does not reach it, and what waits for a reader has a bound: the
/// bytes of `qthazards`, sent to a server of ours. A test is called like the fault that it is about.
class TestStoppedFrames : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_server = std::make_unique<NetServer>(); }
    void cleanup();

    void t3_w18_unreadMessages();
    void w1_w2_claimedLength();
    void w3_dripsThenSilence();
    void w4_honestPause();
    void w5_unmasked();
    void w6_w24_cutText();
    void w14_closeWhileThePeerSends();
    void w14b_closeWithoutAReader();
    void w15_closeCodes();
    void w16_nothingIsLeft();
    void w17_unreadPongs();
    void w19_emptyFragments();
    void w20_endsInsideAMessage();

private:
    /// In the room "general". Null where that did not work.
    std::unique_ptr<RawClient> join(const QByteArray &name, int receiveBuffer = 0);
    void kick(const QString &name);

    std::unique_ptr<NetServer> m_server;
};

/// Whatever happened before, the server serves.
void TestStoppedFrames::cleanup()
{
    RawClient client(m_server->port());
    client.send(Hazard::get("/healthz"));
    QTRY_COMPARE(readAnswers(client.received()).list.value(0).status, 200);
}

std::unique_ptr<RawClient> TestStoppedFrames::join(const QByteArray &name, int receiveBuffer)
{
    const RawClient::Options options {QHostAddress(QHostAddress::LocalHost), receiveBuffer};
    auto client = std::make_unique<RawClient>(m_server->port(), options);
    client->send(upgradeHead("/ws/general/" + name));
    if (!QTest::qWaitFor([&client] { return client->received().contains("\r\n\r\n"); }))
        return {};
    return client;
}

void TestStoppedFrames::kick(const QString &name)
{
    QVERIFY(m_server->chat().kick(parseRoomName(u"general"_s).value(), parseUserName(name).value(), u"enough"_s, {}));
}

void TestStoppedFrames::t3_w18_unreadMessages()
{
    const auto slow = join("slow", 8192);
    QVERIFY(slow);
    slow->stopReading();
    const auto busy = join("busy");
    const QByteArray text = wsText(message(QByteArray("😀").repeated(4000)));
    for (int batch = 0; batch < 14; ++batch) { // 11 MiB in all
        busy->take();
        busy->send(text.repeated(50));
        QTRY_VERIFY(readFrames(busy->received()).list.size() >= 50);
    }
    QCOMPARE(m_server->metrics().count(Metrics::SlowReadersDropped), 1u);
    m_server->advance(kCloseGrace);
    QTRY_COMPARE(m_server->chat().sessionCount(), 1);
    QTRY_COMPARE(m_server->door().connectionCount(), 1);
}

void TestStoppedFrames::w1_w2_claimedLength()
{
    const auto client = join("anna");
    client->send(QByteArray("\x82\xFF\0\0\0\0\x20\0\0\0\0\0\0\0", 14)); // 512 MiB, as a head alone
    QTRY_VERIFY(client->isEnded());
    QCOMPARE(framesOf(*client).closeCode(), 1009);
}

void TestStoppedFrames::w3_dripsThenSilence()
{
    const auto client = join("anna");
    const QByteArray frame = wsText(QByteArray(100, 'x'));
    for (int i = 0; i < 3; ++i) {
        const quint64 before = m_server->metrics().count(Metrics::BytesReceived);
        client->send(frame.mid(i * 10, 10));
        QTRY_COMPARE(m_server->metrics().count(Metrics::BytesReceived), before + 10);
    }
    m_server->advance(60s);
    QTRY_COMPARE(framesOf(*client).closeCode(), 4408);
}

void TestStoppedFrames::w4_honestPause()
{
    const auto client = join("anna");
    const QByteArray frame = wsText(message("after a pause"));
    const quint64 before = m_server->metrics().count(Metrics::BytesReceived);
    client->send(frame.first(20));
    QTRY_COMPARE(m_server->metrics().count(Metrics::BytesReceived), before + 20);
    m_server->advance(20s);
    client->send(frame.mid(20));
    QTRY_COMPARE(contentsOf(*client), QStringList {u"after a pause"_s});
}

void TestStoppedFrames::w5_unmasked()
{
    const auto client = join("anna");
    client->send(toBytes({1, message("unmasked"), true, false}));
    QTRY_VERIFY(client->isEnded());
    QCOMPARE(framesOf(*client).closeCode(), 1002);
    QVERIFY(contentsOf(*client).isEmpty());
}

void TestStoppedFrames::w6_w24_cutText()
{
    const QByteArray before = message("gr").chopped(2);
    const auto client = join("anna");
    client->send(Hazard::cutCharacter(before, "n\"}") + Hazard::markedFragment(before, "n\"}"));
    QTRY_COMPARE(contentsOf(*client), (QStringList {u"grän"_s, u"gr\uFEFFn"_s}));
}

/// What is under way from the peer is still read, so no reset takes the close frame with it.
void TestStoppedFrames::w14_closeWhileThePeerSends()
{
    const auto client = join("anna");
    client->stopReading();
    client->send(wsText(message(QByteArray(1000, 'x'))).repeated(4000)); // 4 MiB
    kick(u"anna"_s);
    client->resumeReading();
    QTRY_COMPARE(framesOf(*client).closeCode(), 4430);
    client->send(wsClose(4430));
    QTRY_VERIFY(client->isEnded());
    QVERIFY(!client->wasReset());
}

void TestStoppedFrames::w14b_closeWithoutAReader()
{
    const auto client = join("anna", 8192);
    client->stopReading();
    const auto busy = join("busy");
    busy->send(wsText(message(QByteArray(4000, 'x'))).repeated(100));
    QTRY_COMPARE(contentsOf(*busy).size(), 100);
    kick(u"anna"_s);
    QTRY_COMPARE(m_server->chat().sessionCount(), 1);
    m_server->advance(kCloseGrace);
    QTRY_COMPARE(m_server->door().connectionCount(), 1);
}

/// Codes of the contract are 4000 to 4999, which Qt's clients understand.
void TestStoppedFrames::w15_closeCodes()
{
    WsClient kicked(m_server->ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(kicked.isConnected());
    QTRY_COMPARE(m_server->chat().sessionCount(), 1);
    kick(u"anna"_s);
    QTRY_VERIFY(kicked.isClosed());
    QCOMPARE(kicked.closeCode(), 4430);
    WsClient drained(m_server->ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(drained.isConnected());
    QTRY_COMPARE(m_server->chat().sessionCount(), 1);
    m_server->sockets().drain(1s);
    QTRY_VERIFY(drained.isClosed());
    QCOMPARE(drained.closeCode(), 4503);
}

void TestStoppedFrames::w16_nothingIsLeft()
{
    for (int round = 0; round < 4; ++round) {
        const auto slow = join("slow" + QByteArray::number(round), 8192);
        slow->stopReading();
        const auto busy = join("busy");
        busy->send(wsText(message(QByteArray(4000, 'x'))).repeated(100));
        QTRY_VERIFY(contentsOf(*busy).size() >= 100);
        if (round % 2)
            kick(u"slow%1"_s.arg(round));
        slow->reset();
        busy->reset();
        QTRY_COMPARE(m_server->door().connectionCount(), 0);
        QTRY_COMPARE(m_server->sockets().sessionCount(), 0);
    }
    QTRY_VERIFY(m_server->sockets().findChildren<QTcpSocket *>().isEmpty()); // what Qt was given is gone too
    QTRY_VERIFY(m_server->sockets().findChildren<QWebSocket *>().isEmpty());
}

void TestStoppedFrames::w17_unreadPongs()
{
    const auto client = join("anna", 8192);
    client->stopReading();
    const QByteArray pings = toBytes({9, QByteArray(125, 'p')}).repeated(20'000);
    const qint64 before = residentBytes();
    for (int i = 0; i < 8 && !client->isEnded(); ++i) {
        client->send(pings);
        QTRY_COMPARE(client->unsentBytes(), 0);
    }
    QVERIFY2(residentBytes() - before < kLittle, qPrintable(QString::number(residentBytes() - before)));
}

/// They cost nothing, the message can still be finished, and silence ends it.
void TestStoppedFrames::w19_emptyFragments()
{
    const auto client = join("ben");
    const qint64 before = residentBytes();
    client->send(toBytes({1, "", false}));
    for (int i = 0; i < 10; ++i) {
        client->send(toBytes({0, "", false}).repeated(20'000));
        QTRY_COMPARE(client->unsentBytes(), 0);
    }
    client->send(toBytes({0, message("at last")}));
    QTRY_COMPARE(contentsOf(*client), QStringList {u"at last"_s});
    QVERIFY2(residentBytes() - before < kLittle, qPrintable(QString::number(residentBytes() - before)));
    client->send(toBytes({1, "", false}) + toBytes({0, "", false}).repeated(100));
    QTRY_COMPARE(client->unsentBytes(), 0);
    turnLoop();
    m_server->advance(60s);
    QTRY_COMPARE(framesOf(*client).closeCode(), 4408);
}

/// The session ends while its own messages are being read.
void TestStoppedFrames::w20_endsInsideAMessage()
{
    const auto faulty = join("anna");
    faulty->send(wsText("?").repeated(100));
    QTRY_COMPARE(framesOf(*faulty).closeCode(), 4400);
    const auto kicked = join("ben");
    bool isKicked = false;
    QObject::connect(&m_server->chat(), &ChatManager::messagePosted, &m_server->chat(), [this, &isKicked](const Message &) {
        if (!std::exchange(isKicked, true))
            kick(u"ben"_s);
    });
    kicked->send(wsText(message("first")) + wsText(message("second")));
    QTRY_COMPARE(framesOf(*kicked).closeCode(), 4430);
}

QTEST_GUILESS_MAIN(TestStoppedFrames)
#include "tst_stoppedframes.moc"

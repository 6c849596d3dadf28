// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpanswer.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/puppet.h"
#include "support/rawclient.h"
#include "support/wsclient.h"
#include "support/wsframes.h"

#include <QPointer>
#include <QRandomGenerator>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Speaks = WsClient::Speaks;

constexpr char kParlance[] = "Sec-WebSocket-Protocol: parlance.v1\r\n";
constexpr qint64 kQueue = 1024 * 1024; ///< limits.sendQueueBytes

QByteArray message(const QString &content, const QString &cid = {})
{
    QJsonObject command {{u"type"_s, u"message"_s}, {u"content"_s, content}};
    if (!cid.isEmpty())
        command.insert(u"cid"_s, cid);
    return QJsonDocument(command).toJson(QJsonDocument::Compact);
}

bool hasJoined(const RawClient &client)
{
    return client.received().startsWith("HTTP/1.1 101 ") && client.received().contains("\r\n\r\n");
}

} // namespace

/// Whatever one client does, it gets the answer that the contract names, and nobody else is hurt.
class TestAbuse : public QObject
{
    Q_OBJECT

private slots:
    void faults_data();
    void faults();
    void emptyContentIsIgnored();
    void longestContent();
    void largestMessage();
    void tooLargeMessage_data();
    void tooLargeMessage();
    void tooManyFaults();
    void faultsOverTime();
    void flood();
    void commandFlood();
    void historyIsBounded();
    void floodOfCommands();

    void badFrames_data();
    void badFrames();
    void fragmentedText();
    void goodbyes_data();
    void goodbyes();

    void stopsReading();
    void sendQueueIsBounded();
    void burstIsNoSlowReader();
    void unreadPongsAreBounded();
    void noProgress();
    void someProgress();
    void silence();
    void dripIsNoSignOfLife();
    void pongKeepsAlive();

    void vanishes();
    void leavesDuringTheHandshake();
    void garbage();
};

// --- commands --------------------------------------------------------------------------------------

void TestAbuse::faults_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("cid");
    const QString bad = u"bad_request"_s;
    const auto row = [](const char *name, const QByteArray &text, const QString &code, const QString &field = {},
                        const QString &cid = {}) { QTest::newRow(name) << wsText(text) << code << field << cid; };
    row("no JSON", "hello", bad);
    row("nothing", "", bad);
    row("cut", "{\"type\":\"message\"", bad);
    row("two objects", "{\"type\":\"message\",\"content\":\"a\"}{}", bad);
    row("array", "[]", bad);
    row("number", "1", bad);
    row("null", "null", bad);
    row("NUL", QByteArray("{\"type\":\0}", 10), bad);
    row("deep", "{\"a\":" + QByteArray(40, '[') + QByteArray(40, ']') + "}", bad);
    row("very deep", QByteArray(60'000, '['), bad);
    row("key twice", "{\"type\":\"message\",\"type\":\"message\",\"content\":\"a\"}", bad);
    row("no type", "{\"content\":\"a\"}", bad, u"type"_s);
    row("type is a number", "{\"type\":1}", bad, u"type"_s);
    row("unknown type", "{\"type\":\"dance\",\"cid\":\"c-1\"}", u"unknown_type"_s, u"type"_s, u"c-1"_s);
    row("type in capitals", "{\"type\":\"MESSAGE\",\"content\":\"a\"}", u"unknown_type"_s, u"type"_s);
    row("no content", "{\"type\":\"message\",\"cid\":\"c-2\"}", bad, u"content"_s, u"c-2"_s);
    row("content is a number", "{\"type\":\"message\",\"content\":5}", bad, u"content"_s);
    row("content is null", "{\"type\":\"message\",\"content\":null}", bad, u"content"_s);
    row("content too long", message(u"😀"_s.repeated(4001), u"c-3"_s), u"too_long"_s, u"content"_s, u"c-3"_s);
    row("cid is a number", "{\"type\":\"message\",\"content\":\"a\",\"cid\":5}", bad, u"cid"_s);
    row("cid too long", message(u"a"_s, QString(65, u'c')), bad, u"cid"_s);
    row("cid with a blank", message(u"a"_s, u"c 1"_s), bad, u"cid"_s);
    QTest::newRow("binary") << toBytes({2, message(u"a"_s)}) << bad << QString() << QString();
}

void TestAbuse::faults()
{
    QFETCH(QByteArray, frame);
    QFETCH(QString, code);
    QFETCH(QString, field);
    QFETCH(QString, cid);
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    client.send(frame + wsText(message(u"still here"_s)));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 2);
    const QList<QJsonObject> events = framesAfterUpgrade(client.received()).events();
    QCOMPARE(events.at(0)[u"message_type"_s].toString(), u"error"_s);
    QCOMPARE(events.at(0)[u"code"_s].toString(), code);
    QCOMPARE(events.at(0)[u"field"_s].toString(), field);
    QCOMPARE(events.at(0)[u"cid"_s].toString(), cid);
    QVERIFY(!events.at(0)[u"detail"_s].toString().isEmpty());
    QCOMPARE(events.at(1)[u"content"_s].toString(), u"still here"_s);
    QCOMPARE(events.at(1)[u"seq"_s].toInt(), 1); // nothing of it was stored
    QCOMPARE(server.metrics().refusals(), 1u);
}

void TestAbuse::emptyContentIsIgnored()
{
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    client.send(wsText(message(u""_s)) + wsText(message(u" \n\t\u00A0 "_s)) + wsText(message(u"x"_s)));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 1);
    QCOMPARE(framesAfterUpgrade(client.received()).events().constFirst()[u"seq"_s].toInt(), 1);
}

void TestAbuse::longestContent()
{
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    const QString content = u"😀"_s.repeated(4000);
    client.send(wsText(message(content)));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 1);
    QCOMPARE(framesAfterUpgrade(client.received()).events().constFirst()[u"content"_s].toString(), content);
}

void TestAbuse::largestMessage()
{
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    QByteArray text = message(u"|"_s);
    text.replace("|", QByteArray(64 * 1024 + 1 - text.size(), 'x'));
    QCOMPARE(text.size(), 64 * 1024);
    client.send(wsText(text));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 1);
    QCOMPARE(framesAfterUpgrade(client.received()).events().constFirst()[u"code"_s].toString(), u"too_long"_s);
}

void TestAbuse::tooLargeMessage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const qsizetype tooMuch = 64 * 1024 + 1;
    QTest::newRow("text") << wsText(QByteArray(tooMuch, 'x'));
    QTest::newRow("binary") << toBytes({2, QByteArray(tooMuch, 'x')});
    QTest::newRow("megabytes") << wsText(QByteArray(4 * 1024 * 1024, 'x'));
    QTest::newRow("claimed only") << wsText(QByteArray(tooMuch, 'x')).first(14);
    QTest::newRow("claims exabytes") << QByteArray("\x81\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\0\0", 14);
    QTest::newRow("in fragments") << toBytes({1, QByteArray(40'000, 'x'), false}) + toBytes({0, QByteArray(40'000, 'x')});
}

void TestAbuse::tooLargeMessage()
{
    QFETCH(QByteArray, bytes);
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(ben.isConnected());
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    client.send(bytes);
    QTRY_VERIFY(client.isEnded());
    QVERIFY(!client.wasReset()); // even where it is still sending, the goodbye arrives
    QCOMPARE(framesAfterUpgrade(client.received()).closeCode(), 1009);
    client.close();
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    QTRY_COMPARE(ben.events(u"user_left"_s).size(), 1);
}

void TestAbuse::tooManyFaults()
{
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(ben.isConnected());
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    client.send(wsText("?").repeated(19));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 19);
    client.send(wsText("?").repeated(5) + wsText(message(u"too late"_s)));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).closeCode(), 4400);
    QCOMPARE(framesAfterUpgrade(client.received()).list.size(), 21); // the 20th error, and the close
    client.send(wsClose(4400));
    QTRY_VERIFY(client.isEnded());
    client.close();
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    QVERIFY(ben.contents().isEmpty());
}

void TestAbuse::faultsOverTime()
{
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    for (int minute = 1; minute <= 3; ++minute) {
        client.send(wsText("?").repeated(19));
        QTRY_COMPARE(framesAfterUpgrade(client.received()).events().size(), minute * 19);
        for (int part = 0; part < 3; ++part) {
            server.advance(20s);
            client.send(toBytes({10, ""})); // lives
            const quint64 before = server.metrics().count(Metrics::BytesReceived);
            QTRY_VERIFY(server.metrics().count(Metrics::BytesReceived) > before);
        }
    }
    QCOMPARE(framesAfterUpgrade(client.received()).closeCode(), 0);
}

void TestAbuse::flood()
{
    NetServer server([](NetServer::Settings &settings) { settings.model.messages = {10, 10s}; });
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(ben.isConnected());
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    for (int i = 1; i <= 12; ++i)
        client.send(wsText(message(QString::number(i), u"c-%1"_s.arg(i))));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 12);
    QList<QJsonObject> errors;
    for (const QJsonObject &event : framesAfterUpgrade(client.received()).events()) {
        if (event[u"message_type"_s].toString() == u"error")
            errors.append(event);
    }
    QCOMPARE(errors.size(), 2);
    QCOMPARE(errors.at(0)[u"code"_s].toString(), u"rate_limited"_s);
    QCOMPARE(errors.at(0)[u"cid"_s].toString(), u"c-11"_s);
    QCOMPARE(errors.at(0)[u"retry_after_ms"_s].toInt(), 1000);

    server.advance(1s); // the time that it said
    client.send(wsText(message(u"patient"_s)));
    QTRY_COMPARE(ben.contents().size(), 11);
    client.send(wsText(message(u"impatient"_s)).repeated(97));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 12 + 1 + 97);
    QCOMPARE(framesAfterUpgrade(client.received()).closeCode(), 0);
    client.send(wsText(message(u"impatient"_s)).repeated(50));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).closeCode(), 4429);
    QCOMPARE(ben.contents().size(), 11);
}

/// Commands that cost no message cost the connection all the same.
void TestAbuse::commandFlood()
{
    NetServer server([](NetServer::Settings &settings) { settings.net.commands = {5, 10s}; });
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    for (int i = 0; i < 6; ++i)
        client.send(wsText(message(u" "_s)));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 1);
    const QJsonObject error = framesAfterUpgrade(client.received()).events().constFirst();
    QCOMPARE(error[u"code"_s].toString(), u"rate_limited"_s);
    QVERIFY(error[u"retry_after_ms"_s].toInt() > 0);
    for (int i = 0; i < 100; ++i)
        client.send(wsText(message(u" "_s)));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).closeCode(), 4429);
}

/// A room that fills the memory forgets its own oldest messages.
void TestAbuse::historyIsBounded()
{
    NetServer server([](NetServer::Settings &settings) { settings.model.historyBytes = 10'000; });
    WsClient anna(server.ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(anna.isConnected());
    for (int i = 1; i <= 20; ++i)
        anna.say(QString(1000, QChar(u'a' + i)));
    QTRY_COMPARE(anna.contents().size(), 20);
    const MessageList kept = server.chat().newest(parseRoomName(u"general").value(), 1000);
    QCOMPARE(kept.size(), 4);
    QCOMPARE(kept.constLast().seq, 20u);
    QVERIFY(server.chat().historyBytes() <= 10'000);
}

/// Of whatever kind: commands are counted before they are understood.
void TestAbuse::floodOfCommands()
{
    NetServer server([](NetServer::Settings &settings) { settings.net.commands = {20, 10s}; });
    WsClient ben(server.ws(u"general"_s, u"ben"_s), Speaks::Parlance);
    QTRY_VERIFY(ben.isConnected());
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    client.send(wsText("{\"type\":\"typing\"}").repeated(20));
    QTRY_COMPARE(server.metrics().count(Metrics::CommandsReceived), 20u);
    QVERIFY(framesAfterUpgrade(client.received()).list.isEmpty());
    client.send(wsText(message(u"one too many"_s)) + toBytes({2, "binary"}) + wsText("no JSON"));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 3);
    for (const QJsonObject &event : framesAfterUpgrade(client.received()).events()) {
        QCOMPARE(event[u"code"_s].toString(), u"rate_limited"_s);
        QCOMPARE(event[u"retry_after_ms"_s].toInt(), 500);
    }
    server.advance(500ms);
    client.send(wsText(message(u"in time"_s)));
    QTRY_COMPARE(ben.contents(), QStringList {u"in time"_s});
    client.send(wsText("{}").repeated(200));
    QTRY_COMPARE(framesAfterUpgrade(client.received()).closeCode(), 4429);
}

// --- frames ----------------------------------------------------------------------------------------

void TestAbuse::badFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::newRow("unmasked") << toBytes({1, message(u"a"_s), true, false}) << 1002;
    QTest::newRow("reserved bit") << toBytes({1, message(u"a"_s), true, true, 4}) << 1002;
    QTest::newRow("unknown opcode") << toBytes({3, "a"}) << 1002;
    QTest::newRow("unknown control opcode") << toBytes({11, "a"}) << 1002;
    QTest::newRow("fragmented ping") << toBytes({9, "a", false}) << 1002;
    QTest::newRow("continuation of nothing") << toBytes({0, "a"}) << 1002;
    QTest::newRow("text between fragments") << toBytes({1, "a", false}) + toBytes({1, "b"}) << 1002;
    QTest::newRow("no UTF-8") << wsText("{\"type\":\"\xFF\"}") << 1007;
    QTest::newRow("cut UTF-8") << wsText("{\"type\":\"\xE2\x82") << 1007;
    QTest::newRow("surrogate") << wsText("\xED\xA0\x80") << 1007;
    QTest::newRow("HTTP again") << upgradeHead("/ws/general/ben") << 1002;
}

void TestAbuse::badFrames()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(ben.isConnected());
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    client.send(bytes + wsText(message(u"too late"_s)));
    QTRY_VERIFY(client.isEnded());
    QCOMPARE(framesAfterUpgrade(client.received()).closeCode(), code);
    client.close();
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    ben.say(u"alone"_s);
    QTRY_COMPARE(ben.contents(), QStringList {u"alone"_s});
}

/// Legal, however odd: fragments cut inside a character, with a ping between them, drop by drop.
void TestAbuse::fragmentedText()
{
    NetServer server;
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    const QByteArray text = message(u"Grüße 😀"_s);
    QByteArray bytes;
    for (qsizetype i = 0; i < text.size(); ++i) {
        bytes += toBytes({i == 0 ? 1 : 0, text.mid(i, 1), i + 1 == text.size()});
        if (i == 10)
            bytes += toBytes({9, "ping"});
    }
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        client.send(bytes.mid(i, 1));
        if (i % 16 == 0)
            turnLoop();
    }
    QTRY_COMPARE(framesAfterUpgrade(client.received()).list.size(), 2);
    const WsFrames frames = framesAfterUpgrade(client.received());
    QCOMPARE(frames.list.at(0).opcode, 10);
    QCOMPARE(frames.list.at(0).payload, QByteArray("ping"));
    QCOMPARE(frames.events().value(0)[u"content"_s].toString(), u"Grüße 😀"_s);
}

void TestAbuse::goodbyes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("1000") << wsClose(1000);
    QTest::newRow("going away") << wsClose(1001);
    QTest::newRow("of its own") << wsClose(4999);
    QTest::newRow("without a code") << toBytes({8, ""});
    QTest::newRow("half a code") << toBytes({8, "\x03"});
    QTest::newRow("a code that is none") << wsClose(5);
    QTest::newRow("a code not for the wire") << wsClose(1006);
    QTest::newRow("a reason that is no UTF-8") << toBytes({8, "\x03\xE8\xFF\xFE"});
    QTest::newRow("twice") << wsClose(1000) + wsClose(1000);
    QTest::newRow("and more") << wsClose(1000) + wsText(message(u"too late"_s)) + QByteArray(100'000, 'x');
}

void TestAbuse::goodbyes()
{
    QFETCH(QByteArray, bytes);
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(ben.isConnected());
    RawClient client(server.port());
    client.send(upgradeHead("/ws/general/anna"));
    QTRY_VERIFY(hasJoined(client));
    client.send(bytes);
    QTRY_VERIFY(client.isEnded());
    const WsFrames frames = framesAfterUpgrade(client.received());
    QVERIFY2(frames.fault.isEmpty(), qPrintable(frames.fault));
    QCOMPARE(frames.list.size(), 1);
    QCOMPARE(frames.list.constFirst().opcode, 8);
    client.close();
    QTRY_COMPARE(ben.events(u"user_left"_s).size(), 1);
    QVERIFY(ben.contents().isEmpty());
}

// --- slow and silent -------------------------------------------------------------------------------

void TestAbuse::stopsReading()
{
    NetServer server([](NetServer::Settings &settings) { settings.model.ring = 20'000; });
    RawClient deaf(server.port(), {QHostAddress::LocalHost, 8 * 1024});
    deaf.stopReadingAfter(1);
    deaf.send(upgradeHead("/ws/general/deaf", kParlance));
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    RawClient reader(server.port());
    reader.send(upgradeHead("/ws/general/reader", kParlance));
    RawClient author(server.port());
    author.send(upgradeHead("/ws/general/author"));
    QTRY_VERIFY(hasJoined(reader) && hasJoined(author));

    const QByteArray frame = wsText(message(QString(1000, u'x')));
    for (int i = 1; i <= 100; ++i) {
        author.send(frame.repeated(100)); // 10 MB: more than the kernel keeps for the deaf one
        const QByteArray last = "\"seq\":" + QByteArray::number(i * 100) + '}';
        QTRY_VERIFY(reader.received().endsWith(last) && author.received().endsWith(last));
        author.take();
    }
    QCOMPARE(server.metrics().count(Metrics::SlowReadersDropped), 1u);
    const QList<QJsonObject> events = framesAfterUpgrade(reader.received()).events();
    qint64 seq = 0;
    for (const QJsonObject &event : events) {
        if (event[u"message_type"_s].toString() == u"message")
            QCOMPARE(event[u"seq"_s].toInteger(), ++seq);
    }
    QCOMPARE(seq, 10'000);
    server.advance(500ms); // the goodbye is said by the next sweep
    server.advance(3s); // its grace
    QTRY_COMPARE(server.chat().userNames(parseRoomName(u"general").value()), (QStringList {u"reader"_s, u"author"_s}));
    QTRY_VERIFY(reader.received().contains("\"user_left\""));
}

void TestAbuse::sendQueueIsBounded()
{
    NetServer server;
    Puppet deaf(server, "deaf");
    QTRY_VERIFY(deaf.isIn());
    deaf.stream().setTakes(false);
    Puppet author(server, "author");
    QTRY_VERIFY(author.isIn());
    const QByteArray frame = wsText(message(QString(3000, u'x')));
    for (int i = 0; i < 1000 && server.metrics().count(Metrics::SlowReadersDropped) == 0; ++i) {
        author.stream().say(frame);
        turnLoop();
        QVERIFY(deaf.stream().queuedBytes() <= kQueue + 200); // and the goodbye
    }
    QCOMPARE(server.metrics().count(Metrics::SlowReadersDropped), 1u);
    QVERIFY(deaf.stream().queuedBytes() > kQueue / 2);
    server.advance(500ms); // the goodbye is said by the next sweep
    server.advance(3s);
    QTRY_VERIFY(deaf.isGone());
    QCOMPARE(server.chat().sessionCount(), 1);
}

/// Much at once is no fault of who has read everything so far.
void TestAbuse::burstIsNoSlowReader()
{
    NetServer server;
    Puppet reader(server, "reader");
    Puppet author(server, "author");
    QTRY_VERIFY(reader.isIn() && author.isIn());
    author.stream().say(wsText(message(u"😀"_s.repeated(4000))).repeated(200)); // 3 MiB in one turn of the loop
    QTRY_COMPARE(reader.frames().events().size(), 2 + 1 + 200); // welcome, history_end, user_joined
    QCOMPARE(server.metrics().count(Metrics::SlowReadersDropped), 0u);
    QCOMPARE(server.chat().sessionCount(), 2);
}

void TestAbuse::unreadPongsAreBounded()
{
    NetServer server;
    Puppet pinger(server, "pinger");
    QTRY_VERIFY(pinger.isIn());
    pinger.stream().setTakes(false);
    const QByteArray ping = toBytes({9, QByteArray(125, 'p')});
    for (int i = 0; i < 10'000; ++i) {
        pinger.stream().say(ping);
        QVERIFY(pinger.stream().queuedBytes() <= kQueue + 200);
    }
    QVERIFY(pinger.stream().queuedBytes() > kQueue / 2);
    QCOMPARE(server.metrics().count(Metrics::SlowReadersDropped), 1u);
    server.advance(500ms);
    server.advance(3s);
    QTRY_VERIFY(pinger.isGone());
}

void TestAbuse::noProgress()
{
    NetServer server;
    Puppet deaf(server, "deaf");
    Puppet author(server, "author");
    QTRY_VERIFY(deaf.isIn() && author.isIn());
    deaf.stream().setTakes(false);
    author.stream().say(wsText(message(u"hello"_s)));
    QTRY_VERIFY(deaf.stream().queuedBytes() > 0);
    server.advance(0s);
    deaf.stream().say(toBytes({10, ""})); // talks, but does not read
    server.advance(14'999ms);
    QVERIFY(!deaf.isGone() && server.metrics().count(Metrics::SlowReadersDropped) == 0);
    server.advance(1ms);
    QCOMPARE(server.metrics().count(Metrics::SlowReadersDropped), 1u);
    server.advance(3s);
    QTRY_VERIFY(deaf.isGone());
}

void TestAbuse::someProgress()
{
    NetServer server;
    Puppet slow(server, "slow");
    Puppet author(server, "author");
    QTRY_VERIFY(slow.isIn() && author.isIn());
    for (int i = 0; i < 10; ++i) {
        slow.stream().setTakes(false);
        author.stream().say(wsText(message(u"hello"_s)));
        QTRY_VERIFY(slow.stream().queuedBytes() > 0);
        server.advance(10s);
        slow.stream().setTakes(true);
        slow.stream().flush();
        slow.stream().say(toBytes({10, ""}));
        author.stream().say(toBytes({10, ""}));
        server.advance(1s);
    }
    QCOMPARE(server.metrics().count(Metrics::SlowReadersDropped), 0u);
    QCOMPARE(server.chat().sessionCount(), 2);
}

void TestAbuse::silence()
{
    NetServer server;
    Puppet silent(server, "silent");
    QTRY_VERIFY(silent.isIn());
    server.advance(24'999ms);
    QVERIFY(silent.frames().list.constLast().opcode != 9);
    server.advance(1ms);
    QCOMPARE(silent.frames().list.constLast().opcode, 9);
    server.advance(34'999ms);
    QCOMPARE(silent.frames().closeCode(), 0);
    server.advance(1ms);
    QCOMPARE(silent.frames().closeCode(), 4408);
    QCOMPARE(server.metrics().count(Metrics::HeartbeatsMissed), 1u);
    QCOMPARE(server.metrics().count(Metrics::SlowReadersDropped), 0u);
    QCOMPARE(server.chat().sessionCount(), 1);
    server.advance(3s);
    QTRY_VERIFY(silent.isGone());
    QCOMPARE(server.chat().sessionCount(), 0);
}

/// A frame that comes byte by byte and never ends holds a connection no longer than silence.
void TestAbuse::dripIsNoSignOfLife()
{
    NetServer server;
    Puppet dripping(server, "drip");
    QTRY_VERIFY(dripping.isIn());
    const QByteArray frame = wsText(message(QString(1000, u'x')));
    for (int i = 0; i < 6; ++i) {
        QCOMPARE(dripping.frames().closeCode(), 0);
        dripping.stream().say(frame.mid(i, 1));
        server.advance(10s);
    }
    QCOMPARE(dripping.frames().closeCode(), 4408);
    QCOMPARE(server.metrics().count(Metrics::HeartbeatsMissed), 1u);
}

void TestAbuse::pongKeepsAlive()
{
    NetServer server;
    WsClient client(server.ws(u"general"_s, u"anna"_s)); // Qt answers pings by itself
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    for (int i = 0; i < 10; ++i) {
        const quint64 before = server.metrics().count(Metrics::BytesReceived);
        server.advance(25s);
        QTRY_VERIFY(server.metrics().count(Metrics::BytesReceived) > before);
    }
    QCOMPARE(server.chat().sessionCount(), 1);
    QVERIFY(client.isConnected());
}

// --- vanishing, and noise --------------------------------------------------------------------------

void TestAbuse::vanishes()
{
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(ben.isConnected());
    std::vector<std::unique_ptr<RawClient>> crowd;
    for (int i = 0; i < 20; ++i) {
        crowd.push_back(std::make_unique<RawClient>(server.port()));
        crowd.back()->send(upgradeHead("/ws/general/guest" + QByteArray::number(i), i % 2 ? kParlance : ""));
    }
    QTRY_COMPARE(server.chat().sessionCount(), 21);
    for (const auto &client : crowd)
        client->send(wsText(message(u"last words"_s)).repeated(5));
    ben.say(u"in the middle"_s);
    for (size_t i = 0; i < crowd.size(); i += 2)
        crowd[i]->reset();
    ben.say(u"and after"_s);
    for (size_t i = 1; i < crowd.size(); i += 2)
        crowd[i]->reset();
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    QTRY_COMPARE(ben.events(u"user_left"_s).size(), 20);
    QTRY_VERIFY(ben.contents().contains(u"and after"_s));
    QTRY_COMPARE(server.door().connectionCount(), 1);
}

void TestAbuse::leavesDuringTheHandshake()
{
    NetServer server;
    const QByteArray head = upgradeHead("/ws/general/anna", kParlance);
    for (qsizetype size = 0; size <= head.size(); size += 3) {
        for (const bool withReset : {true, false}) {
            RawClient client(server.port());
            client.send(head.first(qMin(size, head.size())));
            if (size % 2)
                turnLoop();
            if (withReset)
                client.reset();
        }
    }
    for (int i = 0; i < 10; ++i) {
        RawClient client(server.port());
        client.send(head);
    }
    QTRY_COMPARE(server.door().connectionCount(), 0);
    QTRY_COMPARE(server.sockets().sessionCount(), 0);
    QCOMPARE(server.chat().sessionCount(), 0);
    QVERIFY(server.chat().rooms().isEmpty());
}

void TestAbuse::garbage()
{
    NetServer server;
    WsClient ben(server.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(ben.isConnected());
    QRandomGenerator random(20261122);
    const auto noise = [&random](int most) {
        QByteArray bytes(random.bounded(most + 1), '\0');
        for (char &c : bytes)
            c = char(random.bounded(256));
        return bytes;
    };
    const auto mutated = [&random](QByteArray bytes) {
        for (int i = random.bounded(1, 6); i > 0 && !bytes.isEmpty(); --i) {
            const int at = random.bounded(int(bytes.size()));
            switch (random.bounded(3)) {
            case 0: bytes[at] = char(random.bounded(256)); break;
            case 1: bytes.remove(at, random.bounded(1, 20)); break;
            default: bytes.insert(at, char(random.bounded(256)));
            }
        }
        return bytes;
    };
    const QByteArray request = "POST /api/rooms?a=%41 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
    for (int i = 0; i < 300; ++i) {
        RawClient client(server.port());
        QVERIFY(client.isOpen());
        switch (random.bounded(4)) {
        case 0: client.send(noise(2000)); break;
        case 1: client.send(mutated(request) + mutated(request)); break;
        case 2: client.send(mutated(upgradeHead("/ws/general/noise", kParlance))); break;
        default:
            client.send(upgradeHead("/ws/general/noise", random.bounded(2) ? kParlance : ""));
            QTRY_VERIFY(hasJoined(client) || client.isEnded());
            for (int frame = random.bounded(1, 20); frame > 0; --frame)
                client.send(mutated(toBytes({random.bounded(16), noise(300), random.bounded(4) != 0, true})));
        }
        if (random.bounded(2))
            turnLoop();
        if (random.bounded(2))
            client.reset();
    }
    QTRY_COMPARE(server.door().connectionCount(), 1);
    QTRY_COMPARE(server.chat().sessionCount(), 1);
    QCOMPARE(server.sockets().sessionCount(), 1);
    ben.say(u"still serving"_s);
    QTRY_VERIFY(ben.contents().contains(u"still serving"_s));
    RawClient client(server.port());
    client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(readAnswers(client.received()).list.value(0).status, 200);
}

QTEST_GUILESS_MAIN(TestAbuse)
#include "tst_abuse.moc"

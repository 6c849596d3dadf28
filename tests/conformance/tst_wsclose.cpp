// SPDX-License-Identifier: GPL-3.0-or-later
#include "conformance.h"
#include "support/loopturn.h"

#include <QStringDecoder>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

QList<WsCase> codes()
{
    QList<WsCase> cases;
    for (const int code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4430, 4999}) {
        const QByteArray text = QByteArray::number(code);
        cases.append({"code " + text, "7.4", closeWith(quint16(code)), {"close " + text}});
    }
    for (const int code : {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
        cases.append({"code " + QByteArray::number(code), "7.4", closeWith(quint16(code)), {"close 1002"}});
    // In the registry of section 11.7 since, for servers to send. What is echoed is "typically" the code.
    for (const int code : {1012, 1013, 1014})
        cases.append({"code " + QByteArray::number(code), "7.4.2", closeWith(quint16(code)), {"close 1000"}});
    return cases;
}

QList<WsCase> payloads()
{
    const QByteArray code = hex("03e8");
    return {
        {"without payload", "5.5.1", frame(8, ""), {"close 1000"}},
        {"payload of 1", "5.5.1", frame(8, "\x03"), {"close 1002"}},
        {"reason", "5.5.1", closeWith(1000, "bye"), {"close 1000"}},
        {"reason in Greek", "5.5.1", closeWith(1000, "κόσμε"), {"close 1000"}},
        {"longest reason", "5.5", closeWith(1000, QByteArray(123, 'x')), {"close 1000"}},
        {"longest reason, of characters of 3", "5.5", closeWith(1000, QByteArray("€").repeated(41)), {"close 1000"}},
        {"reason of 124", "5.5", closeWith(1000, QByteArray(124, 'x')), {"close 1002"}},
        {"reason of 1000", "5.5", closeWith(1000, QByteArray(1000, 'x')), {"close 1002"}},
        {"reason with a surrogate", "5.5.1", closeWith(1000, hex("cebae1bdb9eda080")), {"close 1007"}},
        {"reason that is Latin-1", "5.5.1", closeWith(1000, hex("fc")), {"close 1007"}},
        {"reason that is cut", "5.5.1", closeWith(1000, "bye" + hex("e282")), {"close 1007"}},
        {"overlong reason", "5.5.1", closeWith(1000, hex("c0af")), {"close 1007"}},
        {"reason with NUL", "5.5.1", closeWith(1000, QByteArray("a\0b", 3)), {"close 1000"}},
        {"reason with a byte order mark", "5.5.1", closeWith(1000, hex("efbbbf") + "x"), {"close 1000"}},
        {"bad code and bad reason", "7.4", closeWith(999, hex("ff")), {"close 1002"}},
    };
}

QList<WsCase> whatFollows()
{
    const QByteArray bye = closeWith(1000);
    return {
        {"text behind a close", "5.5.1", bye + frame(1, chat("late")), {"close 1000"}},
        {"binary behind a close", "5.5.1", bye + frame(2, "late"), {"close 1000"}},
        {"ping behind a close", "5.5.1", bye + frame(9, "late"), {"close 1000"}},
        {"second close", "5.5.1", bye + closeWith(1001), {"close 1000"}},
        {"bad frame behind a close", "5.5.1", bye + frame(3, "late"), {"close 1000"}},
        {"unmasked frame behind a close", "5.5.1", bye + toBytes(RawFrame {1, "late", true, 0, {}}), {"close 1000"}},
        {"too large a frame behind a close", "5.5.1", bye + frame(1, QByteArray(100'000, 'x')), {"close 1000"}},
        {"garbage behind a close", "5.5.1", bye + QByteArray(300, '\xFF'), {"close 1000"}},
    };
}

} // namespace

/// RFC 6455 sections 5.5.1, 7.1 and 7.4: who says goodbye, how, and what comes after.
class TestWsClose : public QObject
{
    Q_OBJECT

private slots:
    void codes_data() { Conformance::addRows(::codes()); }
    void codes() { m_closes.playRow(); }
    void payloads_data() { Conformance::addRows(::payloads()); }
    void payloads() { m_closes.playRow(); }
    void whatFollows_data() { Conformance::addRows(::whatFollows()); }
    void whatFollows() { m_closes.playRow(); }
    void reasonIsEchoed();
    void serverCloses_data();
    void serverCloses();
    void serverReasonFits();
    void noAnswerToTheClose();
    void endWithoutClose();

private:
    void kickAnna(const QString &reason = u"enough"_s);

    Conformance m_closes {"closing"};
};

void TestWsClose::kickAnna(const QString &reason)
{
    const RoomName room = parseRoomName(QString::fromLatin1(m_closes.room())).value();
    QVERIFY(m_closes.server().chat().kick(room, parseUserName(u"anna"_s).value(), reason, {}));
}

void TestWsClose::reasonIsEchoed()
{
    const std::unique_ptr<RawClient> client = m_closes.join();
    QVERIFY(client);
    client->send(closeWith(4001, "see you"));
    QTRY_VERIFY(client->isEnded());
    const WsFrames frames = framesAfterUpgrade(client->received());
    QCOMPARE(frames.list.size(), 1);
    QVERIFY(frames.list.constFirst().payload.size() <= 125);
    QVERIFY(QByteArray("see you").startsWith(frames.list.constFirst().payload.mid(2)));
}

void TestWsClose::serverCloses_data()
{
    QTest::addColumn<QByteArray>("answer");
    const QByteArray late = frame(1, chat("late"));
    QTest::newRow("the same code") << closeWith(4430);
    QTest::newRow("another code") << closeWith(1000, "fine");
    QTest::newRow("no code") << frame(8, "");
    QTest::newRow("bad code") << closeWith(999);
    QTest::newRow("bad payload") << frame(8, "x");
    QTest::newRow("message first") << late + closeWith(4430);
    QTest::newRow("ping first") << frame(9, "late") + closeWith(4430);
    QTest::newRow("fragment first") << frame(1, "half", false) + closeWith(4430);
    QTest::newRow("bad frame instead") << frame(3, "late");
    QTest::newRow("too large a frame instead") << frame(1, QByteArray(100'000, 'x'));
}

/// The server's close is its last frame, whatever is on its way towards it (section 5.5.1); the answer ends
/// the connection (section 7.1.1). With an answer sent before the close arrives, both close at once.
void TestWsClose::serverCloses()
{
    QFETCH(QByteArray, answer);
    for (const bool atOnce : {false, true}) {
        const std::unique_ptr<RawClient> client = m_closes.join();
        QVERIFY(client);
        QTRY_COMPARE(m_closes.server().chat().sessionCount(), 1);
        if (atOnce)
            client->stopReading();
        kickAnna();
        if (!atOnce)
            QTRY_COMPARE(Conformance::heard(*client), Answers {"close 4430"});
        client->send(answer);
        client->resumeReading();
        QTRY_VERIFY(client->isEnded());
        QVERIFY(!client->wasReset());
        QCOMPARE(Conformance::heard(*client), Answers {"close 4430"});
        QTRY_COMPARE(m_closes.server().chat().sessionCount(), 0);
    }
}

/// However long the operator's reason is: 125 bytes at most, and UTF-8 to its end (sections 5.5 and 5.5.1).
void TestWsClose::serverReasonFits()
{
    for (const QString &reason : {u"€"_s.repeated(100), u"x€"_s.repeated(60), u"😀"_s.repeated(60), u"xx"_s + u"😀"_s.repeated(60)}) {
        const std::unique_ptr<RawClient> client = m_closes.join();
        QVERIFY(client);
        QTRY_COMPARE(m_closes.server().chat().sessionCount(), 1);
        kickAnna(reason);
        QTRY_COMPARE(Conformance::heard(*client), Answers {"close 4430"});
        const QByteArray payload = framesAfterUpgrade(client->received()).list.constFirst().payload;
        QVERIFY(payload.size() <= 125);
        QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString said = utf8(payload.mid(2));
        QVERIFY(!utf8.hasError());
        QVERIFY(!said.isEmpty());
        client->send(closeWith(4430));
        QTRY_VERIFY(client->isEnded());
    }
}

/// Who never answers is waited for a while and no longer (section 7.1.1).
void TestWsClose::noAnswerToTheClose()
{
    const std::unique_ptr<RawClient> client = m_closes.join();
    QVERIFY(client);
    QTRY_COMPARE(m_closes.server().chat().sessionCount(), 1);
    kickAnna();
    QTRY_COMPARE(Conformance::heard(*client), Answers {"close 4430"});
    m_closes.sendInPieces(*client, frame(9, "p") + frame(1, chat("late")), 3);
    m_closes.server().advance(kCloseGrace - std::chrono::milliseconds(1));
    turnLoop();
    QVERIFY(!client->isEnded());
    m_closes.server().advance(std::chrono::milliseconds(1));
    QTRY_VERIFY(client->isEnded());
    QCOMPARE(Conformance::heard(*client), Answers {"close 4430"});
    QTRY_COMPARE(m_closes.server().door().connectionCount(), 0);
}

/// The client ends TCP without a close (section 7.1.5): the session ends, nothing is left.
void TestWsClose::endWithoutClose()
{
    for (int way = 0; way < 3; ++way) {
        const std::unique_ptr<RawClient> client = m_closes.join();
        QVERIFY(client);
        QTRY_COMPARE(m_closes.server().chat().sessionCount(), 1);
        client->send(frame(1, "half a frame").chopped(4));
        if (way == 0)
            client->close();
        else if (way == 1)
            client->reset();
        else
            client->halfClose();
        QTRY_COMPARE(m_closes.server().chat().sessionCount(), 0);
        QTRY_COMPARE(m_closes.server().door().connectionCount(), 0);
    }
}

QTEST_GUILESS_MAIN(TestWsClose)
#include "tst_wsclose.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "conformance.h"

#include <QTest>

using namespace Parlance;

namespace {

QList<WsCase> pings()
{
    const QByteArray allBytes = [] {
        QByteArray bytes;
        for (int c = 0; c < 125; ++c)
            bytes += char(c + 100);
        return bytes;
    }();
    QList<WsCase> cases {
        {"ping without payload", "5.5.2", frame(9, ""), {"pong "}},
        {"ping of text", "5.5.3", frame(9, "Hello, world!"), {"pong Hello, world!"}},
        {"ping of octets", "5.5.3", frame(9, QByteArray::fromHex("00fffefdfcfb00ff")),
         {"pong " + QByteArray::fromHex("00fffefdfcfb00ff")}},
        {"ping of 124", "5.5", frame(9, QByteArray(124, 'p')), {"pong " + QByteArray(124, 'p')}},
        {"ping of 125", "5.5", frame(9, allBytes), {"pong " + allBytes}},
        {"ping of 126", "5.5", frame(9, QByteArray(126, 'p')), {"close 1002"}},
        {"ping of 65536", "5.5", frame(9, QByteArray(65536, 'p')), {"close 1002"}},
        {"ping that claims 126", "5.5", frame(9, QByteArray(126, 'p')).first(2), {"close 1002"}},
        {"ping, then text", "5.5.2", frame(9, "p") + frame(1, chat("text")), {"pong p", "message text"}},
        {"text, then ping", "5.5.2", frame(1, chat("text")) + frame(9, "p"), {"message text", "pong p"}},
        {"two alike", "5.5.2", frame(9, "p") + frame(9, "p"), {"pong p", "pong p"}},
    };
    WsCase many {"10 pings", "5.5.3", {}, {}};
    for (int i = 0; i < 10; ++i) {
        many.bytes += frame(9, "payload-" + QByteArray::number(i));
        many.answers += "pong payload-" + QByteArray::number(i);
    }
    cases.append(many);
    many.name = "500 pings";
    for (int i = 10; i < 500; ++i) {
        many.bytes += frame(9, "payload-" + QByteArray::number(i));
        many.answers += "pong payload-" + QByteArray::number(i);
    }
    cases.append(many);
    return cases;
}

QList<WsCase> pongs()
{
    return {
        {"unsolicited pong", "5.5.3", frame(10, ""), {}},
        {"unsolicited pong with payload", "5.5.3", frame(10, "unsolicited"), {}},
        {"unsolicited pong, then ping", "5.5.3", frame(10, "a") + frame(9, "b"), {"pong b"}},
        {"pong of 125", "5.5", frame(10, QByteArray(125, '\xFF')), {}},
        {"pong of 126", "5.5", frame(10, QByteArray(126, 'p')), {"close 1002"}},
        {"200 pongs", "5.5.3", frame(10, "x").repeated(200), {}},
    };
}

QList<WsCase> betweenFragments()
{
    const QByteArray text = chat("in parts");
    const QByteArray start = frame(1, text.first(10), false);
    const QByteArray middle = frame(0, text.mid(10, 10), false);
    const QByteArray end = frame(0, text.mid(20));
    return {
        {"ping between fragments", "5.4", start + frame(9, "p") + middle + end,
         {"pong p", "message in parts"}},
        {"pings between all fragments", "5.4", frame(9, "0") + start + frame(9, "1") + middle + frame(9, "2") + end + frame(9, "3"),
         {"pong 0", "pong 1", "pong 2", "message in parts", "pong 3"}},
        {"pong between fragments", "5.4", start + frame(10, "p") + middle + end, {"message in parts"}},
        {"largest ping between fragments", "5.4", start + frame(9, QByteArray(125, 'p')) + middle + end,
         {"pong " + QByteArray(125, 'p'), "message in parts"}},
        {"fragmented ping", "5.5", frame(9, "a", false), {"close 1002"}},
        {"fragmented ping and its end", "5.5", frame(9, "a", false) + frame(0, "b"), {"close 1002"}},
        {"fragmented pong", "5.5", frame(10, "a", false), {"close 1002"}},
        {"fragmented close", "5.5", frame(8, "", false), {"close 1002"}},
        {"fragmented ping between fragments", "5.5", start + frame(9, "a", false), {"close 1002"}},
        {"close between fragments", "5.4", start + closeWith(1000) + middle + end, {"close 1000"}},
    };
}

} // namespace

/// RFC 6455 sections 5.5.2, 5.5.3 and 5.4: pings and pongs, alone and between the fragments of a message.
class TestWsControl : public QObject
{
    Q_OBJECT

private slots:
    void pings_data() { Conformance::addRows(::pings()); }
    void pings() { m_pings.playRow(); }
    void pongs_data() { Conformance::addRows(::pongs()); }
    void pongs() { m_pings.playRow(); }
    void betweenFragments_data() { Conformance::addRows(::betweenFragments()); }
    void betweenFragments() { m_pings.playRow(); }
    void answerToTheHeartbeat();

private:
    Conformance m_pings {"ping and pong"};
};

/// The server pings too (section 5.5.2); whoever answers stays, whatever the payload of the pong.
void TestWsControl::answerToTheHeartbeat()
{
    Conformance ours("ping and pong");
    const std::unique_ptr<RawClient> client = ours.join();
    QVERIFY(client);
    for (int i = 0; i < 5; ++i) {
        ours.server().advance(std::chrono::seconds(30));
        QTRY_COMPARE(Conformance::heard(*client).count("frame "), i + 1);
        ours.sendInPieces(*client, frame(10, QByteArray::number(i)), 100);
        ours.sendInPieces(*client, frame(10, "whatever"), 1);
    }
    QCOMPARE(Conformance::heard(*client).size(), 5);
    ours.server().advance(std::chrono::seconds(60));
    QTRY_COMPARE(Conformance::heard(*client).constLast(), QByteArray("close 4408"));
}

QTEST_GUILESS_MAIN(TestWsControl)
#include "tst_wscontrol.moc"

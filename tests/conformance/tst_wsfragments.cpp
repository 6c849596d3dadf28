// SPDX-License-Identifier: GPL-3.0-or-later
#include "conformance.h"

#include <QTest>

using namespace Parlance;

namespace {

/// \a text in fragments of \a size bytes each.
QByteArray fragments(const QByteArray &text, qsizetype size, int opcode = 1)
{
    QByteArray bytes;
    for (qsizetype at = 0; at < text.size(); at += size)
        bytes += frame(at == 0 ? opcode : 0, text.mid(at, size), at + size >= text.size());
    return bytes;
}

QList<WsCase> good()
{
    const QByteArray text = chat("in fragments");
    const QByteArray empty = frame(0, "", false);
    const QByteArray lengths = chat("lengths", 125 + 126 + 127);
    QList<WsCase> cases {
        {"two fragments", "5.4", fragments(text, 20), {"message in fragments"}},
        {"three fragments", "5.4", fragments(text, 15), {"message in fragments"}},
        {"a fragment for each octet", "5.4", fragments(text, 1), {"message in fragments"}},
        {"empty first fragment", "5.4", frame(1, "", false) + frame(0, text), {"message in fragments"}},
        {"empty last fragment", "5.4", frame(1, text, false) + frame(0, ""), {"message in fragments"}},
        {"empty fragment in the middle", "5.4", frame(1, text.first(9), false) + empty + frame(0, text.mid(9)),
         {"message in fragments"}},
        {"100 empty fragments", "5.4", frame(1, "", false) + empty.repeated(100) + frame(0, text),
         {"message in fragments"}},
        {"empty fragments only", "5.4", frame(1, "", false) + empty + frame(0, ""), {"error bad_request"}},
        {"binary in fragments", "5.4", fragments(QByteArray(40, '\xFF'), 7, 2), {"error bad_request"}},
        {"two messages in fragments", "5.4", fragments(text, 9) + fragments(chat("second"), 4),
         {"message in fragments", "message second"}},
        {"whole, fragmented, whole", "5.4", frame(1, chat("1")) + fragments(chat("2"), 10) + frame(1, chat("3")),
         {"message 1", "message 2", "message 3"}},
        {"binary fragments, then text", "5.4", fragments("abcdef", 2, 2) + frame(1, chat("text")),
         {"error bad_request", "message text"}},
        {"fragments of 125, 126 and 127", "5.2",
         frame(1, lengths.first(125), false) + frame(0, lengths.mid(125, 126), false) + frame(0, lengths.mid(251)),
         {"message lengths"}},
    };
    for (const qsizetype size : {64, 256, 1024, 4096}) // a long message, cut small and less small
        cases.append({"8192 in fragments of " + QByteArray::number(size), "5.4", fragments(chat("long", 8192), size),
                      {"message long"}});
    return cases;
}

QList<WsCase> bad()
{
    const QByteArray start = frame(1, "a", false);
    return {
        {"continuation of nothing", "5.4", frame(0, "a"), {"close 1002"}},
        {"unfinished continuation of nothing", "5.4", frame(0, "a", false), {"close 1002"}},
        {"empty continuation of nothing", "5.4", frame(0, ""), {"close 1002"}},
        {"continuation of nothing, then text", "5.4", frame(0, "a") + frame(1, chat("x")), {"close 1002"}},
        {"text inside a text", "5.4", start + frame(1, "b"), {"close 1002"}},
        {"unfinished text inside a text", "5.4", start + frame(1, "b", false), {"close 1002"}},
        {"binary inside a text", "5.4", start + frame(2, "b"), {"close 1002"}},
        {"text inside a binary", "5.4", frame(2, "a", false) + frame(1, "b"), {"close 1002"}},
        {"text inside a text behind a ping", "5.4", start + frame(10, "p") + frame(1, "b"), {"close 1002"}},
        {"text inside a text after a continuation", "5.4", start + frame(0, "b", false) + frame(1, "c"), {"close 1002"}},
        {"empty text inside an empty text", "5.4", frame(1, "", false) + frame(1, ""), {"close 1002"}},
    };
}

} // namespace

/// RFC 6455 section 5.4: fragmentation.
class TestWsFragments : public QObject
{
    Q_OBJECT

private slots:
    void good_data() { Conformance::addRows(::good()); }
    void good() { m_fragments.playRow(); }
    void bad_data() { Conformance::addRows(::bad()); }
    void bad() { m_fragments.playRow(); }
    void continuationOfTheFinished();
    void unfinishedIsNoMessage();

private:
    Conformance m_fragments {"fragmentation"};
};

/// A message that has ended cannot be continued, however it ended (section 5.4).
void TestWsFragments::continuationOfTheFinished()
{
    for (const QByteArray &message : {frame(1, chat("whole")), fragments(chat("whole"), 9)}) {
        const std::unique_ptr<RawClient> client = m_fragments.join();
        QVERIFY(client);
        client->send(message);
        QTRY_COMPARE(Conformance::heard(*client), Answers {"message whole"});
        client->send(frame(0, "more"));
        QTRY_VERIFY(client->isEnded());
        QCOMPARE(Conformance::heard(*client), Answers({"message whole", "close 1002"}));
    }
}

/// Half a message is none when the connection ends (sections 5.4 and 7.1.1).
void TestWsFragments::unfinishedIsNoMessage()
{
    const std::unique_ptr<RawClient> client = m_fragments.join();
    QVERIFY(client);
    const quint64 commands = m_fragments.server().metrics().count(Metrics::CommandsReceived);
    client->send(frame(1, chat("half"), false) + closeWith(1000));
    QTRY_VERIFY(client->isEnded());
    QCOMPARE(Conformance::heard(*client), Answers {"close 1000"});
    client->close();
    QTRY_COMPARE(m_fragments.server().chat().sessionCount(), 0);
    QCOMPARE(m_fragments.server().metrics().count(Metrics::CommandsReceived), commands);
}

QTEST_GUILESS_MAIN(TestWsFragments)
#include "tst_wsfragments.moc"

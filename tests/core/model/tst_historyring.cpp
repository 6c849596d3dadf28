// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/historyring.h"

#include <QTest>

#include <limits>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestHistoryRing : public QObject
{
    Q_OBJECT

private slots:
    void empty();
    void keepsTheNewest();
    void startsAnywhere();
    void capacityOne();
    void newest_data();
    void newest();
    void after_data();
    void after();
    void longRun();
    void bytes();
};

namespace {

Message numbered(quint64 seq)
{
    Message message;
    message.seq = seq;
    message.content = QString::number(seq);
    return message;
}

/// "5 6 7"
QString seqs(const MessageList &messages)
{
    QStringList list;
    for (const Message &message : messages)
        list.append(QString::number(message.seq));
    return list.join(u' ');
}

HistoryRing filled(int capacity, quint64 from, quint64 to)
{
    HistoryRing ring(capacity);
    for (quint64 seq = from; seq <= to; ++seq)
        ring.append(numbered(seq));
    return ring;
}

} // namespace

void TestHistoryRing::empty()
{
    const HistoryRing ring(5);
    QVERIFY(ring.isEmpty());
    QCOMPARE(ring.size(), 0);
    QCOMPARE(ring.first(), 0u);
    QVERIFY(ring.newest(10).isEmpty());
    QVERIFY(ring.after(0).isEmpty());
    QVERIFY(ring.after(std::numeric_limits<quint64>::max()).isEmpty());
}

void TestHistoryRing::keepsTheNewest()
{
    QCOMPARE(seqs(filled(3, 1, 3).newest(9)), u"1 2 3"_s);
    const HistoryRing ring = filled(3, 1, 4);
    QCOMPARE(seqs(ring.newest(9)), u"2 3 4"_s);
    QCOMPARE(ring.size(), 3);
    QCOMPARE(ring.first(), 2u);
}

void TestHistoryRing::startsAnywhere()
{
    const HistoryRing ring = filled(10, 4711, 4713);
    QCOMPARE(ring.first(), 4711u);
    QCOMPARE(seqs(ring.after(4711)), u"4712 4713"_s);
}

void TestHistoryRing::capacityOne()
{
    const HistoryRing ring = filled(1, 1, 9);
    QCOMPARE(seqs(ring.newest(5)), u"9"_s);
    QCOMPARE(seqs(ring.after(8)), u"9"_s);
    QCOMPARE(seqs(ring.after(9)), u""_s);
}

void TestHistoryRing::newest_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("expected");
    QTest::newRow("none") << 0 << u""_s;
    QTest::newRow("negative") << -1 << u""_s;
    QTest::newRow("one") << 1 << u"7"_s;
    QTest::newRow("some") << 3 << u"5 6 7"_s;
    QTest::newRow("all") << 5 << u"3 4 5 6 7"_s;
    QTest::newRow("more than there are") << 1000 << u"3 4 5 6 7"_s;
}

void TestHistoryRing::newest()
{
    QFETCH(int, count);
    QTEST(seqs(filled(5, 1, 7).newest(count)), "expected");
}

void TestHistoryRing::after_data()
{
    QTest::addColumn<quint64>("seq");
    QTest::addColumn<QString>("expected");
    QTest::newRow("long gone") << quint64(0) << u"3 4 5 6 7"_s;
    QTest::newRow("one is missing") << quint64(1) << u"3 4 5 6 7"_s;
    QTest::newRow("just complete") << quint64(2) << u"3 4 5 6 7"_s;
    QTest::newRow("the first") << quint64(3) << u"4 5 6 7"_s;
    QTest::newRow("the last but one") << quint64(6) << u"7"_s;
    QTest::newRow("the last") << quint64(7) << u""_s;
    QTest::newRow("ahead") << quint64(8) << u""_s;
    QTest::newRow("far ahead") << std::numeric_limits<quint64>::max() << u""_s;
}

void TestHistoryRing::after()
{
    QFETCH(quint64, seq);
    QTEST(seqs(filled(5, 1, 7).after(seq)), "expected");
}

void TestHistoryRing::longRun()
{
    HistoryRing ring(1000);
    for (quint64 seq = 1; seq <= 100'000; ++seq) {
        ring.append(numbered(seq));
        QCOMPARE(ring.first(), seq <= 1000 ? 1 : seq - 999);
    }
    QCOMPARE(ring.size(), 1000);
    const MessageList all = ring.newest(1000);
    for (qsizetype i = 0; i < all.size(); ++i)
        QCOMPARE(all.at(i).content, QString::number(99'001 + i));
}

void TestHistoryRing::bytes()
{
    HistoryRing ring(3);
    QCOMPARE(ring.bytes(), 0);
    for (quint64 seq = 1; seq <= 3; ++seq)
        ring.append(numbered(seq));
    const qint64 three = ring.bytes();
    QVERIFY(three > 0);
    ring.append(numbered(4)); // and 1 goes
    QCOMPARE(ring.bytes(), three);
    ring.dropOldest();
    ring.dropOldest();
    QCOMPARE(ring.bytes(), three / 3);
    ring.dropOldest(); // never the newest
    QCOMPARE(ring.size(), 1);
    QCOMPARE(ring.newest(1).constFirst().seq, 4u);
}

QTEST_GUILESS_MAIN(TestHistoryRing)
#include "tst_historyring.moc"

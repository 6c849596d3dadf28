// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/accept.h"
#include "common/frame.h"
#include "loadgen/histogram.h"
#include "loadgen/marker.h"
#include "loadgen/ordercheck.h"
#include "loadgen/sender.h"

#include <QTest>

#include <string>

using namespace Parlance::Bench;

class TestLoadgen : public QObject
{
    Q_OBJECT

private slots:
    void order_data();
    void order();
    void orderSumTellsOrdersApart();
    void histogramQuantiles();
    void markerSurvivesItsWay();
    void framesOfEveryLength_data();
    void framesOfEveryLength();
    void acceptValueOfTheRfc();
};

void TestLoadgen::order_data()
{
    QTest::addColumn<QList<int>>("arrivals");
    QTest::addColumn<int>("sent");
    QTest::addColumn<int>("lost");
    QTest::addColumn<int>("repeated");
    QTest::addColumn<int>("outOfOrder");
    QTest::newRow("all well") << QList<int> {1, 2, 3} << 3 << 0 << 0 << 0;
    QTest::newRow("nothing came") << QList<int> {} << 2 << 2 << 0 << 0;
    QTest::newRow("first is missing") << QList<int> {2, 3} << 3 << 1 << 0 << 0;
    QTest::newRow("one between is missing") << QList<int> {1, 3} << 3 << 1 << 0 << 0;
    QTest::newRow("last is missing") << QList<int> {1, 2} << 3 << 1 << 0 << 0;
    QTest::newRow("twice") << QList<int> {1, 2, 2, 3} << 3 << 0 << 1 << 0;
    QTest::newRow("an old one again") << QList<int> {1, 2, 3, 1} << 3 << 0 << 1 << 0;
    QTest::newRow("swapped") << QList<int> {1, 3, 2} << 3 << 0 << 0 << 1;
    QTest::newRow("swapped, and again") << QList<int> {1, 3, 2, 2} << 3 << 0 << 1 << 1;
    QTest::newRow("a wide gap") << QList<int> {1, 200} << 200 << 198 << 0 << 0;
}

void TestLoadgen::order()
{
    QFETCH(QList<int>, arrivals);
    QFETCH(int, sent);
    OrderCheck check(1);
    for (const int number : arrivals)
        check.arrived(0, uint32_t(number));
    check.finish(0, uint32_t(sent));
    QTEST(int(check.faults().lost), "lost");
    QTEST(int(check.faults().repeated), "repeated");
    QTEST(int(check.faults().outOfOrder), "outOfOrder");
}

void TestLoadgen::orderSumTellsOrdersApart()
{
    OrderCheck first(2), same(2), other(2);
    for (OrderCheck *check : {&first, &same}) {
        check->arrived(0, 1);
        check->arrived(1, 1);
    }
    other.arrived(1, 1);
    other.arrived(0, 1);
    QCOMPARE(first.orderSum(), same.orderSum());
    QVERIFY(first.orderSum() != other.orderSum());
    QCOMPARE(other.faults().sum(), 0U); // of each sender alone there is nothing wrong
}

void TestLoadgen::histogramQuantiles()
{
    Histogram histogram;
    QCOMPARE(histogram.quantileMs(0.99), 0.0);
    for (int i = 1; i <= 1000; ++i)
        histogram.add(i * 1'000'000LL);
    QCOMPARE(histogram.count(), 1000U);
    const auto near = [&](double quantile, double expected) {
        const double value = histogram.quantileMs(quantile);
        return value >= expected && value <= expected * 1.01;
    };
    QVERIFY(near(0.5, 501));
    QVERIFY(near(0.99, 991));
    QCOMPARE(histogram.maxMs(), 1000.0);
    QCOMPARE(histogram.quantileMs(1), 1000.0);
}

void TestLoadgen::markerSurvivesItsWay()
{
    std::string frame;
    Sender sender(42, 64);
    sender.append(frame, 1);
    frame.clear();
    sender.append(frame, 123456789012345);
    FrameHead head;
    QVERIFY(parseFrameHead(frame.data(), frame.size(), head));
    QVERIFY(head.masked);
    QCOMPARE(head.total(), uint64_t(frame.size()));
    char *payload = frame.data() + head.headBytes;
    applyMask(payload, head.payloadBytes, payload - 4);
    const std::string_view text(payload, head.payloadBytes);

    uint32_t hint = 0;
    const char *at = Marker::find(text, hint);
    QVERIFY(at != nullptr);
    const Marker marker = Marker::read(at);
    QCOMPARE(marker.sender, 42U);
    QCOMPARE(marker.number, 2U);
    QCOMPARE(marker.timeNs, 123456789012345);
    QCOMPARE(hint, uint32_t(at - text.data()));
    QCOMPARE(Marker::find(text, hint), at);
    QVERIFY(Marker::find(text.substr(0, text.size() - 40), hint) == nullptr);
    QVERIFY(Marker::find("#no marker# at all", hint) == nullptr);
}

void TestLoadgen::framesOfEveryLength_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 125, 126, 127, 65535, 65536, 100000})
        QTest::addRow("%d", size) << size;
}

void TestLoadgen::framesOfEveryLength()
{
    QFETCH(int, size);
    const std::string payload(size_t(size), 'p');
    std::string frame;
    appendServerFrame(frame, TextFrame, payload);
    FrameHead head;
    QVERIFY(parseFrameHead(frame.data(), frame.size(), head));
    QCOMPARE(head.total(), uint64_t(frame.size()));
    QCOMPARE(head.payloadBytes, uint64_t(size));
    QVERIFY(head.final && !head.masked && head.opcode == TextFrame);
    for (size_t shorter = 0; shorter < head.headBytes; ++shorter)
        QVERIFY(!parseFrameHead(frame.data(), shorter, head));
}

void TestLoadgen::acceptValueOfTheRfc()
{
    QCOMPARE(acceptValue("dGhlIHNhbXBsZSBub25jZQ=="), std::string("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    // A key whose hash input fills the last block beyond the place of its length
    QCOMPARE(acceptValue(std::string(30, 'k')).size(), size_t(28));
}

QTEST_APPLESS_MAIN(TestLoadgen)
#include "tst_loadgen.moc"

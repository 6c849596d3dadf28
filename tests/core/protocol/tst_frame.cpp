// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/frame.h"

#include <QTest>
#include <QtEndian>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// The frames of RFC 6455 section 5.2 that a server sends.
class TestFrame : public QObject
{
    Q_OBJECT

private slots:
    void textLengths_data();
    void textLengths();
    void framesFollowEachOther();
    void everyLengthUpTo300();
    void closeCodes();
    void closeReasons_data();
    void closeReasons();
    void pings();
};

void TestFrame::textLengths_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("0") << 0 << QByteArray::fromHex("8100");
    QTest::newRow("1") << 1 << QByteArray::fromHex("8101");
    QTest::newRow("125") << 125 << QByteArray::fromHex("817d");
    QTest::newRow("126") << 126 << QByteArray::fromHex("817e007e");
    QTest::newRow("127") << 127 << QByteArray::fromHex("817e007f");
    QTest::newRow("255") << 255 << QByteArray::fromHex("817e00ff");
    QTest::newRow("256") << 256 << QByteArray::fromHex("817e0100");
    QTest::newRow("65535") << 65535 << QByteArray::fromHex("817effff");
    QTest::newRow("65536") << 65536 << QByteArray::fromHex("817f0000000000010000");
    QTest::newRow("16 MiB") << 16 * 1024 * 1024 << QByteArray::fromHex("817f0000000001000000");
}

void TestFrame::textLengths()
{
    QFETCH(int, size);
    QFETCH(QByteArray, head);
    const QByteArray payload(size, 'x');
    QCOMPARE(textFrame(payload), head + payload);

    QByteArray inPieces("before");
    const qsizetype start = openTextFrame(inPieces);
    inPieces += payload;
    finishTextFrame(inPieces, start);
    QCOMPARE(inPieces, "before" + head + payload);
}

void TestFrame::framesFollowEachOther()
{
    QByteArray out("before");
    appendTextFrame(out, "a");
    appendTextFrame(out, {});
    appendTextFrame(out, QByteArrayView("\0b", 2));
    QCOMPARE(out, QByteArray("before\x81\x01" "a\x81\x00\x81\x02\x00" "b", 15));
}

/// A reader that follows the RFC finds the payload again.
void TestFrame::everyLengthUpTo300()
{
    for (int size = 0; size <= 300; ++size) {
        const QByteArray frame = textFrame(QByteArray(size, 'y'));
        QCOMPARE(uchar(frame.at(0)), uchar(0x81)); // final, text
        const int shortLength = uchar(frame.at(1)); // the mask bit is part of it and must be clear
        const int length = shortLength < 126 ? shortLength : qFromBigEndian<quint16>(frame.constData() + 2);
        QCOMPARE(length, size);
        QCOMPARE(frame.size(), size + (size < 126 ? 2 : 4));
        QVERIFY(shortLength <= 126);
    }
}

void TestFrame::closeCodes()
{
    QCOMPARE(closeFrame(CloseCode::ShuttingDown, u"bye"_s), QByteArray::fromHex("88051197") + "bye"); // 4503
    QCOMPARE(closeFrame(CloseCode::Kicked, {}), QByteArray::fromHex("8802114e")); // 4430
}

void TestFrame::closeReasons_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("expected");
    QTest::newRow("123 bytes") << QString(123, u'x') << QString(123, u'x');
    QTest::newRow("124 bytes") << QString(124, u'x') << QString(123, u'x');
    QTest::newRow("huge") << QString(100000, u'x') << QString(123, u'x');
    QTest::newRow("two bytes fit") << QString(121, u'x') + u"é"_s << QString(121, u'x') + u"é"_s;
    QTest::newRow("two bytes over the edge") << QString(122, u'x') + u"é"_s << QString(122, u'x');
    QTest::newRow("three bytes over the edge") << QString(121, u'x') + u"€"_s << QString(121, u'x');
    QTest::newRow("four bytes over by one") << QString(120, u'x') + u"😀"_s << QString(120, u'x');
    QTest::newRow("four bytes over by two") << QString(121, u'x') + u"😀"_s << QString(121, u'x');
    QTest::newRow("four bytes over by three") << QString(122, u'x') + u"😀"_s << QString(122, u'x');
    QTest::newRow("four bytes fit") << QString(119, u'x') + u"😀"_s << QString(119, u'x') + u"😀"_s;
    QTest::newRow("emoji only") << u"😀"_s.repeated(40) << u"😀"_s.repeated(30);
}

void TestFrame::closeReasons()
{
    QFETCH(QString, reason);
    QFETCH(QString, expected);
    const QByteArray frame = closeFrame(CloseCode::BadRequest, reason);
    const QByteArray text = expected.toUtf8();
    QCOMPARE(uchar(frame.at(0)), uchar(0x88));
    QCOMPARE(int(frame.at(1)), int(text.size()) + 2);
    QVERIFY(frame.at(1) <= 125); // RFC 6455 section 5.5
    QCOMPARE(frame.mid(4), text);
    QCOMPARE(frame.size(), text.size() + 4);
}

void TestFrame::pings()
{
    QCOMPARE(pingFrame(), QByteArray::fromHex("8900"));
    QCOMPARE(pingFrame("hello"), QByteArray::fromHex("8905") + "hello");
    QCOMPARE(pingFrame(QByteArray(126, 'x')), QByteArray::fromHex("897d") + QByteArray(125, 'x'));
}

QTEST_GUILESS_MAIN(TestFrame)
#include "tst_frame.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/framereader.h"
#include "support/wsframes.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

using Fault = FrameReader::Fault;

constexpr qsizetype kMax = 1000;

struct Outcome
{
    QByteArray out; ///< what Qt sees
    Fault fault = Fault::None;
    quint64 binaries = 0; ///< what it does not see
};

Outcome readInPieces(const QByteArray &bytes, const std::function<qsizetype()> &size)
{
    FrameReader reader(kMax);
    Outcome outcome;
    for (qsizetype at = 0; at < bytes.size() && outcome.fault == Fault::None;) {
        const QByteArray piece = bytes.mid(at, size());
        outcome.fault = reader.read(piece, outcome.out);
        at += piece.size();
        outcome.binaries += reader.takeBinaries();
    }
    return outcome;
}

Outcome readWhole(const QByteArray &bytes)
{
    return readInPieces(bytes, [&bytes] { return bytes.size(); });
}

/// The frames in \a bytes as "opcode payload", one in a line: canonical ones, as a client sends them.
QByteArray canonical(QByteArray bytes)
{
    QByteArray text;
    while (bytes.size() >= 6) {
        qsizetype size = bytes.at(1) & 0x7F;
        qsizetype head = 6;
        if (size == 126) {
            size = qsizetype(quint8(bytes.at(2)) << 8 | quint8(bytes.at(3)));
            head = 8;
        }
        if (!(bytes.at(0) & 0x80) || (bytes.at(0) & 0x70) || !(bytes.at(1) & 0x80) || bytes.mid(head - 4, 4) != QByteArray(4, '\0'))
            return text + "not canonical";
        text += QByteArray::number(bytes.at(0) & 0x0F) + ' ' + bytes.mid(head, size) + '\n';
        bytes.remove(0, head + size);
    }
    return bytes.isEmpty() ? text : text + "rest";
}

QByteArray shown(const Outcome &outcome)
{
    return canonical(outcome.out) + QByteArray("2 binary\n").repeated(qsizetype(outcome.binaries));
}

/// The frames without their order, in which a ping may differ, and the fault.
QByteArrayList sorted(const Outcome &outcome)
{
    QByteArrayList lines = shown(outcome).split('\n');
    std::sort(lines.begin(), lines.end());
    return lines << QByteArray::number(int(outcome.fault));
}

} // namespace

/// What may pass from a client to Qt's own reader: whole messages in canonical frames (RFC 6455 section 5).
class TestFrameReader : public QObject
{
    Q_OBJECT

private slots:
    void outcome_data();
    void outcome();
    void sameInPieces_data() { outcome_data(); }
    void sameInPieces();
    void oneOfManyPings();
    void nothingAfterAFault();
    void claimedLength();
};

void TestFrameReader::outcome_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("passed"); // what Qt sees
    QTest::addColumn<Fault>("fault");
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &passed, Fault fault = Fault::None) {
        QTest::newRow(name) << bytes << passed << fault;
    };
    const auto frame = [](int opcode, const QByteArray &payload, bool final = true) {
        return toBytes({opcode, payload, final});
    };
    row("nothing", "", "");
    row("text", frame(1, "hello"), "1 hello\n");
    row("empty text", frame(1, ""), "1 \n");
    row("binary", frame(2, "hello") + frame(2, "you", false) + frame(0, "!") + frame(1, "a"), "1 a\n2 binary\n2 binary\n");
    row("two", frame(1, "a") + frame(1, "b"), "1 a\n1 b\n");
    row("half", frame(1, "hello").chopped(1), "");
    row("length of 125", frame(1, QByteArray(125, 'x')), "1 " + QByteArray(125, 'x') + "\n");
    row("length of 126", frame(1, QByteArray(126, 'x')), "1 " + QByteArray(126, 'x') + "\n");
    row("largest", frame(1, QByteArray(kMax, 'x')), "1 " + QByteArray(kMax, 'x') + "\n");
    row("ping", frame(9, "p"), "9 p\n");
    row("pong", frame(10, "answer") + frame(1, "a"), "1 a\n"); // nobody waits for it
    row("close", frame(8, QByteArray("\x03\xE8", 2)), QByteArray("8 \x03\xE8\n"));
    row("close of 1", frame(8, "x"), "8 x\n"); // Qt's to refuse
    for (const char *code : {"\x03\xF4", "\x03\xF5", "\x03\xF6"}) // 1012 to 1014
        QTest::addRow("close %02x", uchar(code[1])) << frame(8, QByteArray(code) + "why") << QByteArray("8 \x03\xE8why\n") << Fault::None;
    row("close 1011", frame(8, "\x03\xF3"), "8 \x03\xF3\n");
    row("close 1015", frame(8, "\x03\xF7"), "8 \x03\xF7\n");

    // Fragments come out as one, so that a character may be cut anywhere.
    row("fragments", frame(1, "he", false) + frame(0, "ll", false) + frame(0, "o"), "1 hello\n");
    row("cut character", frame(1, "\xC3", false) + frame(0, "\xA4"), "1 \xC3\xA4\n");
    row("byte order mark in a fragment", frame(1, "a", false) + frame(0, "\xEF\xBB\xBF"), "1 a\xEF\xBB\xBF\n");
    row("empty fragments", frame(1, "", false) + frame(0, "", false).repeated(50) + frame(0, "x"), "1 x\n");
    row("ping between fragments", frame(1, "a", false) + frame(9, "p") + frame(0, "b"), "1 ab\n9 p\n");
    row("largest in fragments", frame(1, QByteArray(600, 'x'), false) + frame(0, QByteArray(400, 'x')),
        "1 " + QByteArray(1000, 'x') + "\n");

    row("too large", frame(1, QByteArray(kMax + 1, 'x')), "", Fault::TooLarge);
    row("too large in fragments", frame(1, QByteArray(600, 'x'), false) + frame(0, QByteArray(401, 'x')), "",
        Fault::TooLarge);
    row("too large behind a good one", frame(1, "a") + frame(1, QByteArray(2000, 'x')), "1 a\n", Fault::TooLarge);

    row("unmasked", toBytes({1, "hello", true, false}), "", Fault::Protocol);
    row("unmasked ping", toBytes({9, "", true, false}), "", Fault::Protocol);
    for (const int bits : {1, 2, 4, 7})
        QTest::addRow("reserved bits %d", bits) << toBytes({1, "a", true, true, bits}) << QByteArray() << Fault::Protocol;
    for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
        QTest::addRow("opcode %d", opcode) << frame(opcode, "a") << QByteArray() << Fault::Protocol;
    row("fragmented ping", frame(9, "a", false), "", Fault::Protocol);
    row("fragmented close", frame(8, "", false), "", Fault::Protocol);
    row("ping of 126", frame(9, QByteArray(126, 'x')), "", Fault::Protocol);
    row("ping of 125", frame(9, QByteArray(125, 'x')), "9 " + QByteArray(125, 'x') + "\n");
    row("continuation of nothing", frame(0, "a"), "", Fault::Protocol);
    row("continuation of what has ended", frame(1, "a") + frame(0, "b"), "1 a\n", Fault::Protocol);
    row("text between fragments", frame(1, "a", false) + frame(1, "b"), "", Fault::Protocol);
    row("binary between fragments", frame(1, "a", false) + frame(2, "b"), "", Fault::Protocol);
    row("length of 5 in two bytes", QByteArray("\x81\xFE\x00\x05\x00\x00\x00\x00hello", 13), "", Fault::Protocol);
    row("length of 5 in eight bytes", QByteArray("\x81\xFF\0\0\0\0\0\0\0\x05\0\0\0\0hello", 19), "", Fault::Protocol);
    row("negative length", QByteArray("\x81\xFF\x80\0\0\0\0\0\0\x05\0\0\0\0", 14), "", Fault::Protocol);
    row("length of 2^62", QByteArray("\x81\xFF\x40\0\0\0\0\0\0\0\0\0\0\0", 14), "", Fault::TooLarge);
}

void TestFrameReader::outcome()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, passed);
    QFETCH(Fault, fault);
    const Outcome outcome = readWhole(bytes);
    QCOMPARE(shown(outcome), passed);
    QCOMPARE(outcome.fault, fault);
}

void TestFrameReader::sameInPieces()
{
    QFETCH(QByteArray, bytes);
    const Outcome whole = readWhole(bytes);
    QCOMPARE(sorted(readInPieces(bytes, [] { return 1; })), sorted(whole));
    QRandomGenerator random(99);
    for (int round = 0; round < 20; ++round)
        QCOMPARE(sorted(readInPieces(bytes, [&random] { return random.bounded(1, 40); })), sorted(whole));
}

/// RFC 6455 section 5.5.3: the newest of several pings is enough to answer. One read, one pong.
void TestFrameReader::oneOfManyPings()
{
    FrameReader reader(kMax);
    QByteArray out;
    QByteArray pings;
    for (int i = 0; i < 1000; ++i)
        pings += toBytes({9, QByteArray::number(i)});
    QCOMPARE(reader.read(pings, out), Fault::None);
    QCOMPARE(canonical(out), QByteArray("9 999\n"));
    out.clear();
    QCOMPARE(reader.read(wsText("a"), out), Fault::None);
    QCOMPARE(canonical(out), QByteArray("1 a\n"));
}

void TestFrameReader::nothingAfterAFault()
{
    FrameReader reader(kMax);
    QByteArray out;
    QCOMPARE(reader.read(toBytes({3, "a"}), out), Fault::Protocol);
    QCOMPARE(reader.read(wsText("hello"), out), Fault::Protocol);
    QVERIFY(out.isEmpty());
}

/// A length is refused when it is claimed, not when all of it has come.
void TestFrameReader::claimedLength()
{
    FrameReader reader(kMax);
    QByteArray out;
    QCOMPARE(reader.read(toBytes({1, QByteArray(100'000, 'x')}).first(14), out), Fault::TooLarge);
}

QTEST_GUILESS_MAIN(TestFrameReader)
#include "tst_framereader.moc"

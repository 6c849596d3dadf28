// SPDX-License-Identifier: GPL-3.0-or-later
#include "conformance.h"

#include <QTest>

using namespace Parlance;

namespace {

using Length = RawFrame::Length;

constexpr qsizetype kLimit = 64 * 1024; ///< limits.message_bytes

QByteArray masked(const QByteArray &mask)
{
    return toBytes(RawFrame {1, chat("masked"), true, 0, mask});
}

QByteArray claiming(Length form, quint64 length)
{
    return toBytes(RawFrame {1, {}, true, 0, QByteArray(4, '\0'), form, length});
}

/// Each length in its shortest form, as a message that comes back where it is long enough to be one.
QList<WsCase> lengths()
{
    QList<WsCase> cases {
        {"text of 0", "5.2", frame(1, ""), {"error bad_request"}},
        {"text of 1", "5.2", frame(1, "?"), {"error bad_request"}},
        {"binary of 0", "5.2", frame(2, ""), {"error bad_request"}},
    };
    for (const qsizetype size : {qsizetype(125), qsizetype(126), qsizetype(127), qsizetype(128), qsizetype(65535), kLimit}) {
        const QByteArray text = QByteArray::number(size);
        cases.append({"text of " + text, "5.2", frame(1, chat(text, size)), {"message " + text}});
        cases.append({"binary of " + text, "5.2", frame(2, QByteArray(size, '\xFE')), {"error bad_request"}});
    }
    return cases;
}

QList<WsCase> lengthForms()
{
    const QByteArray small = chat("small", 100);
    const auto in = [](Length form, const QByteArray &payload) {
        return toBytes(RawFrame {1, payload, true, 0, QByteArray(4, '\0'), form});
    };
    return {
        {"0 in 16 bits", "5.2", in(Length::In16Bits, ""), {"close 1002"}},
        {"0 in 64 bits", "5.2", in(Length::In64Bits, ""), {"close 1002"}},
        {"100 in 16 bits", "5.2", in(Length::In16Bits, small), {"close 1002"}},
        {"100 in 64 bits", "5.2", in(Length::In64Bits, small), {"close 1002"}},
        {"125 in 16 bits", "5.2", in(Length::In16Bits, chat("x", 125)), {"close 1002"}},
        {"126 in 64 bits", "5.2", in(Length::In64Bits, chat("x", 126)), {"close 1002"}},
        {"65535 in 64 bits", "5.2", in(Length::In64Bits, chat("x", 65535)), {"close 1002"}},
        {"highest bit of the length", "5.2", claiming(Length::In64Bits, quint64(1) << 63), {"close 1002"}},
        {"length of 2^64 - 2", "5.2", claiming(Length::In64Bits, ~quint64(1)), {"close 1002"}},
        {"ping of 5 in 16 bits", "5.2", toBytes(RawFrame {9, "hello", true, 0, "abcd", Length::In16Bits}), {"close 1002"}},
        {"binary of 5 in 16 bits", "5.2", toBytes(RawFrame {2, "hello", true, 0, "abcd", Length::In16Bits}), {"close 1002"}},
    };
}

QList<WsCase> masks()
{
    const auto unmasked = [](int opcode, const QByteArray &payload, bool final = true) {
        return toBytes(RawFrame {opcode, payload, final, 0, {}});
    };
    QList<WsCase> cases {
        {"mask of zeros", "5.3", masked(QByteArray(4, '\0')), {"message masked"}},
        {"mask of ones", "5.3", masked("\xFF\xFF\xFF\xFF"), {"message masked"}},
        {"mask of four values", "5.3", masked("\x01\x80\x7F\xAA"), {"message masked"}},
        {"another mask each time", "5.3", masked("abcd") + masked("\xF0\xF1\xF2\xF3"), {"message masked", "message masked"}},
        {"unmasked text", "5.1", unmasked(1, chat("x")), {"close 1002"}},
        {"unmasked empty text", "5.1", unmasked(1, ""), {"close 1002"}},
        {"unmasked binary", "5.1", unmasked(2, "x"), {"close 1002"}},
        {"unmasked long text", "5.1", unmasked(1, chat("x", 1000)), {"close 1002"}},
        {"unmasked ping", "5.1", unmasked(9, "x"), {"close 1002"}},
        {"unmasked pong", "5.1", unmasked(10, ""), {"close 1002"}},
        {"unmasked close", "5.1", unmasked(8, "\x03\xE8"), {"close 1002"}},
        {"unmasked continuation", "5.1", frame(1, "a", false) + unmasked(0, "b"), {"close 1002"}},
    };
    for (int length = 1; length <= 9; ++length) { // wherever a frame ends in its mask, the next begins anew
        const QByteArray text(length, 'x');
        cases.append({"content of " + QByteArray::number(length) + ", twice", "5.3", frame(1, chat(text)).repeated(2),
                      {"message " + text, "message " + text}});
    }
    return cases;
}

QList<WsCase> reservedBits()
{
    QList<WsCase> cases;
    for (const int opcode : {0, 1, 2, 8, 9, 10}) {
        for (int bits = 1; bits < 8; ++bits) {
            const QByteArray start = opcode == 0 ? frame(1, "a", false) : QByteArray();
            cases.append({"bits " + QByteArray::number(bits) + " of opcode " + QByteArray::number(opcode), "5.2",
                          start + toBytes(RawFrame {opcode, opcode == 8 ? QByteArray() : QByteArray("x"), true, bits}),
                          {"close 1002"}});
        }
    }
    return cases;
}

QList<WsCase> opcodes()
{
    QList<WsCase> cases;
    for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
        const QByteArray name = "opcode " + QByteArray::number(opcode);
        cases.append({name, "5.2", frame(opcode, "x"), {"close 1002"}});
        cases.append({name + ", empty", "5.2", frame(opcode, ""), {"close 1002"}});
        cases.append({name + ", fragment", "5.2", frame(opcode, "x", false), {"close 1002"}});
        cases.append({name + ", between fragments", "5.2", frame(1, "a", false) + frame(opcode, "x"), {"close 1002"}});
    }
    return cases;
}

} // namespace

/// RFC 6455 sections 5.1 to 5.3: lengths, masks, reserved bits, opcodes.
class TestWsFraming : public QObject
{
    Q_OBJECT

private slots:
    void lengths_data() { Conformance::addRows(::lengths()); }
    void lengths() { m_framing.playRow(); }
    void lengthForms_data() { Conformance::addRows(::lengthForms()); }
    void lengthForms() { m_framing.playRow(); }
    void masks_data() { Conformance::addRows(::masks()); }
    void masks() { m_framing.playRow(); }
    void reservedBits_data() { Conformance::addRows(::reservedBits()); }
    void reservedBits() { m_reserved.playRow(); }
    void opcodes_data() { Conformance::addRows(::opcodes()); }
    void opcodes() { m_opcodes.playRow(); }

private:
    Conformance m_framing {"framing"};
    Conformance m_reserved {"reserved bits"};
    Conformance m_opcodes {"opcodes"};
};

QTEST_GUILESS_MAIN(TestWsFraming)
#include "tst_wsframing.moc"

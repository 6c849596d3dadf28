// SPDX-License-Identifier: GPL-3.0-or-later
#include "conformance.h"

#include <QTest>

using namespace Parlance;

namespace {

constexpr qsizetype kLimit = 64 * 1024; ///< limits.message_bytes
constexpr qsizetype kContent = 4000; ///< characters of limits.content_chars

/// \a text in \a count fragments.
QByteArray inFragments(const QByteArray &text, qsizetype count, int opcode = 1)
{
    const qsizetype size = (text.size() + count - 1) / count;
    QByteArray bytes;
    for (qsizetype i = 0; i < count; ++i)
        bytes += frame(i == 0 ? opcode : 0, text.mid(i * size, size), i == count - 1);
    return bytes;
}

QByteArray claiming(int opcode, quint64 length, RawFrame::Length form = RawFrame::Length::In64Bits)
{
    return toBytes(RawFrame {opcode, {}, true, 0, "mask", form, length});
}

QList<WsCase> frames()
{
    return {
        {"largest text", "10.4", frame(1, chat("largest", kLimit)), {"message largest"}},
        {"one octet more", "10.4", frame(1, chat("larger", kLimit + 1)), {"close 1009"}},
        {"one octet more, binary", "10.4", frame(2, QByteArray(kLimit + 1, 'x')), {"close 1009"}},
        {"a megabyte", "10.4", frame(1, QByteArray(1024 * 1024, 'x')), {"close 1009"}},
        {"claims one octet more", "10.4", claiming(1, kLimit + 1), {"close 1009"}},
        {"claims 4 GiB", "10.4", claiming(1, quint64(1) << 32), {"close 1009"}},
        {"claims 2^63 - 1", "10.4", claiming(2, (quint64(1) << 63) - 1), {"close 1009"}},
        {"claims 2^32 + 5 and sends 5", "10.4", claiming(1, (quint64(1) << 32) + 5) + "hello", {"close 1009"}},
        {"too large an unfinished text", "10.4", frame(1, QByteArray(kLimit + 1, 'x'), false), {"close 1009"}},
    };
}

QList<WsCase> messages()
{
    QList<WsCase> cases;
    for (const qsizetype count : {2, 3, 16, 100}) {
        const QByteArray text = QByteArray::number(count) + " fragments";
        cases.append({"largest in " + text, "10.4", inFragments(chat(text, kLimit), count), {"message " + text}});
        cases.append({"one octet more in " + text, "10.4", inFragments(chat(text, kLimit + 1), count), {"close 1009"}});
        cases.append({"one octet more in " + text + ", binary", "10.4",
                      inFragments(QByteArray(kLimit + 1, 'x'), count, 2), {"close 1009"}});
    }
    // A full message and one octet, which is too much as soon as its head is there.
    cases.append({"full and unfinished, then an octet", "10.4", frame(1, QByteArray(kLimit, ' '), false) + frame(0, " "),
                  {"close 1009"}});
    cases.append({"full and unfinished, then nothing", "10.4",
                  frame(1, chat("full", kLimit), false) + frame(0, ""), {"message full"}});
    cases.append({"two of the largest", "10.4", frame(1, chat("1", kLimit)) + frame(1, chat("2", kLimit)),
                  {"message 1", "message 2"}});
    cases.append({"pings do not count", "10.4",
                  frame(1, chat("ping", kLimit).first(kLimit / 2), false) + frame(9, QByteArray(125, 'p'))
                      + frame(0, chat("ping", kLimit).mid(kLimit / 2)),
                  {"pong " + QByteArray(125, 'p'), "message ping"}});
    return cases;
}

/// The contract's own limit is about characters, and ends no connection.
QList<WsCase> contents()
{
    const QByteArray longest = QByteArray("ß").repeated(kContent);
    const QByteArray emoji = QByteArray("😀").repeated(kContent);
    return {
        {"longest content", "10.4", frame(1, chat(longest)), {"message " + longest}},
        {"longest content of emoji", "10.4", frame(1, chat(emoji)), {"message " + emoji}},
        {"one character more", "10.4", frame(1, chat(longest + "x")), {"error too_long"}},
        {"one character more, in fragments", "10.4", inFragments(chat(longest + "x"), 9), {"error too_long"}},
        {"content that fills the message", "10.4", frame(1, chat(QByteArray(kLimit - 40, 'x'))), {"error too_long"}},
    };
}

} // namespace

/// RFC 6455 sections 10.4 and 7.4.1: limits of a frame and of a message, and the code 1009.
class TestWsLimits : public QObject
{
    Q_OBJECT

private slots:
    void frames_data() { Conformance::addRows(::frames()); }
    void frames() { m_limits.playRow(); }
    void messages_data() { Conformance::addRows(::messages()); }
    void messages() { m_limits.playRow(); }
    void contents_data() { Conformance::addRows(::contents()); }
    void contents() { m_limits.playRow(); }

private:
    Conformance m_limits {"size limits"};
};

QTEST_GUILESS_MAIN(TestWsLimits)
#include "tst_wslimits.moc"

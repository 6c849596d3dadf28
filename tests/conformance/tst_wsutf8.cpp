// SPDX-License-Identifier: GPL-3.0-or-later
#include "conformance.h"

#include <QTest>

using namespace Parlance;

namespace {

struct Sequence
{
    const char *name;
    QByteArray bytes;
};

QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

const QList<Sequence> &validSequences()
{
    static const QList<Sequence> list {
        {"Greek", "κόσμε"},
        {"Hello in two scripts", "Hello-µ@ßöäüàá-UTF-8!!"},
        {"first of 1 octet that JSON takes", " "},
        {"first of 2 octets", hex("c280")},
        {"first of 3 octets", hex("e0a080")},
        {"first of 4 octets", hex("f0908080")},
        {"last of 1 octet", hex("7f")},
        {"last of 2 octets", hex("dfbf")},
        {"last of 3 octets", hex("efbfbf")},
        {"last of 4 octets, U+10FFFF", hex("f48fbfbf")},
        {"last before the surrogates, U+D7FF", hex("ed9fbf")},
        {"first behind the surrogates, U+E000", hex("ee8080")},
        {"replacement character", hex("efbfbd")},
        {"byte order mark inside", "a" + hex("efbbbf") + "b"},
        {"several byte order marks", hex("efbbbfefbbbf")},
        {"nonbreaking and ideographic space", "a" + hex("c2a0") + hex("e38080") + "b"},
        {"line separators", "a" + hex("e280a8") + hex("e280a9") + "b"},
        {"combining marks", "a" + hex("cc80") + hex("cc81")},
        {"emoji joined with emoji", "👩‍👩‍👧‍👦"},
        {"Gothic", hex("f0908dae")},
    };
    return list;
}

/// The last two code points of each plane, and U+FDD0 to U+FDEF: no characters, but valid UTF-8.
QList<Sequence> nonCharacters()
{
    static QByteArrayList names;
    names.clear();
    QList<Sequence> list;
    for (int plane = 0; plane <= 16; ++plane) {
        for (const int last : {0xFFFE, 0xFFFF}) {
            const char32_t point = char32_t(plane * 0x10000 + last);
            names.append("U+" + QByteArray::number(uint(point), 16).toUpper());
        }
    }
    for (const QByteArray &name : std::as_const(names)) {
        const char32_t point = char32_t(name.mid(2).toUInt(nullptr, 16));
        list.append({name.constData(), QString::fromUcs4(&point, 1).toUtf8()});
    }
    list.append({"U+FDD0", hex("efb790")});
    list.append({"U+FDEF", hex("efb7af")});
    return list;
}

const QList<Sequence> &invalidSequences()
{
    static const QList<Sequence> list {
        {"continuation 80", hex("80")},
        {"continuation BF", hex("bf")},
        {"seven continuations", hex("80bf80bf80bf80")},
        {"lonely start of 2", hex("c3") + " "},
        {"lonely start of 3", hex("e1") + " "},
        {"lonely start of 4", hex("f1") + " "},
        {"start of 5", hex("f888808080")},
        {"start of 6", hex("fc8480808080")},
        {"FE", hex("fe")},
        {"FF", hex("ff")},
        {"FE FE FF FF", hex("fefeffff")},
        {"cut after 1 of 3", "a" + hex("e2") + "b"},
        {"cut after 2 of 3", "a" + hex("e282") + "b"},
        {"cut after 1 of 4", "a" + hex("f0") + "b"},
        {"cut after 2 of 4", "a" + hex("f09f") + "b"},
        {"cut after 3 of 4", "a" + hex("f09f98") + "b"},
        {"overlong slash in 2", hex("c0af")},
        {"overlong slash in 3", hex("e080af")},
        {"overlong slash in 4", hex("f08080af")},
        {"overlong slash in 5", hex("f8808080af")},
        {"overlong slash in 6", hex("fc80808080af")},
        {"largest overlong in 2", hex("c1bf")},
        {"largest overlong in 3", hex("e09fbf")},
        {"largest overlong in 4", hex("f08fbfbf")},
        {"overlong NUL in 2", hex("c080")},
        {"overlong NUL in 3", hex("e08080")},
        {"overlong NUL in 4", hex("f0808080")},
        {"first high surrogate", hex("eda080")},
        {"last high surrogate", hex("edafbf")},
        {"first low surrogate", hex("edb080")},
        {"last low surrogate", hex("edbfbf")},
        {"pair of surrogates", hex("eda080edb080")},
        {"last pair of surrogates", hex("edafbfedbfbf")},
        {"U+110000", hex("f4908080")},
        {"U+1FFFFF", hex("f7bfbfbf")},
        {"F5", hex("f5808080")},
        {"kosme and a surrogate", "κόσμε" + hex("eda080") + "edited"},
        {"Latin-1", "gr" + hex("fc") + "n"},
    };
    return list;
}

/// The text of a chat in two fragments, cut before octet \a at of \a content.
QByteArray cut(const QByteArray &content, qsizetype at)
{
    const QByteArray text = chat(content);
    const qsizetype place = text.indexOf(content) + at;
    return frame(1, text.first(place), false) + frame(0, text.mid(place));
}

QList<WsCase> valid()
{
    QList<WsCase> cases;
    for (const Sequence &sequence : validSequences() + nonCharacters()) {
        const QByteArray content = '<' + sequence.bytes + '>';
        cases.append({sequence.name, "8.1", frame(1, chat(content)), {"message " + content}});
    }
    return cases;
}

/// A character may be cut anywhere: fragments are no texts (section 5.6).
QList<WsCase> validInFragments()
{
    QList<WsCase> cases;
    for (const Sequence &sequence : validSequences()) {
        const QByteArray content = '<' + sequence.bytes + '>';
        for (qsizetype at = 1; at < qMin(content.size(), qsizetype(14)); ++at)
            cases.append({sequence.name + QByteArray(", cut at ") + QByteArray::number(at), "5.6", cut(content, at),
                          {"message " + content}});
    }
    return cases;
}

QList<WsCase> invalid()
{
    QList<WsCase> cases;
    for (const Sequence &sequence : invalidSequences()) {
        cases.append({sequence.name, "8.1", frame(1, chat('<' + sequence.bytes + '>')), {"close 1007"}});
        cases.append({sequence.name + QByteArray(", alone"), "8.1", frame(1, sequence.bytes), {"close 1007"}});
        if (sequence.bytes.size() > 1)
            cases.append({sequence.name + QByteArray(", in fragments"), "8.1", cut(sequence.bytes, 1), {"close 1007"}});
    }
    for (const char *unfinished : {"c3", "e2", "e282", "f0", "f09f", "f09f98"})
        cases.append({QByteArray("ends in ") + unfinished, "8.1", frame(1, "text" + hex(unfinished)), {"close 1007"}});
    // What is no text may hold anything.
    cases.append({"binary", "5.6", frame(2, hex("fffec0af")), {"error bad_request"}});
    return cases;
}

QList<WsCase> byteOrderMark()
{
    // RFC 8259 section 8.1 lets a parser of JSON take it or leave it.
    return {
        {"byte order mark before JSON", "8.1", frame(1, hex("efbbbf") + chat("marked")), {"message marked"}},
        {"byte order mark in the second fragment", "5.6", cut("x" + hex("efbbbf") + "y", 1), {"message x" + hex("efbbbf") + "y"}},
        {"byte order mark cut in two", "5.6", cut("x" + hex("efbbbf") + "y", 2), {"message x" + hex("efbbbf") + "y"}},
    };
}

} // namespace

/// RFC 6455 sections 5.6 and 8.1: text is UTF-8, all of it and nothing else, however it is cut.
class TestWsUtf8 : public QObject
{
    Q_OBJECT

private slots:
    void valid_data() { Conformance::addRows(::valid()); }
    void valid() { m_utf8.playRow(); }
    void validInFragments_data() { Conformance::addRows(::validInFragments()); }
    void validInFragments() { m_utf8.playRow(); }
    void invalid_data() { Conformance::addRows(::invalid()); }
    void invalid() { m_utf8.playRow(); }
    void byteOrderMark_data() { Conformance::addRows(::byteOrderMark()); }
    void byteOrderMark() { m_utf8.playRow(); }
    void whenItIsFound();

private:
    Conformance m_utf8 {"UTF-8"};
};

/// Invalid UTF-8 is found when the message is whole, not at its first octet.
void TestWsUtf8::whenItIsFound()
{
    const std::unique_ptr<RawClient> client = m_utf8.join();
    QVERIFY(client);
    m_utf8.sendInPieces(*client, frame(1, "a" + hex("ff"), false) + frame(9, "p"), 1);
    QTRY_COMPARE(Conformance::heard(*client), Answers {"pong p"});
    client->send(frame(0, ""));
    QTRY_VERIFY(client->isEnded());
    QCOMPARE(Conformance::heard(*client), Answers({"pong p", "close 1007"}));
    m_utf8.record("invalid octet in an unfinished message", "8.1", "close 1007 at that octet or later",
                  "close 1007 when the message is complete",
                  "The RFC does not say when. A message is at most limits.message_bytes long, and nothing of it is "
                  "looked at before it is whole.");
}

QTEST_GUILESS_MAIN(TestWsUtf8)
#include "tst_wsutf8.moc"

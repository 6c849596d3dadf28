// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/commandcodec.h"
#include "protocol/flatcommand.h"
#include "protocol/limits.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace Parlance {
bool operator==(const PostCommand &a, const PostCommand &b) { return a.content == b.content && a.cid == b.cid; }
bool operator==(const TypingCommand &a, const TypingCommand &b) { return a.on == b.on; }
bool operator==(const EditCommand &a, const EditCommand &b) { return a.id == b.id && a.content == b.content && a.cid == b.cid; }
bool operator==(const DeleteCommand &a, const DeleteCommand &b) { return a.id == b.id && a.cid == b.cid; }
bool operator==(const ReactCommand &a, const ReactCommand &b)
{
    return a.id == b.id && a.emoji == b.emoji && a.on == b.on && a.cid == b.cid;
}
}

/// The short way of reading a command agrees with the long one, and is taken for what clients really send.
class TestFlatCommand : public QObject
{
    Q_OBJECT

private slots:
    void read_data();
    void read();
    void left_data();
    void left();
    void agreesWithTheLongWay();
};

namespace {

/// Whatever the short way reads, the long way reads to the same.
bool agrees(const QString &json)
{
    const std::optional<Command> flat = readFlatCommand(json);
    if (!flat)
        return true;
    const DecodedCommand full = decodeCommand(QByteArrayView(json.toUtf8()));
    const auto *command = std::get_if<Command>(&full);
    return command && *command == *flat;
}

} // namespace

void TestFlatCommand::read_data()
{
    QTest::addColumn<QString>("json");
    QTest::newRow("page") << uR"({"type":"message","content":"Hello","cid":"6f1e0c2a-8a53-4c3c-9d1c-0c9f1f7b3a11"})"_s;
    QTest::newRow("plain") << uR"({"type":"message","content":"Hello"})"_s;
    QTest::newRow("python") << uR"({"type": "message", "content": "Hello"})"_s;
    QTest::newRow("other order, white space") << u" {\n\t\"content\" : \"\" ,\r\"type\":\"message\"} \n"_s;
    QTest::newRow("cyrillic") << uR"({"type":"message","content":"Привет"})"_s;
    QTest::newRow("emoji") << uR"({"type":"message","content":"👍🏽 שלום"})"_s;
    QTest::newRow("typing") << uR"({"type":"typing"})"_s;
    QTest::newRow("typing off") << uR"({"type":"typing","on":false})"_s;
    QTest::newRow("flag of another command") << uR"({"type":"message","content":"x","on":true})"_s;
    QTest::newRow("content of another command") << uR"({"type":"typing","content":"x","on":true})"_s;
}

void TestFlatCommand::read()
{
    QFETCH(QString, json);
    QVERIFY(readFlatCommand(json));
    QVERIFY(agrees(json));
}

void TestFlatCommand::left_data()
{
    QTest::addColumn<QString>("json");
    QTest::newRow("nothing") << QString();
    QTest::newRow("empty object") << u"{}"_s;
    QTest::newRow("escape") << uR"({"type":"message","content":"a\nb"})"_s;
    QTest::newRow("escaped key") << uR"({"t\u0079pe":"message","content":"a"})"_s;
    QTest::newRow("control character") << u"{\"type\":\"message\",\"content\":\"a\tb\"}"_s;
    QTest::newRow("type twice") << uR"({"type":"message","type":"message","content":"a"})"_s;
    QTest::newRow("flag twice") << uR"({"type":"typing","on":true,"on":true})"_s;
    QTest::newRow("unknown key") << uR"({"type":"message","content":"a","x":"y"})"_s;
    QTest::newRow("unknown type") << uR"({"type":"dance","content":"a"})"_s;
    QTest::newRow("no type") << uR"({"content":"a"})"_s;
    QTest::newRow("no content") << uR"({"type":"message"})"_s;
    QTest::newRow("content is a number") << uR"({"type":"message","content":5})"_s;
    QTest::newRow("nested") << uR"({"type":"message","content":{"content":"a"}})"_s;
    QTest::newRow("list") << uR"(["type","message"])"_s;
    QTest::newRow("comma at the end") << uR"({"type":"message","content":"a",})"_s;
    QTest::newRow("comma at the start") << uR"({,"type":"message","content":"a"})"_s;
    QTest::newRow("no comma") << uR"({"type":"message" "content":"a"})"_s;
    QTest::newRow("no colon") << uR"({"type" "message","content":"a"})"_s;
    QTest::newRow("text behind") << uR"({"type":"message","content":"a"} x)"_s;
    QTest::newRow("second object") << uR"({"type":"message","content":"a"}{})"_s;
    QTest::newRow("not closed") << uR"({"type":"message","content":"a")"_s;
    QTest::newRow("string not closed") << uR"({"type":"message","content":"a)"_s;
    QTest::newRow("flag cut") << uR"({"type":"typing","on":tru})"_s;
    QTest::newRow("flag cut by the end") << uR"({"type":"typing","on":tru)"_s;
    QTest::newRow("longer word") << uR"({"type":"typing","on":trueish})"_s;
    QTest::newRow("empty cid") << uR"({"type":"message","content":"a","cid":""})"_s;
    QTest::newRow("cid with a space") << uR"({"type":"message","content":"a","cid":"a b"})"_s;
    QTest::newRow("cid too long") << uR"({"type":"message","content":"a","cid":"%1"})"_s.arg(QString(WireLimits::kCidChars + 1, u'x'));
    QTest::newRow("cid null") << uR"({"type":"message","content":"a","cid":null})"_s;
    QTest::newRow("no-break space between") << u"{\"type\":\u00a0\"message\",\"content\":\"a\"}"_s;
    QTest::newRow("byte order mark") << u"\ufeff{\"type\":\"message\",\"content\":\"a\"}"_s;
}

void TestFlatCommand::left()
{
    QFETCH(QString, json);
    QVERIFY(!readFlatCommand(json));
}

void TestFlatCommand::agreesWithTheLongWay()
{
    QRandomGenerator random(11);
    static const QStringList pieces {
        u"{"_s, u"}"_s, u"\""_s, u":"_s, u","_s, u" "_s, u"\\"_s, u"\n"_s, u"\"type\""_s, u"\"message\""_s, u"\"typing\""_s,
        u"\"content\""_s, u"\"cid\""_s, u"\"on\""_s, u"true"_s, u"false"_s, u"null"_s, u"\"x\""_s, u"\"ä😀\""_s, u"\u0001"_s};
    static const QStringList usual {uR"({"type":"message","content":"Hällo 😀","cid":"c-1"})"_s,
                                    uR"({"type":"typing","on":true})"_s, uR"( { "content" : "x" , "type" : "message" } )"_s};
    int readShort = 0;
    for (int i = 0; i < 60'000; ++i) {
        QString json = usual.at(random.bounded(int(usual.size())));
        for (int n = random.bounded(3); n > 0; --n) {
            const int place = random.bounded(int(json.size()));
            if (random.bounded(2) == 0)
                json.remove(place, random.bounded(4));
            json.insert(qMin(place, int(json.size())), pieces.at(random.bounded(int(pieces.size()))));
        }
        if (!json.isValidUtf16())
            continue; // the frames' reader lets no such text through
        QVERIFY2(agrees(json), qPrintable(json));
        readShort += readFlatCommand(json).has_value();
    }
    QVERIFY2(readShort > 10'000, qPrintable(QString::number(readShort)));
}

QTEST_GUILESS_MAIN(TestFlatCommand)
#include "tst_flatcommand.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/commandcodec.h"
#include "protocol/limits.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What a server makes of the text that a client sent.
class TestCommandCodec : public QObject
{
    Q_OBJECT

private slots:
    void message();
    void contentAsItCame_data();
    void contentAsItCame();
    void unknownKeysAreIgnored();
    void typing_data();
    void typing();
    void refused_data();
    void refused();
    void cids_data();
    void cids();
    void faultNamesItsCid_data();
    void faultNamesItsCid();
    void depth();
    void keys();
    void huge();
    void roundTrip_data();
    void roundTrip();
    void randomBytes();
    void damagedCommands();
};

namespace {

const PostCommand *asPost(const DecodedCommand &decoded)
{
    const auto *command = std::get_if<Command>(&decoded);
    return command ? std::get_if<PostCommand>(command) : nullptr;
}

const CommandFault *asFault(const DecodedCommand &decoded)
{
    return std::get_if<CommandFault>(&decoded);
}

QByteArray postWith(const QString &content)
{
    return QJsonDocument(QJsonObject {{u"type"_s, u"message"_s}, {u"content"_s, content}}).toJson();
}

} // namespace

void TestCommandCodec::message()
{
    const DecodedCommand decoded = decodeCommand(R"({"type":"message","content":"Hello","cid":"c-1"})");
    const PostCommand *post = asPost(decoded);
    QVERIFY(post);
    QCOMPARE(post->content, u"Hello"_s);
    QCOMPARE(post->cid, u"c-1"_s);

    const DecodedCommand plain = decodeCommand(R"( {"content":"Hello","type":"message","cid":null} )");
    QVERIFY(asPost(plain));
    QVERIFY(asPost(plain)->cid.isEmpty());
}

void TestCommandCodec::contentAsItCame_data()
{
    QTest::addColumn<QString>("content");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("spaces") << u"  a  "_s;
    QTest::newRow("NUL") << u"a\0b"_s;
    QTest::newRow("line feeds") << u"\r\n\n"_s;
    QTest::newRow("emoji") << u"😀👨\u200d👩\u200d👧"_s;
    QTest::newRow("right to left") << u"\u202eאבג ليلى\u202c"_s;
    QTest::newRow("markup") << u"<script>alert(1)</script>"_s;
    QTest::newRow("JSON in JSON") << u"{\"type\":\"message\",\"a\":[[[["_s;
    QTest::newRow("colons and braces") << u":::{{{[[[\"\\\":}"_s.repeated(100);
    QTest::newRow("60 KB") << QString(60000, u'x');
}

void TestCommandCodec::contentAsItCame()
{
    QFETCH(QString, content);
    const DecodedCommand decoded = decodeCommand(postWith(content));
    QVERIFY(asPost(decoded));
    QCOMPARE(asPost(decoded)->content, content);
}

void TestCommandCodec::unknownKeysAreIgnored()
{
    const DecodedCommand decoded = decodeCommand(
        R"({"type":"message","content":"x","reply_to":{"a":1,"a":2},"attachments":[],"on":7,"":null})");
    QVERIFY(asPost(decoded));
}

void TestCommandCodec::typing_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("on");
    QTest::newRow("on") << QByteArray(R"({"type":"typing","on":true})") << true;
    QTest::newRow("off") << QByteArray(R"({"type":"typing","on":false})") << false;
    QTest::newRow("without a word") << QByteArray(R"({"type":"typing"})") << true;
}

void TestCommandCodec::typing()
{
    QFETCH(QByteArray, json);
    const DecodedCommand decoded = decodeCommand(json);
    const auto *command = std::get_if<Command>(&decoded);
    QVERIFY(command && std::holds_alternative<TypingCommand>(*command));
    QTEST(std::get<TypingCommand>(*command).on, "on");
}

void TestCommandCodec::refused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("field");
    const auto bad = [](const char *name, const QByteArray &json, const QString &field = {}) {
        QTest::newRow(name) << json << ErrorCode::BadRequest << field;
    };
    bad("empty", {});
    bad("space", " ");
    bad("NUL", QByteArray(1, '\0'));
    bad("word", "hello");
    bad("number", "42");
    bad("text", "\"message\"");
    bad("null", "null");
    bad("array", R"([{"type":"message","content":"x"}])");
    bad("cut off", R"({"type":"message","content":"x")");
    bad("cut off in a text", R"({"type":"message","content":"x)");
    bad("cut off behind a backslash", R"({"type":"message","content":"x\)");
    bad("text behind it", R"({"type":"message","content":"x"} x)");
    bad("a second object", R"({"type":"message","content":"x"}{})");
    bad("edit of nothing", R"({"type":"edit","content":"x"})", u"id"_s);
    bad("edit of a number", R"({"type":"edit","id":1,"content":"x"})", u"id"_s);
    bad("edit without a text", R"({"type":"edit","id":"m"})", u"content"_s);
    bad("delete of nothing", R"({"type":"delete"})", u"id"_s);
    bad("delete of a long id", R"({"type":"delete","id":")" + QByteArray(129, 'm') + R"("})", u"id"_s);
    bad("react without an emoji", R"({"type":"react","id":"m"})", u"emoji"_s);
    bad("react, on a number", R"({"type":"react","id":"m","emoji":"x","on":1})", u"on"_s);
    bad("comma too many", R"({"type":"message","content":"x",})");
    bad("single quotes", R"({'type':'message','content':'x'})");
    bad("comment", R"({"type":"message",/**/"content":"x"})");
    bad("not UTF-8", QByteArray(R"({"type":"message","content":")") + "\xff\xfe" + R"("})");
    bad("NUL behind it", QByteArray(R"({"type":"message","content":"x"})") + '\0');
    bad("repeated type", R"({"type":"message","type":"typing","content":"x"})");
    bad("repeated content", R"({"type":"message","content":"x","content":"y"})");
    bad("repeated, once escaped", R"({"type":"message","content":"x","\u0063ontent":"y"})");
    bad("repeated unknown key", R"({"type":"message","content":"x","a":1,"a":1})");
    bad("no type", R"({"content":"x"})", u"type"_s);
    bad("type null", R"({"type":null,"content":"x"})", u"type"_s);
    bad("type a number", R"({"type":1,"content":"x"})", u"type"_s);
    bad("type a list", R"({"type":["message"],"content":"x"})", u"type"_s);
    bad("no content", R"({"type":"message"})", u"content"_s);
    bad("content null", R"({"type":"message","content":null})", u"content"_s);
    bad("content a number", R"({"type":"message","content":5})", u"content"_s);
    bad("content true", R"({"type":"message","content":true})", u"content"_s);
    bad("content an object", R"({"type":"message","content":{"a":"x"}})", u"content"_s);
    bad("typing with a word", R"({"type":"typing","on":"yes"})", u"on"_s);
    bad("typing with a number", R"({"type":"typing","on":1})", u"on"_s);
    bad("typing with null", R"({"type":"typing","on":null})", u"on"_s);
    const auto unknown = [](const char *name, const QByteArray &json) {
        QTest::newRow(name) << json << ErrorCode::UnknownType << u"type"_s;
    };
    unknown("unknown type", R"({"type":"dance","content":"x"})");
    unknown("other case", R"({"type":"Message","content":"x"})");
    unknown("empty type", R"({"type":"","content":"x"})");
    unknown("space behind", R"({"type":"message ","content":"x"})");
    unknown("huge type", R"({"type":")" + QByteArray(60000, 'x') + R"("})");
}

void TestCommandCodec::refused()
{
    QFETCH(QByteArray, json);
    const DecodedCommand decoded = decodeCommand(json);
    const CommandFault *fault = asFault(decoded);
    QVERIFY(fault);
    QTEST(fault->error.code, "code");
    QTEST(fault->error.field, "field");
    QVERIFY(!fault->error.detail.isEmpty());
    QVERIFY2(fault->error.detail.size() < 200, qPrintable(fault->error.detail)); // it goes back over the wire
    QVERIFY(fault->cid.isEmpty());
}

void TestCommandCodec::cids_data()
{
    QTest::addColumn<QByteArray>("cid"); // as JSON
    QTest::addColumn<bool>("good");
    QTest::newRow("uuid") << QByteArray("\"6f1e0c2a-8a53-4c3c-9d1c-0c9f1f7b3a11\"") << true;
    QTest::newRow("one character") << QByteArray("\"!\"") << true;
    QTest::newRow("tilde, the last allowed") << QByteArray("\"~\"") << true;
    QTest::newRow("longest") << '"' + QByteArray(WireLimits::kCidChars, 'x') + '"' << true;
    QTest::newRow("none") << QByteArray("null") << true;
    QTest::newRow("one too long") << '"' + QByteArray(WireLimits::kCidChars + 1, 'x') + '"' << false;
    QTest::newRow("empty") << QByteArray("\"\"") << false;
    QTest::newRow("space inside") << QByteArray("\"a b\"") << false;
    QTest::newRow("line feed") << QByteArray("\"a\\n\"") << false;
    QTest::newRow("NUL") << QByteArray("\"a\\u0000\"") << false;
    QTest::newRow("delete") << QByteArray("\"a\\u007f\"") << false;
    QTest::newRow("not ASCII") << QByteArray("\"ä\"") << false;
    QTest::newRow("number") << QByteArray("5") << false;
    QTest::newRow("list") << QByteArray("[\"a\"]") << false;
    QTest::newRow("true") << QByteArray("true") << false;
}

void TestCommandCodec::cids()
{
    QFETCH(QByteArray, cid);
    QFETCH(bool, good);
    const DecodedCommand decoded = decodeCommand(R"({"type":"message","content":"x","cid":)" + cid + '}');
    QCOMPARE(asPost(decoded) != nullptr, good);
    if (good) {
        QCOMPARE(asPost(decoded)->cid, QJsonDocument::fromJson('[' + cid + ']').array().at(0).toString());
        return;
    }
    QCOMPARE(asFault(decoded)->error.code, ErrorCode::BadRequest);
    QCOMPARE(asFault(decoded)->error.field, u"cid"_s);
    QVERIFY(asFault(decoded)->cid.isEmpty()); // a bad one is not sent back
}

void TestCommandCodec::faultNamesItsCid_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no type") << QByteArray(R"({"cid":"c-9"})");
    QTest::newRow("unknown type") << QByteArray(R"({"cid":"c-9","type":"dance"})");
    QTest::newRow("no content") << QByteArray(R"({"cid":"c-9","type":"message"})");
    QTest::newRow("bad typing") << QByteArray(R"({"cid":"c-9","type":"typing","on":0})");
}

void TestCommandCodec::faultNamesItsCid()
{
    QFETCH(QByteArray, json);
    const DecodedCommand decoded = decodeCommand(json);
    QVERIFY(asFault(decoded));
    QCOMPARE(asFault(decoded)->cid, u"c-9"_s);
}

void TestCommandCodec::depth()
{
    const auto nested = [](int depth, char open, char close) { // the outermost object counts
        return R"({"type":"message","content":"x","a":)" + QByteArray(depth - 1, open) + QByteArray(depth - 1, close) + '}';
    };
    QVERIFY(asPost(decodeCommand(nested(WireLimits::kJsonDepth, '[', ']'))));
    const DecodedCommand deep = decodeCommand(nested(WireLimits::kJsonDepth + 1, '[', ']'));
    QVERIFY(asFault(deep));
    QCOMPARE(asFault(deep)->error.code, ErrorCode::BadRequest);
    QVERIFY(asFault(deep)->error.detail.contains(u"16"));
    QVERIFY(asFault(decodeCommand(nested(20000, '[', ']'))));
    QVERIFY(asFault(decodeCommand(QByteArray(60000, '['))));
    QVERIFY(asFault(decodeCommand(QByteArray("{\"a\":").repeated(10000))));
    QVERIFY(asFault(decodeCommand(QByteArray(60000, ']'))));
}

void TestCommandCodec::keys()
{
    const auto withKeys = [](int count) {
        QByteArray json = R"({"type":"message","content":"x")";
        for (int i = 2; i < count; ++i)
            json += ",\"k" + QByteArray::number(i) + "\":0";
        return json + '}';
    };
    QVERIFY(asPost(decodeCommand(withKeys(WireLimits::kJsonKeys))));
    const DecodedCommand many = decodeCommand(withKeys(WireLimits::kJsonKeys + 1));
    QVERIFY(asFault(many));
    QVERIFY(asFault(many)->error.detail.contains(u"64"));
    // Keys of inner objects count too.
    QByteArray inner;
    for (int i = 0; i < 63; ++i)
        inner += (i ? ",\"k" : "\"k") + QByteArray::number(i) + "\":0";
    QVERIFY(asFault(decodeCommand(R"({"type":"message","a":{)" + inner + "}}")));
}

void TestCommandCodec::huge()
{
    QVERIFY(asFault(decodeCommand(QByteArray(1024 * 1024, '"'))));
    QVERIFY(asFault(decodeCommand(QByteArray(1024 * 1024, '\\'))));
    QVERIFY(asFault(decodeCommand(QByteArray(1024 * 1024, ' '))));
    const DecodedCommand numbers = decodeCommand(
        R"({"type":"message","content":"x","a":1e999,"b":)" + QByteArray(10000, '9') + '}');
    QVERIFY(asPost(numbers) || asFault(numbers)); // either, but no crash
}

void TestCommandCodec::roundTrip_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("cid");
    QTest::newRow("plain") << u"Hello"_s << u"c-1"_s;
    QTest::newRow("no cid") << u"Hello"_s << QString();
    QTest::newRow("empty") << u""_s << u"x"_s;
    QTest::newRow("escapes") << u"\"\\/\b\f\n\r\t\u0001\u2028"_s << u"\"\\"_s;
    QTest::newRow("NUL") << u"a\0b"_s << QString();
    QTest::newRow("emoji") << u"😀 👍🏽"_s << QString();
    QTest::newRow("right to left") << u"\u202eשלום"_s << QString();
    QTest::newRow("long") << u"😀"_s.repeated(4000) << QString(64, u'c');
}

void TestCommandCodec::roundTrip()
{
    QFETCH(QString, content);
    QFETCH(QString, cid);
    const DecodedCommand decoded = decodeCommand(encodeCommand(PostCommand {content, cid}));
    QVERIFY(asPost(decoded));
    QCOMPARE(asPost(decoded)->content, content);
    QCOMPARE(asPost(decoded)->cid, cid);

    for (const bool on : {true, false}) {
        const DecodedCommand typed = decodeCommand(encodeCommand(TypingCommand {on}));
        QCOMPARE(std::get<TypingCommand>(std::get<Command>(typed)).on, on);
    }
}

void TestCommandCodec::randomBytes()
{
    QRandomGenerator random(6);
    static constexpr char alphabet[] = "{}[]\",:\\ \n01eE+-.tfnul\xff\x00 atypecontmsgid";
    for (int i = 0; i < 20000; ++i) {
        QByteArray json(random.bounded(80), '\0');
        for (char &c : json)
            c = i % 2 ? char(random.bounded(256)) : alphabet[random.bounded(int(sizeof alphabet - 1))];
        const DecodedCommand decoded = decodeCommand(json);
        QVERIFY2(asFault(decoded), json.toPercentEncoding().constData());
    }
}

void TestCommandCodec::damagedCommands()
{
    QRandomGenerator random(7);
    const QByteArray good = R"({"type":"message","content":"H\u00e4llo \"du\" 😀","cid":"c-1","x":{"y":[1,2,{}]}})";
    QVERIFY(asPost(decodeCommand(good)));
    for (qsizetype cut = 0; cut < good.size(); ++cut)
        QVERIFY(asFault(decodeCommand(QByteArrayView(good).first(cut))));
    for (int i = 0; i < 20000; ++i) {
        QByteArray json = good;
        for (int n = 1 + random.bounded(3); n > 0; --n)
            json[random.bounded(int(json.size()))] = char(random.bounded(256));
        const DecodedCommand decoded = decodeCommand(json);
        if (const CommandFault *fault = asFault(decoded))
            QVERIFY(fault->error.code == ErrorCode::BadRequest || fault->error.code == ErrorCode::UnknownType);
        else
            QVERIFY(asPost(decoded));
    }
}

QTEST_GUILESS_MAIN(TestCommandCodec)
#include "tst_commandcodec.moc"

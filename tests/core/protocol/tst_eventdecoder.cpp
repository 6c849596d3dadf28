// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/eventcodec.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What a client makes of what a server sent, should that server be broken or hostile.
class TestEventDecoder : public QObject
{
    Q_OBJECT

private slots:
    void noObject_data();
    void noObject();
    void unknownTypes_data();
    void unknownTypes();
    void neededKeys_data();
    void neededKeys();
    void wrongTypesOfNeededKeys();
    void wrongTypesOfOtherKeys();
    void unknownKeysAreIgnored();
    void hostileNumbers_data();
    void hostileNumbers();
    void numbersThatCannotBe_data();
    void numbersThatCannotBe();
    void badTimes();
    void unknownErrorCode();
    void randomBytes();
    void damagedEvents();
};

namespace {

struct Sample
{
    QByteArray json;
    QStringList needed;
};

/// One good example of each type, and the keys without which it means nothing.
const QList<Sample> &samples()
{
    static const QByteArray time = R"("timestamp":"2026-11-22T09:30:00.123Z")";
    static const QList<Sample> list {
        {R"({"message_type":"message","id":"m","username":"j","content":"x","room":"r","seq":1,"cid":"c",)" + time + '}',
         {u"id"_s, u"username"_s, u"content"_s, u"timestamp"_s, u"seq"_s}},
        {R"({"message_type":"user_joined","username":"j",)" + time + '}', {u"username"_s}},
        {R"({"message_type":"user_left","username":"j",)" + time + '}', {u"username"_s}},
        {R"({"message_type":"error","code":"not_found","detail":"d","field":"f","cid":"c","retry_after_ms":5})",
         {u"code"_s}},
        {R"({"message_type":"welcome","session":"1","username":"j","room":"r","role":"guest","resume_token":"t",)"
         R"("epoch":"e","head":5,"server":{"name":"n","version":"v","time":"2026-11-22T09:30:00.123Z","durability":"fast"},)"
         R"("limits":{"content_chars":4000},"features":["f"],"users":["j"],"topic":"t","slow_mode_s":1,"frozen":true,)"
             + time + '}',
         {u"session"_s, u"username"_s, u"room"_s, u"epoch"_s, u"head"_s}},
        {R"({"message_type":"history_end","from":1,"to":2,"complete":true})", {u"from"_s, u"to"_s}},
        {R"({"message_type":"resync","reason":"epoch"})", {}},
        {R"({"message_type":"typing","username":"j","on":true,)" + time + '}', {u"username"_s}},
        {R"({"message_type":"presence","joined":["a"],"left":["b"],"count":3,)" + time + '}', {u"count"_s}},
        {R"({"message_type":"notice","content":"x","severity":"info","sticky":true,)" + time + '}', {u"content"_s}},
        {R"({"message_type":"kicked","reason":"r","rejoin_after_ms":5,)" + time + '}', {}},
        {R"({"message_type":"server_closing","retry_after_ms":5,)" + time + '}', {}},
    };
    return list;
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject objectOf(const Sample &sample)
{
    return QJsonDocument::fromJson(sample.json).object();
}

/// Everything that a value in JSON can be.
const QJsonArray kAnything {QJsonValue(),      true,  -1,   1e300, 0.5, u"text"_s, u""_s, QJsonArray {1, u"x"_s},
                            QJsonObject {{u"a"_s, 1}}};

} // namespace

void TestEventDecoder::noObject_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("word") << QByteArray("hello");
    QTest::newRow("array") << QByteArray("[{}]");
    QTest::newRow("text") << QByteArray("\"x\"");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("cut off") << QByteArray(R"({"message_type":"resync")");
    QTest::newRow("NUL") << QByteArray(3, '\0');
    QTest::newRow("not UTF-8") << QByteArray("{\"message_type\":\"\xff\xfe\"}");
    QTest::newRow("deep") << QByteArray("[").repeated(100000);
    QTest::newRow("deep objects") << QByteArray("{\"a\":").repeated(100000);
    QTest::newRow("HTML of a proxy") << QByteArray("<html>502</html>");
}

void TestEventDecoder::noObject()
{
    QFETCH(QByteArray, json);
    const Result<Event> event = decodeEvent(json);
    QVERIFY(!event);
    QCOMPARE(event.error().code, ErrorCode::BadRequest);
}

void TestEventDecoder::unknownTypes_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("type");
    QTest::newRow("of a newer server") << QByteArray(R"({"message_type":"poll","a":[1]})") << u"poll"_s;
    QTest::newRow("other case") << QByteArray(R"({"message_type":"Message"})") << u"Message"_s;
    QTest::newRow("none") << QByteArray(R"({"hello":1})") << u""_s;
    QTest::newRow("empty object") << QByteArray("{}") << u""_s;
    QTest::newRow("a number") << QByteArray(R"({"message_type":5})") << u""_s;
    QTest::newRow("unknown") << QByteArray(R"({"message_type":"unknown"})") << u"unknown"_s;
}

void TestEventDecoder::unknownTypes()
{
    QFETCH(QByteArray, json);
    const Result<Event> event = decodeEvent(json);
    QVERIFY(event);
    const auto *unknown = std::get_if<UnknownEvent>(&event.value());
    QVERIFY(unknown);
    QTEST(unknown->type, "type");
}

void TestEventDecoder::neededKeys_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < samples().size(); ++i)
        QTest::newRow(qPrintable(objectOf(samples().at(i)).value(u"message_type"_s).toString())) << i;
}

/// Without a needed key there is no event; without any other there is.
void TestEventDecoder::neededKeys()
{
    QFETCH(int, index);
    const Sample &sample = samples().at(index);
    const QJsonObject whole = objectOf(sample);
    const Result<Event> good = decodeEvent(sample.json);
    QVERIFY(good);
    QCOMPARE(int(good.value().index()), index);
    for (const QString &key : whole.keys()) {
        if (key == u"message_type")
            continue;
        QJsonObject part = whole;
        part.remove(key);
        const Result<Event> event = decodeEvent(compact(part));
        QVERIFY2(bool(event) == !sample.needed.contains(key), qPrintable(key));
        if (!event) {
            QCOMPARE(event.error().code, ErrorCode::BadRequest);
            QCOMPARE(event.error().field, key);
        }
    }
}

void TestEventDecoder::wrongTypesOfNeededKeys()
{
    for (const Sample &sample : samples()) {
        for (const QString &key : sample.needed) {
            const bool isText = objectOf(sample).value(key).isString();
            for (const QJsonValue value : kAnything) {
                if ((isText && value.isString()) || (!isText && value.toDouble() == -1.0))
                    continue; // -1 has a test of its own
                QJsonObject changed = objectOf(sample);
                changed.insert(key, value);
                QVERIFY2(!decodeEvent(compact(changed)), compact(changed).constData());
            }
        }
    }
}

void TestEventDecoder::wrongTypesOfOtherKeys()
{
    for (const Sample &sample : samples()) {
        for (const QString &key : objectOf(sample).keys()) {
            if (key == u"message_type" || sample.needed.contains(key))
                continue;
            for (const QJsonValue value : kAnything) {
                QJsonObject changed = objectOf(sample);
                changed.insert(key, value);
                QVERIFY2(decodeEvent(compact(changed)), compact(changed).constData());
            }
        }
    }
}

void TestEventDecoder::unknownKeysAreIgnored()
{
    for (const Sample &sample : samples()) {
        QJsonObject more = objectOf(sample);
        more.insert(u"thread"_s, QJsonObject {{u"a"_s, QJsonArray {1, 2}}});
        const Result<Event> event = decodeEvent(compact(more));
        QVERIFY(event);
        QCOMPARE(encodeEvent(event.value()), encodeEvent(decodeEvent(sample.json).value()));
    }
}

void TestEventDecoder::hostileNumbers_data()
{
    QTest::addColumn<QByteArray>("number");
    for (const char *number : {"-1", "-9223372036854775808", "1e300", "-1e300", "1e999", "0.5", "18446744073709551616",
                               "99999999999999999999999999999999"})
        QTest::newRow(number) << QByteArray(number);
}

/// No number that is no count is taken for one.
void TestEventDecoder::hostileNumbers()
{
    QFETCH(QByteArray, number);
    const QByteArray time = R"("timestamp":"2026-11-22T09:30:00.123Z")";
    QVERIFY(!decodeEvent(R"({"message_type":"message","id":"m","username":"j","content":"x",)" + time + R"(,"seq":)"
                         + number + '}'));
    QVERIFY(!decodeEvent(R"({"message_type":"history_end","to":1,"from":)" + number + '}'));
    QVERIFY(!decodeEvent(R"({"message_type":"presence","count":)" + number + '}'));
    QVERIFY(!decodeEvent(R"({"message_type":"welcome","session":"1","username":"j","room":"r","epoch":"e","head":)"
                         + number + '}'));
}

void TestEventDecoder::numbersThatCannotBe_data()
{
    QTest::addColumn<QByteArray>("number");
    for (const char *number : {"-1", "-2147483649", "-9223372036854775808", "4294967295", "9223372036854775807", "1e300"})
        QTest::newRow(number) << QByteArray(number);
}

/// A client computes with these: none of them may be negative, wrap around or overflow a sum.
void TestEventDecoder::numbersThatCannotBe()
{
    QFETCH(QByteArray, number);
    constexpr qint64 kYearMs = 366LL * 24 * 3600 * 1000;
    const auto fits = [](qint64 value) { return value >= 0 && value <= kYearMs; };

    const Result<Event> error = decodeEvent(R"({"message_type":"error","code":"internal","retry_after_ms":)" + number + '}');
    QVERIFY(error);
    QVERIFY(fits(std::get<ErrorEvent>(error.value()).error.retryAfter.count()));
    const Result<Event> kicked = decodeEvent(R"({"message_type":"kicked","rejoin_after_ms":)" + number + '}');
    QVERIFY(kicked);
    QVERIFY(fits(std::get<KickedEvent>(kicked.value()).rejoinAfterMs));
    const Result<Event> closing = decodeEvent(R"({"message_type":"server_closing","retry_after_ms":)" + number + '}');
    QVERIFY(closing);
    QVERIFY(fits(std::get<ServerClosingEvent>(closing.value()).retryAfterMs));
    if (const Result<Event> presence = decodeEvent(R"({"message_type":"presence","count":)" + number + '}'))
        QVERIFY(std::get<PresenceEvent>(presence.value()).count >= 0);

    const Result<Event> welcome =
        decodeEvent(R"({"message_type":"welcome","session":"1","username":"j","room":"r","epoch":"e","head":1,)"
                    R"("slow_mode_s":)" + number + R"(,"limits":{"content_chars":)" + number + R"(,"message_bytes":)"
                    + number + R"(,"messages_burst":)" + number + R"(,"messages_period_ms":)" + number
                    + R"(,"heartbeat_interval_ms":)" + number + "}}");
    QVERIFY(welcome);
    const auto &w = std::get<WelcomeEvent>(welcome.value());
    for (const qint64 value : {qint64(w.slowModeS), w.limits.contentChars, w.limits.messageBytes, w.limits.messagesBurst,
                            w.limits.messagesPeriodMs, w.limits.heartbeatIntervalMs})
        QVERIFY(value >= 0);
}

void TestEventDecoder::badTimes()
{
    const QByteArray head = R"({"message_type":"message","id":"m","username":"j","content":"x","seq":1,"timestamp":)";
    for (const char *time : {"\"yesterday\"", "\"\"", "1795339800123", "\"2026-13-01T00:00:00Z\"", "null"})
        QVERIFY2(!decodeEvent(head + time + '}'), time);
    QVERIFY(decodeEvent(head + "\"2026-11-22T09:30:00Z\"}"));
    // Where a time is only shown, a bad one is none.
    const Result<Event> left = decodeEvent(R"({"message_type":"user_left","username":"j","timestamp":"soon"})");
    QVERIFY(left);
    QCOMPARE(std::get<UserLeftEvent>(left.value()).timestamp, 0);
    // 0 means that no end is known; an end before 1970 is none either.
    const Result<Event> notice
        = decodeEvent(R"({"message_type":"notice","content":"x","until":"1969-12-31T23:59:59.999Z"})");
    QVERIFY(notice);
    QCOMPARE(std::get<NoticeEvent>(notice.value()).until, 0);
}

void TestEventDecoder::unknownErrorCode()
{
    const Result<Event> event = decodeEvent(R"({"message_type":"error","code":"out_of_cheese","detail":"d"})");
    QVERIFY(event);
    QCOMPARE(std::get<ErrorEvent>(event.value()).error.code, ErrorCode::Internal);
    QCOMPARE(std::get<ErrorEvent>(event.value()).error.detail, u"d"_s);
}

void TestEventDecoder::randomBytes()
{
    QRandomGenerator random(8);
    for (int i = 0; i < 20000; ++i) {
        QByteArray json(random.bounded(100), '\0');
        for (char &c : json)
            c = char(random.bounded(256));
        if (i % 2)
            json.prepend(R"({"message_type":"message",)");
        QVERIFY(!decodeEvent(json));
    }
}

void TestEventDecoder::damagedEvents()
{
    QRandomGenerator random(9);
    for (const Sample &sample : samples()) {
        for (qsizetype cut = 0; cut < sample.json.size(); ++cut)
            QVERIFY(!decodeEvent(QByteArrayView(sample.json).first(cut)));
        for (int i = 0; i < 2000; ++i) {
            QByteArray json = sample.json;
            for (int n = 1 + random.bounded(3); n > 0; --n)
                json[random.bounded(int(json.size()))] = char(random.bounded(256));
            if (const Result<Event> event = decodeEvent(json))
                encodeEvent(event.value()); // what was taken can be written again
        }
    }
}

QTEST_GUILESS_MAIN(TestEventDecoder)
#include "tst_eventdecoder.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/eventcodec.h"
#include "protocol/frame.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Event)

/// Every event against the shape that the wire contract prints, and back.
class TestEventCodec : public QObject
{
    Q_OBJECT

private slots:
    void shape_data();
    void shape();
    void optionalKeysStayAway_data();
    void optionalKeysStayAway();
    void textsSurvive();
    void bigNumbersSurvive();
    void retryAfterAndUntilSurvive();
    void unknownEventHasNoEncoding();
    void restMessageIsTheEvent();
    void messageFramesAreTheEvents();
    void restError();
};

namespace {

constexpr qint64 kMoment = 1795339800123;
const QString kTime = u"2026-11-22T09:30:00.123Z"_s;

QJsonObject parsed(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    return error.error == QJsonParseError::NoError ? document.object() : QJsonObject();
}

/// The one place where the contract's examples stand, with ' for ".
QByteArray contract(const char *text)
{
    return QByteArray(text).replace('\'', '"').replace("NOW", kTime.toLatin1());
}

WelcomeEvent fullWelcome()
{
    WelcomeEvent e;
    e.session = u"17"_s;
    e.username = u"john-2"_s;
    e.room = u"general"_s;
    e.role = u"guest"_s;
    e.resumeToken = u"secret"_s;
    e.epoch = u"e1"_s;
    e.head = 4711;
    e.server = {u"Test"_s, u"0.1.0"_s, kMoment, u"memory"_s};
    e.limits = {4000, 65536, 10, 10000, 25000};
    e.features = {u"resume"_s, u"typing"_s};
    e.users = {u"anna"_s, u"john-2"_s};
    e.topic = u"Tea"_s;
    e.slowModeS = 5;
    e.frozen = true;
    return e;
}

ErrorEvent fullError()
{
    return {Error {ErrorCode::RateLimited, u"slow down"_s, u"content"_s, std::chrono::milliseconds(1500),
                  Limit::None, u"too loud"_s},
            u"c-1"_s};
}

} // namespace

void TestEventCodec::shape_data()
{
    QTest::addColumn<Event>("event");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const Event &event, const char *expected) {
        QTest::newRow(name) << event << contract(expected);
    };
    row("message", MessageEvent {u"m1"_s, u"john"_s, u"Hello"_s, kMoment, u"general"_s, 4711, u"c-1"_s},
        "{'id':'m1','username':'john','content':'Hello','timestamp':'NOW','message_type':'message',"
        "'room':'general','seq':4711,'cid':'c-1'}");
    row("user_joined", UserJoinedEvent {u"john"_s, kMoment},
        "{'username':'john','message_type':'user_joined','timestamp':'NOW'}");
    row("user_left", UserLeftEvent {u"john"_s, kMoment},
        "{'username':'john','message_type':'user_left','timestamp':'NOW'}");
    row("error", fullError(),
        "{'message_type':'error','code':'rate_limited','detail':'slow down','field':'content','cid':'c-1',"
        "'retry_after_ms':1500,'reason':'too loud'}");
    row("welcome", fullWelcome(),
        "{'message_type':'welcome','timestamp':'NOW','session':'17','username':'john-2','room':'general',"
        "'role':'guest','resume_token':'secret','epoch':'e1','head':4711,"
        "'server':{'name':'Test','version':'0.1.0','time':'NOW','durability':'memory'},"
        "'limits':{'content_chars':4000,'message_bytes':65536,'messages_burst':10,'messages_period_ms':10000,"
        "'heartbeat_interval_ms':25000,"
        "'heartbeat_timeout_ms':0,'room_name_chars':0,'user_name_chars':0,'json_depth':0,'commands_burst':0,"
        "'commands_period_ms':0,'messages_per_address_burst':0,'messages_per_address_period_ms':0,"
        "'joins_burst':0,'joins_period_ms':0,'rooms':0,'sessions_per_user':0,'connections':0,"
        "'connections_per_address':0,'unjoined':0,'head_bytes':0,'head_fields':0,'head_timeout_ms':0,"
        "'body_bytes':0,'body_timeout_ms':0,'send_queue_bytes':0,'send_stall_ms':0,'history_ring':0,"
        "'history_bytes':0,'history_replay':0},"
        "'features':['resume','typing'],'users':['anna','john-2'],'topic':'Tea','slow_mode_s':5,'frozen':true}");
    row("history_end", HistoryEndEvent {3, 52, false},
        "{'message_type':'history_end','from':3,'to':52,'complete':false}");
    row("resync", ResyncEvent {u"retention"_s}, "{'message_type':'resync','reason':'retention'}");
    row("room_changed", RoomChangedEvent {u"Tea"_s, 5, false, true, kMoment},
        "{'message_type':'room_changed','timestamp':'NOW','topic':'Tea','slow_mode_s':5,'frozen':false,'locked':true}");
    row("typing", TypingEvent {u"john"_s, true, kMoment},
        "{'message_type':'typing','timestamp':'NOW','username':'john','on':true}");
    row("presence", PresenceEvent {{u"a"_s, u"b"_s}, {u"c"_s}, 250, kMoment},
        "{'message_type':'presence','timestamp':'NOW','joined':['a','b'],'left':['c'],'count':250}");
    row("notice", NoticeEvent {u"Cake"_s, u"urgent"_s, true, kMoment, kMoment},
        "{'message_type':'notice','timestamp':'NOW','content':'Cake','severity':'urgent','sticky':true,'until':'NOW'}");
    row("kicked", KickedEvent {u"spam"_s, 60000, kMoment},
        "{'message_type':'kicked','timestamp':'NOW','reason':'spam','rejoin_after_ms':60000}");
    row("server_closing", ServerClosingEvent {2000, kMoment},
        "{'message_type':'server_closing','timestamp':'NOW','retry_after_ms':2000}");
    row("message, changed since",
        MessageEvent {u"m1"_s, u"john"_s, u"Hello"_s, kMoment, u"general"_s, 4711, {}, kMoment, false, {{u"👍"_s, {u"anna"_s, u"ben"_s}}}},
        "{'id':'m1','username':'john','content':'Hello','timestamp':'NOW','message_type':'message',"
        "'room':'general','seq':4711,'edited':'NOW','reactions':[{'emoji':'👍','users':['anna','ben']}]}");
    row("message, deleted since", MessageEvent {u"m1"_s, u"john"_s, {}, kMoment, u"general"_s, 4711, {}, 0, true},
        "{'id':'m1','username':'john','content':'','timestamp':'NOW','message_type':'message',"
        "'room':'general','seq':4711,'deleted':true}");
    row("message_edited", MessageEditedEvent {u"m1"_s, 4711, u"general"_s, u"john"_s, u"Hi"_s, kMoment, 4713, u"c-2"_s},
        "{'message_type':'message_edited','timestamp':'NOW','id':'m1','target_seq':4711,'room':'general',"
        "'username':'john','seq':4713,'content':'Hi','cid':'c-2'}");
    row("message_deleted", MessageDeletedEvent {u"m1"_s, 4711, u"general"_s, u"john"_s, kMoment, 4713, {}},
        "{'message_type':'message_deleted','timestamp':'NOW','id':'m1','target_seq':4711,'room':'general',"
        "'username':'john','seq':4713}");
    row("reaction", ReactionEvent {u"m1"_s, 4711, u"general"_s, u"anna"_s, u"👍"_s, false, kMoment, 4713, u"c-2"_s},
        "{'message_type':'reaction','timestamp':'NOW','id':'m1','target_seq':4711,'room':'general',"
        "'username':'anna','seq':4713,'emoji':'👍','on':false,'cid':'c-2'}");
    // The last alternative, UnknownEvent, cannot be encoded.
    QCOMPARE(std::variant_size_v<Event>, 17u);
}

void TestEventCodec::shape()
{
    QFETCH(Event, event);
    QFETCH(QByteArray, expected);
    const QByteArray json = encodeEvent(event);
    const QJsonObject wanted = parsed(expected);
    QVERIFY(!wanted.isEmpty());
    QCOMPARE(parsed(json).keys(), wanted.keys());
    QCOMPARE(parsed(json), wanted);
    QCOMPARE(json.count('\n'), 0);
    QCOMPARE(json.count(':'), expected.count(':')); // no key twice

    const Result<Event> back = decodeEvent(json);
    QVERIFY(back);
    QCOMPARE(back.value().index(), event.index());
    QCOMPARE(encodeEvent(back.value()), json); // every member is in the JSON, so equal JSON is an equal event
}

void TestEventCodec::optionalKeysStayAway_data()
{
    QTest::addColumn<Event>("event");
    QTest::addColumn<QStringList>("keys");
    QTest::newRow("message without a cid") << Event(MessageEvent {u"m"_s, u"j"_s, u"x"_s, 0, u"r"_s, 1, {}})
        << QStringList {u"content"_s, u"id"_s, u"message_type"_s, u"room"_s, u"seq"_s, u"timestamp"_s, u"username"_s};
    QTest::newRow("bare error") << Event(ErrorEvent {Error {ErrorCode::Unavailable, u"gone"_s}, {}})
        << QStringList {u"code"_s, u"detail"_s, u"message_type"_s};
    QTest::newRow("notice without an end") << Event(NoticeEvent {u"x"_s, u"info"_s, false, 0, kMoment})
        << QStringList {u"content"_s, u"message_type"_s, u"severity"_s, u"sticky"_s, u"timestamp"_s};
}

void TestEventCodec::optionalKeysStayAway()
{
    QFETCH(Event, event);
    QTEST(parsed(encodeEvent(event)).keys(), "keys");
    const Result<Event> back = decodeEvent(encodeEvent(event));
    QVERIFY(back);
    QCOMPARE(encodeEvent(back.value()), encodeEvent(event));
}

void TestEventCodec::textsSurvive()
{
    const QString text = u"\"\\ \0 \u0001 \n 😀 \u202e א \u2028 </script>"_s;
    const Result<Event> message =
        decodeEvent(encodeEvent(MessageEvent {text, text, text, kMoment, text, 1, text}));
    QVERIFY(message);
    const auto &m = std::get<MessageEvent>(message.value());
    QCOMPARE(m.id, text);
    QCOMPARE(m.username, text);
    QCOMPARE(m.content, text);
    QCOMPARE(m.room, text);
    QCOMPARE(m.cid, text);
    QCOMPARE(m.timestamp, kMoment);

    const Result<Event> presence = decodeEvent(encodeEvent(PresenceEvent {{text, u""_s}, {text}, 2, kMoment}));
    QVERIFY(presence);
    QCOMPARE(std::get<PresenceEvent>(presence.value()).joined, (QStringList {text, u""_s}));
    QCOMPARE(std::get<PresenceEvent>(presence.value()).left, QStringList {text});

    const Result<Event> error = decodeEvent(encodeEvent(ErrorEvent {Error {ErrorCode::BadName, text, text}, text}));
    QVERIFY(error);
    QCOMPARE(std::get<ErrorEvent>(error.value()).error, (Error {ErrorCode::BadName, text, text}));
}

void TestEventCodec::bigNumbersSurvive()
{
    for (const quint64 seq : {Q_UINT64_C(0), Q_UINT64_C(1), (Q_UINT64_C(1) << 53) + 1, (Q_UINT64_C(1) << 63) - 1}) {
        const Result<Event> back = decodeEvent(encodeEvent(MessageEvent {u"m"_s, u"j"_s, u"x"_s, 0, u"r"_s, seq, {}}));
        QVERIFY(back);
        QCOMPARE(std::get<MessageEvent>(back.value()).seq, seq);
    }
}

void TestEventCodec::retryAfterAndUntilSurvive()
{
    const Result<Event> error = decodeEvent(encodeEvent(fullError()));
    QCOMPARE(std::get<ErrorEvent>(error.value()).error, fullError().error);
    QCOMPARE(std::get<ErrorEvent>(error.value()).cid, u"c-1"_s);
    const Result<Event> notice = decodeEvent(encodeEvent(NoticeEvent {u"x"_s, u"info"_s, true, kMoment + 1, kMoment}));
    QCOMPARE(std::get<NoticeEvent>(notice.value()).until, kMoment + 1);
    QCOMPARE(std::get<NoticeEvent>(notice.value()).timestamp, kMoment);
    QVERIFY(std::get<NoticeEvent>(notice.value()).sticky);
}

void TestEventCodec::unknownEventHasNoEncoding()
{
    QVERIFY(encodeEvent(UnknownEvent {u"dance"_s}).isEmpty());
}

void TestEventCodec::restMessageIsTheEvent()
{
    const MessageEvent message {u"m1"_s, u"john"_s, u"Hello"_s, kMoment, u"general"_s, 7, u"c-1"_s};
    JsonWriter writer;
    writer.beginArray();
    writeMessage(writer, message);
    writeMessage(writer, message);
    writer.endArray();
    const QByteArray one = encodeEvent(message);
    QCOMPARE(writer.take(), '[' + one + ',' + one + ']');
}

/// Of all sizes of a frame's head, one behind the other in the same memory.
void TestEventCodec::messageFramesAreTheEvents()
{
    QByteArray frames;
    QByteArray expected;
    for (const qsizetype size : {0, 1, 300, 70'000, 5}) {
        const MessageEvent message {u"m"_s, u"j"_s, QString(size, u'я'), kMoment, u"g"_s, quint64(size), size ? u"c-1"_s : QString()};
        appendMessageFrame(frames, message);
        expected += textFrame(encodeEvent(message));
    }
    QCOMPARE(frames, expected);
}

void TestEventCodec::restError()
{
    const QByteArray bare = encodeRestError({ErrorCode::BadParameter, u"limit must be 1..1000"_s, u"limit"_s});
    QCOMPARE(parsed(bare),
             parsed(contract("{'error':{'code':'bad_parameter','detail':'limit must be 1..1000','field':'limit'}}")));
    const QByteArray full =
        encodeRestError({ErrorCode::RateLimited, u"\"slow\""_s, {}, std::chrono::milliseconds(250)});
    QCOMPARE(parsed(full),
             parsed(contract("{'error':{'code':'rate_limited','detail':'\\'slow\\'','retry_after_ms':250}}")));
}

QTEST_GUILESS_MAIN(TestEventCodec)
#include "tst_eventcodec.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/limits.h"
#include "config/settings.h"
#include "protocol/limitfields.h"
#include "support/httpanswer.h"
#include "support/loopturn.h"
#include "support/netserver.h"
#include "support/puppet.h"
#include "support/rawclient.h"
#include "support/testserver.h"
#include "support/wsclient.h"

#include <QSet>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Somebody runs into one limit of a server.
struct Collision
{
    NetServer::Adjust adjust;
    std::function<void(NetServer &)> happen; ///< what it leaves open stays open until the end of the row
    QList<Limit> also = {}; ///< further ones that cannot be helped
};

QByteArray content(int size)
{
    return wsText("{\"type\":\"message\",\"content\":\"" + QByteArray(size, 'x') + "\"}");
}

/// The connections of one row.
std::vector<std::unique_ptr<RawClient>> &lines()
{
    static std::vector<std::unique_ptr<RawClient>> all;
    return all;
}

RawClient &line(NetServer &server)
{
    lines().push_back(std::make_unique<RawClient>(server.port()));
    const int open = server.door().connectionCount();
    [&] { QTRY_VERIFY(server.door().connectionCount() > open || lines().back()->isEnded()); }();
    return *lines().back();
}

void say(NetServer &server, const QByteArray &bytes)
{
    line(server).send(bytes);
}

/// Anna comes in and sends \a bytes.
void chat(NetServer &server, const QByteArray &bytes)
{
    RawClient &anna = line(server);
    anna.send(upgradeHead("/ws/general/anna"));
    [&server] { QTRY_COMPARE(server.chat().sessionCount(), 1); }();
    anna.send(bytes);
}

/// Two upgrades, one after the other.
void joinTwice(NetServer &server, const QByteArray &first, const QByteArray &second, const QByteArray &fields = {})
{
    say(server, upgradeHead(first, fields));
    [&server] { QTRY_COMPARE(server.chat().sessionCount(), 1); }();
    say(server, upgradeHead(second, fields));
}

/// Somebody who does not read any more is told much.
void tell(NetServer &server, Puppet &deaf, Puppet &author, int messages)
{
    [&] { QTRY_VERIFY(deaf.isIn() && author.isIn()); }();
    deaf.stream().setTakes(false);
    for (int i = 0; i < messages; ++i) {
        author.stream().say(content(3000));
        turnLoop();
    }
    Q_UNUSED(server);
}

const QMap<Limit, Collision> &collisions()
{
    using Settings = NetServer::Settings;
    const QByteArray head = "GET / HTTP/1.1\r\nHost: a\r\n";
    const QByteArray parlance = "Sec-WebSocket-Protocol: parlance.v1\r\n";
    const QByteArray person = "/ws/general/anna?resume=" + QByteArray(43, 'A');
    const auto twoLines = [](NetServer &server) {
        line(server);
        line(server);
    };
    static const QMap<Limit, Collision> all {
        {Limit::Connections, {[](Settings &s) { s.net.connections = 1; }, twoLines}},
        {Limit::ConnectionsPerAddress, {[](Settings &s) { s.net.connectionsPerAddress = 1; }, twoLines}},
        {Limit::Unjoined, {[](Settings &s) { s.net.unjoined = 1; }, twoLines}},
        {Limit::RequestLine, {{}, [](NetServer &server) { say(server, "GET /" + QByteArray(5000, 'x')); }}},
        {Limit::HeadBytes,
         {[](Settings &s) { s.net.headBytes = 2000; },
          [head](NetServer &server) { say(server, head + "X: " + QByteArray(2000, 'x')); }}},
        {Limit::HeadFields,
         {[](Settings &s) { s.net.headFields = 3; },
          [head](NetServer &server) { say(server, head + "A: 1\r\nB: 2\r\nC: 3\r\n\r\n"); }}},
        {Limit::HeadTimeout,
         {[](Settings &s) { s.net.headTimeout = 3s; },
          [](NetServer &server) {
        line(server);
        server.advance(3s);
    }}},
        {Limit::BodyBytes,
         {[](Settings &s) { s.net.bodyBytes = 9; },
          [](NetServer &server) { say(server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n"); }}},
        {Limit::BodyTimeout,
         {[](Settings &s) { s.net.bodyTimeout = 4s; },
          [](NetServer &server) {
        const quint64 before = server.metrics().count(Metrics::BytesReceived);
        say(server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n");
        [&] { QTRY_VERIFY(server.metrics().count(Metrics::BytesReceived) > before); }();
        server.advance(4s);
    }}},
        {Limit::RoomNameChars,
         {[](Settings &s) { s.model.roomNameChars = 6; },
          [](NetServer &server) { say(server, upgradeHead("/ws/general/anna")); }}},
        {Limit::UserNameChars,
         {[](Settings &s) { s.model.userNameChars = 3; },
          [](NetServer &server) { say(server, upgradeHead("/ws/general/anna")); }}},
        {Limit::ContentChars,
         {[](Settings &s) { s.model.contentChars = 5; }, [](NetServer &server) { chat(server, content(6)); }}},
        {Limit::MessageBytes,
         {[](Settings &s) { s.net.messageBytes = 1024; }, [](NetServer &server) { chat(server, content(1024)); }}},
        {Limit::JsonDepth,
         {[](Settings &s) { s.net.jsonDepth = 2; },
          [](NetServer &server) { chat(server, wsText("{\"type\":\"typing\",\"x\":[[]]}")); }}},
        {Limit::JsonKeys,
         {{},
          [](NetServer &server) {
        QByteArray json = "{\"type\":\"typing\"";
        for (int i = 0; i < 64; ++i)
            json += ",\"k" + QByteArray::number(i) + "\":0";
        chat(server, wsText(json + '}'));
    }}},
        {Limit::Messages,
         {[](Settings &s) { s.model.messages = {1, 10s}; }, [](NetServer &server) { chat(server, content(1) + content(1)); }}},
        {Limit::MessagesPerAddress,
         {[](Settings &s) { s.model.messagesPerAddress = {1, 10s}; },
          [](NetServer &server) { chat(server, content(1) + content(1)); }}},
        {Limit::Commands,
         {[](Settings &s) { s.net.commands = {1, 10s}; }, [](NetServer &server) { chat(server, content(1) + content(1)); }}},
        {Limit::Joins,
         {[](Settings &s) { s.model.joins = {1, 10s}; },
          [](NetServer &server) { joinTwice(server, "/ws/general/anna", "/ws/general/ben"); }}},
        {Limit::Faults, {{}, [](NetServer &server) { chat(server, wsText("no JSON").repeated(21)); }}},
        {Limit::Floods,
         {[](Settings &s) { s.model.messages = {1, 1h}; },
          [](NetServer &server) { chat(server, content(1).repeated(102)); },
          {Limit::Messages}}},
        {Limit::Rooms,
         {[](Settings &s) { s.model.rooms = 1; },
          [](NetServer &server) { joinTwice(server, "/ws/general/anna", "/ws/other/ben"); }}},
        {Limit::SessionsPerUser,
         {[](Settings &s) { s.model.sessionsPerPerson = 1; },
          [person, parlance](NetServer &server) { joinTwice(server, person, person, parlance); }}},
        {Limit::SendQueueBytes,
         {[](Settings &s) { s.net.sendQueueBytes = 20'000; },
          [](NetServer &server) {
        Puppet deaf(server, "deaf");
        Puppet author(server, "author");
        tell(server, deaf, author, 10);
    }}},
        {Limit::SendStall,
         {[](Settings &s) { s.net.sendStall = 5s; },
          [](NetServer &server) {
        Puppet deaf(server, "deaf");
        Puppet author(server, "author");
        tell(server, deaf, author, 1);
        server.advance(1s);
        server.advance(5s);
    }}},
        {Limit::HeartbeatTimeout,
         {[](Settings &s) { s.net.heartbeatTimeout = 40s; },
          [](NetServer &server) {
        Puppet silent(server, "silent");
        [&silent] { QTRY_VERIFY(silent.isIn()); }();
        server.advance(40s);
    }}},
        {Limit::HistoryRing,
         {[](Settings &s) { s.model.ring = 2; }, [](NetServer &server) { chat(server, content(1).repeated(3)); }}},
        {Limit::HistoryBytes,
         {[](Settings &s) { s.model.historyBytes = 5000; }, [](NetServer &server) { chat(server, content(2000).repeated(2)); }}},
    };
    return all;
}

/// A setting, its figure in `welcome` and /api/info, and a value that is not the default.
struct Shown
{
    const char *setting;
    const char *field;
    const char *value;
    qint64 expected;
};

constexpr std::array kShown {
    Shown {"limits.content_chars", "content_chars", "77", 77},
    Shown {"limits.message_bytes", "message_bytes", "40KiB", 40960},
    Shown {"limits.messages", "messages_burst", "7/3s", 7},
    Shown {"limits.messages", "messages_period_ms", "7/3s", 3000},
    Shown {"heartbeat.interval", "heartbeat_interval_ms", "21s", 21000},
    Shown {"heartbeat.timeout", "heartbeat_timeout_ms", "71s", 71000},
    Shown {"limits.room_name_chars", "room_name_chars", "41", 41},
    Shown {"limits.user_name_chars", "user_name_chars", "21", 21},
    Shown {"limits.json_depth", "json_depth", "5", 5},
    Shown {"limits.commands", "commands_burst", "70/4s", 70},
    Shown {"limits.commands", "commands_period_ms", "70/4s", 4000},
    Shown {"limits.messages_per_address", "messages_per_address_burst", "90/6s", 90},
    Shown {"limits.messages_per_address", "messages_per_address_period_ms", "90/6s", 6000},
    Shown {"limits.joins", "joins_burst", "33/5s", 33},
    Shown {"limits.joins", "joins_period_ms", "33/5s", 5000},
    Shown {"limits.rooms", "rooms", "12", 12},
    Shown {"limits.sessions_per_user", "sessions_per_user", "13", 13},
    Shown {"limits.connections", "connections", "140", 140},
    Shown {"limits.connections_per_address", "connections_per_address", "15", 15},
    Shown {"limits.unjoined", "unjoined", "16", 16},
    Shown {"limits.head_bytes", "head_bytes", "9KiB", 9216},
    Shown {"limits.head_fields", "head_fields", "44", 44},
    Shown {"limits.head_timeout", "head_timeout_ms", "11s", 11000},
    Shown {"limits.body_bytes", "body_bytes", "17KiB", 17408},
    Shown {"limits.body_timeout", "body_timeout_ms", "12s", 12000},
    Shown {"limits.send_queue_bytes", "send_queue_bytes", "3MiB", 3145728},
    Shown {"limits.send_stall", "send_stall_ms", "13s", 13000},
    Shown {"history.ring", "history_ring", "444", 444},
    Shown {"history.bytes", "history_bytes", "5GiB", 5368709120},
    Shown {"history.replay", "history_replay", "44", 44},
};

} // namespace

Q_DECLARE_METATYPE(Limit)

/// Every limit bites, is counted under its own name and no other, can be set, and is told to clients.
class TestLimits : public QObject
{
    Q_OBJECT

private slots:
    void bites_data();
    void bites();
    void everyLimitHasARow();
    void namesAreThoseOfTheSettings();
    void isShown_data();
    void isShown();
    void everyFigureHasARow();
    void settingsArrive();
};

void TestLimits::bites_data()
{
    QTest::addColumn<Limit>("limit");
    for (auto it = collisions().cbegin(); it != collisions().cend(); ++it)
        QTest::newRow(limitName(it.key()).constData()) << it.key();
}

void TestLimits::bites()
{
    QFETCH(Limit, limit);
    const Collision &collision = collisions()[limit];
    NetServer server(collision.adjust);
    collision.happen(server);
    if (!QTest::currentTestFailed())
        QTRY_COMPARE(server.metrics().hits(limit), 1u);
    for (int i = int(Limit::None) + 1; i < kLimitCount; ++i) {
        if (Limit(i) != limit && !collision.also.contains(Limit(i)))
            QVERIFY2(server.metrics().hits(Limit(i)) == 0, limitName(Limit(i)).constData());
    }
    QVERIFY(server.metrics().exposition().contains("parlance_limit_hits_total{limit=\"" + limitName(limit).toByteArray()
                                                   + "\"} 1\n"));
    lines().clear();
}

void TestLimits::everyLimitHasARow()
{
    for (int i = int(Limit::None) + 1; i < kLimitCount; ++i) {
        if (Limit(i) != Limit::OpenFiles) // which tst_openfiles runs into
            QVERIFY2(collisions().contains(Limit(i)), limitName(Limit(i)).constData());
    }
}

/// So that whoever sees a counter knows what to turn.
void TestLimits::namesAreThoseOfTheSettings()
{
    const QSet<Limit> fixed {Limit::OpenFiles, Limit::RequestLine, Limit::JsonKeys, Limit::Faults, Limit::Floods};
    for (int i = int(Limit::None) + 1; i < kLimitCount; ++i) {
        const QString name = QString::fromLatin1(limitName(Limit(i)));
        const QString dotted = QString(name).replace(name.indexOf(u'_'), 1, u"."_s);
        QVERIFY2(fixed.contains(Limit(i)) || findSetting(u"limits."_s + name) || findSetting(dotted), qPrintable(name));
    }
}

void TestLimits::isShown_data()
{
    QTest::addColumn<int>("row");
    for (size_t i = 0; i < kShown.size(); ++i)
        QTest::newRow(kShown[i].field) << int(i);
}

void TestLimits::isShown()
{
    QFETCH(int, row);
    const Shown &shown = kShown[size_t(row)];
    TestServer server([&shown](Config &config) {
        const Setting *setting = findSetting(QString::fromLatin1(shown.setting));
        QVERIFY(setting && setting->apply(config, QString::fromLatin1(shown.value)));
    });
    WsClient anna(server.ws(u"general"_s, u"anna"_s), WsClient::Speaks::Parlance);
    QTRY_VERIFY(!anna.events(u"welcome"_s).isEmpty());
    const QString field = QString::fromLatin1(shown.field);
    const QJsonValue welcome = anna.events(u"welcome"_s).constFirst()[u"limits"_s];
    QCOMPARE(welcome[field].toInteger(-1), shown.expected);
    RawClient client(server.port());
    client.send("GET /api/info HTTP/1.1\r\nHost: a\r\n\r\n");
    QTRY_COMPARE(readAnswers(client.received()).list.size(), 1);
    QCOMPARE(readAnswers(client.received()).list.constFirst().json()[u"limits"_s], welcome);
}

void TestLimits::everyFigureHasARow()
{
    for (const LimitField &field : kLimitFields) {
        QVERIFY2(std::any_of(kShown.begin(), kShown.end(), [&field](const Shown &s) { return field.name == QLatin1StringView(s.field); }),
                 field.name.data());
    }
}

/// What is told is also what the parts of the server are given.
void TestLimits::settingsArrive()
{
    Config config;
    for (const Shown &shown : kShown)
        QVERIFY(findSetting(QString::fromLatin1(shown.setting))->apply(config, QString::fromLatin1(shown.value)));
    const ModelLimits model = modelLimits(config);
    QCOMPARE(model.contentChars, 77);
    QCOMPARE(model.messages, (Rate {7, 3s}));
    QCOMPARE(model.joins, (Rate {33, 5s}));
    QCOMPARE(model.roomNameChars, 41);
    QCOMPARE(model.userNameChars, 21);
    QCOMPARE(model.rooms, 12);
    QCOMPARE(model.sessionsPerPerson, 13);
    QCOMPARE(model.ring, 444);
    QCOMPARE(model.historyBytes, 5368709120);
    const NetLimits net = netLimits(config);
    QCOMPARE(net.messageBytes, 40960);
    QCOMPARE(net.heartbeatInterval, 21s);
    QCOMPARE(net.heartbeatTimeout, 71s);
    QCOMPARE(net.jsonDepth, 5);
    QCOMPARE(net.commands, (Rate {70, 4s}));
    QCOMPARE(net.connections, 140);
    QCOMPARE(net.connectionsPerAddress, 15);
    QCOMPARE(net.unjoined, 16);
    QCOMPARE(net.headBytes, 9216);
    QCOMPARE(net.headFields, 44);
    QCOMPARE(net.headTimeout, 11s);
    QCOMPARE(net.bodyBytes, 17408);
    QCOMPARE(net.bodyTimeout, 12s);
    QCOMPARE(net.sendQueueBytes, 3145728);
    QCOMPARE(net.sendStall, 13s);
    QCOMPARE(net.replay, 44);
}

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_limits.moc"

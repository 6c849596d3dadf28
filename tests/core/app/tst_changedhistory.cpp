// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/chatmanager.h"
#include "support/httpanswer.h"
#include "support/rawclient.h"
#include "support/testserver.h"
#include "support/wsclient.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// Edits, deletions and reactions against a whole server, in memory and on SQLite: what each kind of client hears live,
/// after a return, over REST and after a restart, and what is left of a deleted text.
class TestChangedHistory : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void everybodyHears_data() { stores(); }
    void everybodyHears();
    void onlyTheAuthor_data() { stores(); }
    void onlyTheAuthor();
    void refusals_data();
    void refusals();
    void plainClientsMayNot();
    void aNewcomerSeesTheStateOfNow_data() { stores(); }
    void aNewcomerSeesTheStateOfNow();
    void aReturnGetsWhatItMissed_data() { stores(); }
    void aReturnGetsWhatItMissed();
    void newestFiftyAreMessages_data() { stores(); }
    void newestFiftyAreMessages();
    void overRest_data() { stores(); }
    void overRest();
    void overRestInARoomThatIsEmpty();
    void overRestAfterAKick();
    void badRestRequests_data();
    void badRestRequests();
    void ratesHold();
    void survivesARestart();
    void aDeletedTextIsGoneFromTheDisk();

private:
    void stores();
    void start(const QString &storage, const TestServer::Adjust &adjust = {});
    std::unique_ptr<WsClient> join(const QString &name, const QString &query = {});
    /// Says it; the id of the message.
    QString say(WsClient &client, const QString &content);
    HttpAnswer ask(const QByteArray &method, const QByteArray &path, const QByteArray &token = {}, const QByteArray &body = {});
    HttpAnswer messages() { return ask("GET", "/api/rooms/general/messages"); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<TestServer> m_server;
};

namespace {

QByteArray tokenOf(const WsClient &client)
{
    return client.events(u"welcome"_s).constFirst()[u"resume_token"].toString().toUtf8();
}

void change(WsClient &client, const QString &type, const QString &id, const QJsonObject &more = {})
{
    QJsonObject command = more;
    command[u"type"_s] = type;
    command[u"id"_s] = id;
    client.send(command);
}

QString codeOf(const WsClient &client)
{
    const QList<QJsonObject> errors = client.events(u"error"_s);
    return errors.isEmpty() ? QString() : errors.constLast()[u"code"].toString();
}

QStringList contentsOf(const HttpAnswer &answer)
{
    QStringList contents;
    for (const QJsonValue message : answer.json()[u"messages"].toArray())
        contents.append(message[u"content"].toString());
    return contents;
}

/// Whether \a text stands in any file below \a directory.
QStringList filesWith(const QString &directory, const QByteArray &text)
{
    QStringList found;
    for (const QFileInfo &info : QDir(directory).entryInfoList(QDir::Files | QDir::Hidden)) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text))
            found.append(info.fileName());
    }
    return found;
}

} // namespace

void TestChangedHistory::stores()
{
    QTest::addColumn<QString>("storage");
    QTest::newRow("memory") << u"memory"_s;
    QTest::newRow("sqlite") << u"sqlite"_s;
}

void TestChangedHistory::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void TestChangedHistory::cleanup()
{
    m_server.reset();
}

void TestChangedHistory::start(const QString &storage, const TestServer::Adjust &adjust)
{
    m_server = std::make_unique<TestServer>([&](Config &config) {
        config.storage = storage;
        config.dataDir = m_directory->path();
        if (adjust)
            adjust(config);
    });
}

std::unique_ptr<WsClient> TestChangedHistory::join(const QString &name, const QString &query)
{
    auto client = std::make_unique<WsClient>(m_server->ws(u"general"_s, name, query), WsClient::Speaks::Parlance);
    if (!QTest::qWaitFor([&client] { return client->events(u"history_end"_s).size() == 1; }, 10'000))
        QTest::qFail("did not come in", __FILE__, __LINE__);
    return client;
}

QString TestChangedHistory::say(WsClient &client, const QString &content)
{
    const qsizetype before = client.contents().size();
    client.say(content);
    if (!QTest::qWaitFor([&] { return client.contents().size() > before; }, 10'000))
        return {};
    return client.events(u"message"_s).constLast()[u"id"].toString();
}

HttpAnswer TestChangedHistory::ask(const QByteArray &method, const QByteArray &path, const QByteArray &token, const QByteArray &body)
{
    RawClient client(m_server->port());
    QByteArray request = method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    if (!token.isEmpty())
        request += "Authorization: Bearer " + token + "\r\n";
    if (!body.isEmpty())
        request += "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    client.send(request + "\r\n" + body);
    if (!QTest::qWaitFor([&client] { return client.isEnded(); }, 10'000))
        return {};
    const HttpAnswers answers = readAnswers(client.received());
    return answers.isClean() && answers.list.size() == 1 ? answers.list.constFirst() : HttpAnswer();
}

void TestChangedHistory::everybodyHears()
{
    QFETCH(QString, storage);
    start(storage);
    const auto anna = join(u"anna"_s);
    const auto ben = join(u"ben"_s);
    WsClient plain(m_server->ws(u"general"_s, u"plain"_s));
    const QString id = say(*anna, u"helo"_s);
    change(*anna, u"edit"_s, id, {{u"content"_s, u" hello "_s}, {u"cid"_s, u"c-1"_s}});
    QTRY_COMPARE(ben->events(u"message_edited"_s).size(), 1);
    const QJsonObject edited = ben->events(u"message_edited"_s).constFirst();
    QCOMPARE(edited[u"id"].toString(), id);
    QCOMPARE(edited[u"content"].toString(), u"hello"_s);
    QCOMPARE(edited[u"target_seq"].toInteger(), 1);
    QCOMPARE(edited[u"seq"].toInteger(), 2);
    QCOMPARE(edited[u"username"].toString(), u"anna"_s);
    QCOMPARE(anna->events(u"message_edited"_s).constFirst()[u"cid"].toString(), u"c-1"_s);
    change(*ben, u"react"_s, id, {{u"emoji"_s, u"👍"_s}});
    QTRY_COMPARE(anna->events(u"reaction"_s).size(), 1);
    QCOMPARE(anna->events(u"reaction"_s).constFirst()[u"on"].toBool(), true);
    change(*ben, u"react"_s, id, {{u"emoji"_s, u"👍"_s}, {u"on"_s, false}});
    QTRY_COMPARE(anna->events(u"reaction"_s).size(), 2);
    change(*anna, u"delete"_s, id);
    QTRY_COMPARE(ben->events(u"message_deleted"_s).size(), 1);
    QCOMPARE(ben->events(u"message_deleted"_s).constFirst()[u"seq"].toInteger(), 5);
    say(*anna, u"next"_s);
    QTRY_COMPARE(plain.contents(), (QStringList {u"helo"_s, u"next"_s}));
    for (const QJsonObject &event : plain.events())
        QVERIFY(QStringList({u"message"_s, u"user_joined"_s, u"user_left"_s}).contains(event[u"message_type"].toString()));
    QVERIFY(anna->events(u"error"_s).isEmpty() && ben->events(u"error"_s).isEmpty());
}

void TestChangedHistory::onlyTheAuthor()
{
    QFETCH(QString, storage);
    start(storage);
    auto anna = join(u"anna"_s);
    const auto ben = join(u"ben"_s);
    const QString id = say(*anna, u"mine"_s);
    change(*ben, u"edit"_s, id, {{u"content"_s, u"yours"_s}, {u"cid"_s, u"c-1"_s}});
    QTRY_COMPARE(codeOf(*ben), u"forbidden"_s);
    QCOMPARE(ben->events(u"error"_s).constLast()[u"cid"].toString(), u"c-1"_s);
    ben->clear();
    change(*ben, u"delete"_s, id);
    QTRY_COMPARE(codeOf(*ben), u"forbidden"_s);
    const QByteArray token = tokenOf(*anna);
    anna.reset();
    QTRY_COMPARE(m_server->app().chat().sessionCount(), 1);
    const auto impostor = join(u"anna"_s); // the name alone proves nothing
    change(*impostor, u"edit"_s, id, {{u"content"_s, u"yours"_s}});
    QTRY_COMPARE(codeOf(*impostor), u"forbidden"_s);
    const auto again = join(u"somebody"_s, u"resume="_s + QString::fromLatin1(token));
    change(*again, u"edit"_s, id, {{u"content"_s, u"still mine"_s}});
    QTRY_COMPARE(ben->events(u"message_edited"_s).size(), 1);
}

void TestChangedHistory::refusals_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QJsonObject>("more");
    QTest::addColumn<QString>("code");
    QTest::newRow("edit to nothing") << u"edit"_s << QJsonObject {{u"content"_s, u" \n "_s}} << u"empty"_s;
    QTest::newRow("edit too long") << u"edit"_s << QJsonObject {{u"content"_s, QString(4001, u'x')}} << u"too_long"_s;
    QTest::newRow("edit of another") << u"edit"_s << QJsonObject {{u"content"_s, u"x"_s}, {u"id"_s, u"nobody-1-1"_s}} << u"not_found"_s;
    QTest::newRow("react with a word") << u"react"_s << QJsonObject {{u"emoji"_s, u"lol"_s}} << u"bad_request"_s;
    QTest::newRow("react away") << u"react"_s << QJsonObject {{u"emoji"_s, u"👍"_s}, {u"on"_s, false}} << u"not_found"_s;
}

void TestChangedHistory::refusals()
{
    QFETCH(QString, type);
    QFETCH(QJsonObject, more);
    start(u"sqlite"_s);
    const auto anna = join(u"anna"_s);
    const QString id = say(*anna, u"x"_s);
    change(*anna, type, more.contains(u"id"_s) ? more[u"id"_s].toString() : id, more);
    QTRY_COMPARE(anna->events(u"error"_s).size(), 1);
    QTEST(codeOf(*anna), "code");
    QCOMPARE(contentsOf(messages()), QStringList {u"x"_s});
}

void TestChangedHistory::plainClientsMayNot()
{
    start(u"memory"_s);
    WsClient plain(m_server->ws(u"general"_s, u"plain"_s));
    QTRY_VERIFY(plain.isConnected() && m_server->app().chat().sessionCount() == 1);
    const QString id = say(plain, u"x"_s);
    change(plain, u"delete"_s, id);
    QTRY_COMPARE(codeOf(plain), u"unknown_type"_s);
    QCOMPARE(contentsOf(messages()), QStringList {u"x"_s});
}

void TestChangedHistory::aNewcomerSeesTheStateOfNow()
{
    QFETCH(QString, storage);
    start(storage);
    const auto anna = join(u"anna"_s);
    const QString first = say(*anna, u"one"_s);
    const QString second = say(*anna, u"two"_s);
    change(*anna, u"edit"_s, first, {{u"content"_s, u"ONE"_s}});
    change(*anna, u"react"_s, first, {{u"emoji"_s, u"🎉"_s}});
    change(*anna, u"delete"_s, second);
    QTRY_COMPARE(anna->events(u"message_deleted"_s).size(), 1);
    const auto ben = join(u"ben"_s);
    const QList<QJsonObject> seen = ben->events(u"message"_s);
    QCOMPARE(seen.size(), 2);
    QCOMPARE(seen.at(0)[u"content"].toString(), u"ONE"_s);
    QVERIFY(!seen.at(0)[u"edited"].toString().isEmpty());
    QCOMPARE(seen.at(0)[u"reactions"].toArray().at(0)[u"users"].toArray(), QJsonArray {u"anna"_s});
    QVERIFY(seen.at(1)[u"deleted"].toBool());
    QCOMPARE(seen.at(1)[u"content"].toString(), QString());
    QCOMPARE(ben->events(u"history_end"_s).constFirst()[u"to"].toInteger(), 5);
    WsClient plain(m_server->ws(u"general"_s, u"plain"_s));
    QTRY_COMPARE(plain.contents(), QStringList {u"ONE"_s});
    say(*anna, u"three"_s);
    QTRY_COMPARE(plain.contents(), (QStringList {u"ONE"_s, u"three"_s}));
}

void TestChangedHistory::aReturnGetsWhatItMissed()
{
    QFETCH(QString, storage);
    start(storage);
    const auto anna = join(u"anna"_s);
    const QString first = say(*anna, u"one"_s);
    const QString epoch = anna->events(u"welcome"_s).constFirst()[u"epoch"].toString();
    change(*anna, u"edit"_s, first, {{u"content"_s, u"secret"_s}});
    change(*anna, u"react"_s, first, {{u"emoji"_s, u"🎉"_s}});
    change(*anna, u"delete"_s, first);
    say(*anna, u"two"_s);
    const auto ben = join(u"ben"_s, u"since=1&epoch="_s + epoch);
    QStringList types;
    QList<qint64> seqs;
    for (const QJsonObject &event : ben->events()) {
        if (!event.contains(u"seq"_s))
            continue;
        types.append(event[u"message_type"].toString());
        seqs.append(event[u"seq"].toInteger());
        QVERIFY(!QJsonDocument(event).toJson().contains("secret"));
    }
    QCOMPARE(types, (QStringList {u"message_deleted"_s, u"reaction"_s, u"message_deleted"_s, u"message"_s}));
    QCOMPARE(seqs, (QList<qint64> {2, 3, 4, 5}));
}

void TestChangedHistory::newestFiftyAreMessages()
{
    QFETCH(QString, storage);
    start(storage);
    const auto anna = join(u"anna"_s);
    QString last;
    for (int i = 1; i <= 60; ++i)
        last = say(*anna, QString::number(i));
    for (int i = 0; i < 60; ++i)
        change(*anna, u"react"_s, last, {{u"emoji"_s, u"🎉"_s}, {u"on"_s, i % 2 == 0}});
    QTRY_COMPARE(anna->events(u"reaction"_s).size(), 60);
    WsClient plain(m_server->ws(u"general"_s, u"plain"_s));
    QTRY_COMPARE(plain.contents().size(), 50);
    QCOMPARE(plain.contents().constFirst(), u"11"_s);
    const QStringList overRest = contentsOf(messages());
    QCOMPARE(overRest.size(), 50);
    QCOMPARE(overRest.constFirst(), u"11"_s);
}

void TestChangedHistory::overRest()
{
    QFETCH(QString, storage);
    start(storage);
    const auto anna = join(u"anna"_s);
    const auto ben = join(u"ben"_s);
    const QByteArray id = say(*anna, u"one"_s).toUtf8();
    const QByteArray path = "/api/rooms/general/messages/" + id;
    const QByteArray reaction = path + "/reactions/%F0%9F%91%8D";
    HttpAnswer answer = ask("PATCH", path, tokenOf(*anna), R"({"content":"two","cid":"c-1"})");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.json()[u"content"].toString(), u"two"_s);
    QCOMPARE(answer.json()[u"seq"].toInteger(), 2);
    QCOMPARE(ask("PATCH", path, tokenOf(*anna), R"({"content":"two","cid":"c-1"})").json(), answer.json()); // repeated
    QCOMPARE(ask("PATCH", path, tokenOf(*anna), R"({"content":"x","cid":"c-1"})").status, 200); // an edit's text is not kept to be compared
    QCOMPARE(ask("PATCH", path, tokenOf(*ben), R"({"content":"x"})").status, 403);
    QCOMPARE(ask("PUT", reaction, tokenOf(*ben)).json()[u"emoji"].toString(), u"👍"_s);
    QTRY_COMPARE(anna->events(u"reaction"_s).size(), 1);
    QCOMPARE(messages().json()[u"messages"][0][u"reactions"][0][u"users"].toArray(), QJsonArray {u"ben"_s});
    QCOMPARE(ask("DELETE", reaction, tokenOf(*ben)).json()[u"on"].toBool(true), false);
    QCOMPARE(ask("DELETE", reaction, tokenOf(*ben)).status, 404);
    QCOMPARE(ask("DELETE", path, tokenOf(*ben)).status, 403);
    QCOMPARE(ask("DELETE", path, tokenOf(*anna)).json()[u"message_type"].toString(), u"message_deleted"_s);
    QCOMPARE(ask("DELETE", path, tokenOf(*anna)).status, 404);
    QTRY_COMPARE(ben->events(u"message_deleted"_s).size(), 1);
    QVERIFY(contentsOf(messages()).isEmpty());
}

void TestChangedHistory::overRestInARoomThatIsEmpty()
{
    start(u"sqlite"_s);
    auto anna = join(u"anna"_s);
    const QByteArray token = tokenOf(*anna);
    const QByteArray path = "/api/rooms/general/messages/" + say(*anna, u"one"_s).toUtf8();
    anna.reset();
    QTRY_COMPARE(m_server->app().chat().roomCount(), 0);
    QCOMPARE(ask("PATCH", path, token, R"({"content":"two"})").status, 200);
    QCOMPARE(ask("PUT", path + "/reactions/%F0%9F%91%8D", token).status, 404); // not_joined
    QCOMPARE(contentsOf(messages()), QStringList {u"two"_s});
    const auto again = join(u"anna"_s);
    QCOMPARE(again->contents(), QStringList {u"two"_s});
    QCOMPARE(again->events(u"welcome"_s).constFirst()[u"head"].toInteger(), 2);
}

/// Who was sent out may not speak through old messages, but may take them back.
void TestChangedHistory::overRestAfterAKick()
{
    start(u"sqlite"_s);
    const auto anna = join(u"anna"_s);
    const QByteArray token = tokenOf(*anna);
    const QByteArray path = "/api/rooms/general/messages/" + say(*anna, u"one"_s).toUtf8();
    QVERIFY(m_server->app().chat().kick(parseRoomName(u"general"_s).value(), parseUserName(u"anna"_s).value(), {}, Clock::Millis(60'000)));
    QTRY_VERIFY(anna->isClosed());
    QCOMPARE(ask("PATCH", path, token, R"({"content":"rude"})").json()[u"error"][u"code"].toString(), u"kicked"_s);
    QCOMPARE(contentsOf(messages()), QStringList {u"one"_s});
    QCOMPARE(ask("DELETE", path, token).status, 200);
    QVERIFY(contentsOf(messages()).isEmpty());
}

void TestChangedHistory::badRestRequests_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const QByteArray token(43, 'A');
    const QByteArray path = "/api/rooms/general/messages/x-1-1";
    QTest::newRow("no token") << QByteArray("DELETE") << path << QByteArray() << QByteArray() << 401;
    QTest::newRow("no token's form") << QByteArray("DELETE") << path << QByteArray("abc") << QByteArray() << 401;
    QTest::newRow("no body") << QByteArray("PATCH") << path << token << QByteArray() << 400;
    QTest::newRow("no object") << QByteArray("PATCH") << path << token << QByteArray("[1]") << 400;
    QTest::newRow("no content") << QByteArray("PATCH") << path << token << QByteArray("{}") << 400;
    QTest::newRow("empty content") << QByteArray("PATCH") << path << token << QByteArray(R"({"content":""})") << 400;
    QTest::newRow("bad cid") << QByteArray("PATCH") << path << token << QByteArray(R"({"content":"x","cid":""})") << 400;
    QTest::newRow("bad room") << QByteArray("DELETE") << QByteArray("/api/rooms/%20/messages/x") << token << QByteArray() << 400;
    QTest::newRow("unknown room") << QByteArray("DELETE") << QByteArray("/api/rooms/nowhere/messages/x-1-1") << token << QByteArray() << 404;
    QTest::newRow("no id") << QByteArray("DELETE") << QByteArray("/api/rooms/general/messages/x") << token << QByteArray() << 404;
    QTest::newRow("no emoji") << QByteArray("PUT") << path + "/reactions/lol" << token << QByteArray() << 400;
    QTest::newRow("post") << QByteArray("POST") << path << token << QByteArray() << 405;
}

void TestChangedHistory::badRestRequests()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, body);
    start(u"sqlite"_s);
    const HttpAnswer answer = ask(method, path, token, body);
    QTEST(answer.status, "status");
    QVERIFY(!answer.json()[u"error"][u"code"].toString().isEmpty());
    QCOMPARE(m_server->app().chat().roomCount(), 0);
}

void TestChangedHistory::ratesHold()
{
    start(u"memory"_s, [](Config &config) { config.limits.messages = {3, std::chrono::seconds(60)}; });
    const auto anna = join(u"anna"_s);
    const QString id = say(*anna, u"x"_s);
    for (int i = 0; i < 5; ++i)
        change(*anna, u"edit"_s, id, {{u"content"_s, QString::number(i)}});
    QTRY_COMPARE(anna->events(u"error"_s).size(), 3);
    QCOMPARE(codeOf(*anna), u"rate_limited"_s);
    QCOMPARE(ask("PATCH", "/api/rooms/general/messages/" + id.toUtf8(), tokenOf(*anna), R"({"content":"two"})").status, 429);
}

void TestChangedHistory::survivesARestart()
{
    start(u"sqlite"_s);
    auto anna = join(u"anna"_s);
    const QByteArray token = tokenOf(*anna);
    const QString id = say(*anna, u"one"_s);
    change(*anna, u"edit"_s, id, {{u"content"_s, u"two"_s}});
    change(*anna, u"react"_s, id, {{u"emoji"_s, u"🎉"_s}});
    QTRY_COMPARE(anna->events(u"reaction"_s).size(), 1);
    m_server->restart();
    const auto again = join(u"anna"_s, u"resume="_s + QString::fromLatin1(token));
    QCOMPARE(again->contents(), QStringList {u"two"_s});
    QCOMPARE(messages().json()[u"messages"][0][u"reactions"][0][u"emoji"].toString(), u"🎉"_s);
    change(*again, u"delete"_s, id);
    QTRY_COMPARE(again->events(u"message_deleted"_s).size(), 1);
    QCOMPARE(again->events(u"message_deleted"_s).constLast()[u"seq"].toInteger(), 4);
}

void TestChangedHistory::aDeletedTextIsGoneFromTheDisk()
{
    start(u"sqlite"_s);
    const auto anna = join(u"anna"_s);
    for (int i = 0; i < 50; ++i)
        say(*anna, u"around %1"_s.arg(i));
    const QString id = say(*anna, u"watchword sesame"_s);
    const QString other = say(*anna, u"formerly zanzibar"_s);
    QTRY_VERIFY(!filesWith(m_directory->path(), "sesame").isEmpty());
    change(*anna, u"delete"_s, id);
    change(*anna, u"edit"_s, other, {{u"content"_s, u"nothing to see"_s}});
    QTRY_COMPARE_WITH_TIMEOUT(filesWith(m_directory->path(), "sesame"), QStringList(), 10'000); // while the server runs
    QTRY_COMPARE_WITH_TIMEOUT(filesWith(m_directory->path(), "zanzibar"), QStringList(), 10'000);
    QVERIFY(!filesWith(m_directory->path(), "nothing to see").isEmpty());
}

QTEST_GUILESS_MAIN(TestChangedHistory)
#include "tst_changedhistory.moc"

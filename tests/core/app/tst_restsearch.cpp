// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpanswer.h"
#include "support/rawclient.h"
#include "support/testserver.h"
#include "support/wsclient.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// Search over REST, against a whole server, in memory and on SQLite.
class TestRestSearch : public QObject
{
    Q_OBJECT

private slots:
    void hits_data();
    void hits();
    void leadsToItsPlace();
    void badRequests_data();
    void badRequests();

private:
    void start(const QString &storage);
    void say(const QString &room, const QStringList &contents);
    HttpAnswer get(const QString &path);
    /// Asks until something is found.
    QJsonObject find(const QString &path);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<TestServer> m_server;
};

void TestRestSearch::start(const QString &storage)
{
    m_server.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<TestServer>([&](Config &config) {
        config.storage = storage;
        config.dataDir = m_directory->path();
        config.history.ring = 20;
    });
}

void TestRestSearch::say(const QString &room, const QStringList &contents)
{
    auto *client = new WsClient(m_server->ws(room, u"anna"_s), WsClient::Speaks::Parlance);
    client->setParent(this); // stays in the room, which in memory is forgotten with the last
    QTRY_COMPARE(client->events(u"history_end"_s).size(), 1);
    for (const QString &content : contents)
        client->say(content);
    QTRY_COMPARE_WITH_TIMEOUT(client->contents().size(), contents.size(), 20'000);
}

HttpAnswer TestRestSearch::get(const QString &path)
{
    RawClient client(m_server->port());
    client.send("GET " + QUrl(path).toEncoded(QUrl::FullyEncoded) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    if (!QTest::qWaitFor([&client] { return client.isEnded(); }, 10'000))
        return {};
    const HttpAnswers answers = readAnswers(client.received());
    return answers.isClean() && answers.list.size() == 1 ? answers.list.constFirst() : HttpAnswer();
}

QJsonObject TestRestSearch::find(const QString &path)
{
    QJsonObject found;
    const bool isFound = QTest::qWaitFor([&] {
        const HttpAnswer answer = get(path);
        found = answer.json();
        return answer.status == 200 && !found[u"hits"].toArray().isEmpty();
    }, 10'000);
    return isFound ? found : QJsonObject();
}

void TestRestSearch::hits_data()
{
    QTest::addColumn<QString>("storage");
    QTest::newRow("memory") << u"memory"_s;
    QTest::newRow("sqlite") << u"sqlite"_s;
}

void TestRestSearch::hits()
{
    QFETCH(QString, storage);
    start(storage);
    say(u"general"_s, {u"😀 Привет, мир"_s, u"something else"_s});
    say(u"tea time"_s, {u"привет"_s});
    const QJsonObject one = find(u"/api/rooms/general/search?q=ПРИВЕТ"_s);
    QCOMPARE(one[u"hits"].toArray().size(), 1);
    const QJsonObject hit = one[u"hits"][0].toObject();
    QCOMPARE(hit[u"room"].toString(), u"general"_s);
    QCOMPARE(hit[u"seq"].toInteger(), 1);
    QCOMPARE(hit[u"username"].toString(), u"anna"_s);
    QVERIFY(!hit[u"id"].toString().isEmpty() && !hit[u"timestamp"].toString().isEmpty());
    QCOMPARE(hit[u"snippet"].toString(), u"😀 Привет, мир"_s);
    QCOMPARE(hit[u"marks"].toArray(), (QJsonArray {QJsonArray {2, 8}})); // in code points
    QTRY_COMPARE(find(u"/api/search?q=привет"_s)[u"hits"].toArray().size(), 2);
    const QJsonObject bounded = find(u"/api/search?q=привет&limit=1"_s);
    QCOMPARE(bounded[u"hits"].toArray().size(), 1);
    QVERIFY(bounded[u"has_more"].toBool());
    QVERIFY(get(u"/api/search?q=nothing"_s).json()[u"hits"].toArray().isEmpty());
    QVERIFY(get(u"/api/rooms/nowhere/search?q=привет"_s).json()[u"hits"].toArray().isEmpty());
}

/// What a client does who jumps to a hit.
void TestRestSearch::leadsToItsPlace()
{
    start(u"sqlite"_s);
    QStringList contents;
    for (int i = 1; i <= 200; ++i)
        contents.append(i == 77 ? u"the needle"_s : u"hay %1"_s.arg(i));
    say(u"general"_s, contents);
    const qint64 seq = find(u"/api/search?q=needle"_s)[u"hits"][0][u"seq"].toInteger();
    QCOMPARE(seq, 77);
    const QJsonArray around = get(u"/api/rooms/general/messages?after=%1&limit=5"_s.arg(seq - 3)).json()[u"messages"].toArray();
    QCOMPARE(around.size(), 5);
    QCOMPARE(around[2][u"content"].toString(), u"the needle"_s);
    QCOMPARE(around[0][u"content"].toString(), u"hay 75"_s);
}

void TestRestSearch::badRequests_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("field");
    QTest::newRow("no q") << u"/api/search"_s << u"q"_s;
    QTest::newRow("empty q") << u"/api/search?q="_s << u"q"_s;
    QTest::newRow("no word") << u"/api/search?q=%20%3F%21"_s << u"q"_s;
    QTest::newRow("long q") << u"/api/search?q="_s + u"x"_s.repeated(201) << u"q"_s;
    QTest::newRow("limit 0") << u"/api/search?q=x&limit=0"_s << u"limit"_s;
    QTest::newRow("limit 101") << u"/api/search?q=x&limit=101"_s << u"limit"_s;
    QTest::newRow("limit no number") << u"/api/rooms/general/search?q=x&limit=a"_s << u"limit"_s;
    QTest::newRow("bad room") << u"/api/rooms/%20/search?q=x"_s << u"room"_s;
}

void TestRestSearch::badRequests()
{
    QFETCH(QString, path);
    start(u"memory"_s);
    const HttpAnswer answer = get(path);
    QCOMPARE(answer.status, 400);
    QTEST(answer.json()[u"error"][u"field"].toString(), "field");
}

QTEST_GUILESS_MAIN(TestRestSearch)
#include "tst_restsearch.moc"

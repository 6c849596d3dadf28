// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/chatmanager.h"
#include "storage/sqlconnection.h"
#include "support/httpanswer.h"
#include "support/rawclient.h"
#include "support/testserver.h"
#include "support/wsclient.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// A whole server on SQLite: what a client finds after a restart, and of what the server has not at hand.
class TestStoredHistory : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void historySurvivesARestart();
    void resumeOverTheRestart();
    void resumeFromFarBelowTheRing();
    void whatIsSaidMeanwhileComesOnceAndLast();
    void plainClientGetsTheNewestFifty();
    void resyncWhenAhead();
    void aRestOfPages_data();
    void aRestOfPages();
    void aRoomThatNobodyIsIn();
    void pagesWalkThroughAllOfIt();
    void severalRequestsInOneGo();
    void badPages_data();
    void badPages();
    void gonePeopleAreForgottenBeforeTheAnswer();
    void aLockedDatabaseIsTold();

private:
    /// Posts \a count messages into general, straight through the chat, from one person.
    void fill(int count);
    HttpAnswer get(const QByteArray &path);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<WsClient> m_author;
};

namespace {

QList<qint64> seqsOf(const QList<QJsonObject> &messages)
{
    QList<qint64> seqs;
    for (const QJsonObject &message : messages)
        seqs.append(message[u"seq"].toInteger());
    return seqs;
}

QList<qint64> seqsOf(const HttpAnswer &answer)
{
    QList<qint64> seqs;
    const QJsonArray messages = answer.json()[u"messages"].toArray();
    for (const QJsonValue &message : messages)
        seqs.append(message[u"seq"].toInteger());
    return seqs;
}

QList<qint64> numbers(qint64 first, qint64 last)
{
    QList<qint64> list;
    for (qint64 number = first; number <= last; ++number)
        list.append(number);
    return list;
}

} // namespace

void TestStoredHistory::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    m_server = std::make_unique<TestServer>([this](Config &config) {
        config.storage = u"sqlite"_s;
        config.dataDir = m_directory->path();
        config.history.ring = 10;
    });
}

void TestStoredHistory::cleanup()
{
    m_author.reset();
    m_server.reset();
}

void TestStoredHistory::fill(int count)
{
    m_author = std::make_unique<WsClient>(m_server->ws(u"general"_s, u"author"_s), WsClient::Speaks::Parlance);
    QTRY_COMPARE(m_author->events(u"history_end"_s).size(), 1);
    const qsizetype before = m_author->events(u"message"_s).size();
    for (int i = 1; i <= count; ++i)
        m_author->say(QString::number(i));
    QTRY_COMPARE_WITH_TIMEOUT(m_author->events(u"message"_s).size(), before + count, 20'000);
}

HttpAnswer TestStoredHistory::get(const QByteArray &path)
{
    RawClient client(m_server->port());
    client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    if (!QTest::qWaitFor([&client] { return client.isEnded(); }, 10'000))
        return {};
    const HttpAnswers answers = readAnswers(client.received());
    return answers.isClean() && answers.list.size() == 1 ? answers.list.constFirst() : HttpAnswer();
}

void TestStoredHistory::historySurvivesARestart()
{
    fill(5);
    const QList<QJsonObject> before = m_author->events(u"message"_s);
    m_server->restart();
    WsClient reader(m_server->ws(u"general"_s, u"reader"_s));
    QTRY_COMPARE(reader.events(u"message"_s).size(), 5);
    QCOMPARE(reader.events(u"message"_s), before); // the same, id and time and all
    const HttpAnswer health = get("/healthz");
    QCOMPARE(health.json()[u"durability"].toString(), u"durable"_s);
}

void TestStoredHistory::resumeOverTheRestart()
{
    fill(30);
    const QString epoch = m_author->events(u"welcome"_s).constFirst()[u"epoch"].toString();
    m_server->restart();
    WsClient reader(m_server->ws(u"general"_s, u"reader"_s, u"since=7&epoch="_s + epoch), WsClient::Speaks::Parlance);
    QTRY_COMPARE(reader.events(u"history_end"_s).size(), 1);
    QVERIFY(reader.events(u"resync"_s).isEmpty());
    QCOMPARE(seqsOf(reader.events(u"message"_s)), numbers(8, 30));
    const QJsonObject end = reader.events(u"history_end"_s).constFirst();
    QCOMPARE(end[u"from"].toInteger(), 8);
    QCOMPARE(end[u"to"].toInteger(), 30);
    QVERIFY(end[u"complete"].toBool());
}

void TestStoredHistory::resumeFromFarBelowTheRing()
{
    fill(5'000);
    const QString epoch = m_author->events(u"welcome"_s).constFirst()[u"epoch"].toString();
    for (const int since : {0, 1, 2'345, 4'989, 4'990, 4'999, 5'000}) {
        WsClient reader(m_server->ws(u"general"_s, u"reader"_s, u"since=%1&epoch=%2"_s.arg(since).arg(epoch)),
                        WsClient::Speaks::Parlance);
        QTRY_COMPARE_WITH_TIMEOUT(reader.events(u"history_end"_s).size(), 1, 20'000);
        QVERIFY(reader.events(u"resync"_s).isEmpty());
        QCOMPARE(seqsOf(reader.events(u"message"_s)), numbers(since + 1, 5'000));
    }
}

void TestStoredHistory::whatIsSaidMeanwhileComesOnceAndLast()
{
    fill(3'000);
    const QString epoch = m_author->events(u"welcome"_s).constFirst()[u"epoch"].toString();
    WsClient reader(m_server->ws(u"general"_s, u"reader"_s, u"since=1&epoch="_s + epoch), WsClient::Speaks::Parlance);
    for (int i = 0; i < 200; ++i) {
        m_author->say(u"meanwhile"_s);
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE_WITH_TIMEOUT(reader.events(u"message"_s).size(), 3'199, 20'000);
    QCOMPARE(seqsOf(reader.events(u"message"_s)), numbers(2, 3'200));
}

void TestStoredHistory::plainClientGetsTheNewestFifty()
{
    fill(120);
    WsClient reader(m_server->ws(u"general"_s, u"reader"_s)); // the ring has ten of them
    QTRY_COMPARE(reader.events(u"message"_s).size(), 50);
    QCOMPARE(seqsOf(reader.events(u"message"_s)), numbers(71, 120));
    m_author->say(u"live"_s);
    QTRY_COMPARE(reader.contents().constLast(), u"live"_s);
}

void TestStoredHistory::resyncWhenAhead()
{
    fill(120);
    const QString epoch = m_author->events(u"welcome"_s).constFirst()[u"epoch"].toString();
    WsClient reader(m_server->ws(u"general"_s, u"reader"_s, u"since=121&epoch="_s + epoch), WsClient::Speaks::Parlance);
    QTRY_COMPARE(reader.events(u"history_end"_s).size(), 1);
    QCOMPARE(reader.events(u"resync"_s).constFirst()[u"reason"].toString(), u"ahead"_s);
    QCOMPARE(seqsOf(reader.events(u"message"_s)), numbers(71, 120));
    QVERIFY(!reader.events(u"history_end"_s).constFirst()[u"complete"].toBool());
}

void TestStoredHistory::aRestOfPages_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QList<qint64>>("seqs");
    QTest::addColumn<bool>("more");
    // The room is at 100, its ring holds 91 to 100.
    QTest::newRow("newest, at hand") << QByteArray("limit=5") << numbers(96, 100) << true;
    QTest::newRow("newest, the whole ring") << QByteArray("limit=10") << numbers(91, 100) << true;
    QTest::newRow("newest, beyond the ring") << QByteArray("limit=11") << numbers(90, 100) << true;
    QTest::newRow("without a limit") << QByteArray() << numbers(51, 100) << true;
    QTest::newRow("all") << QByteArray("limit=1000") << numbers(1, 100) << false;
    QTest::newRow("before") << QByteArray("before=91&limit=3") << numbers(88, 90) << true;
    QTest::newRow("before, at hand") << QByteArray("before=99&limit=3") << numbers(96, 98) << true;
    QTest::newRow("before the first") << QByteArray("before=1&limit=3") << numbers(1, 0) << false;
    QTest::newRow("the oldest") << QByteArray("before=4&limit=3") << numbers(1, 3) << false;
    QTest::newRow("after") << QByteArray("after=3&limit=3") << numbers(4, 6) << true;
    QTest::newRow("after nothing") << QByteArray("after=0&limit=2") << numbers(1, 2) << true;
    QTest::newRow("after, at hand") << QByteArray("after=97&limit=3") << numbers(98, 100) << false;
    QTest::newRow("after, nearly the end") << QByteArray("after=96&limit=3") << numbers(97, 99) << true;
    QTest::newRow("after the head") << QByteArray("after=100") << numbers(1, 0) << false;
    QTest::newRow("between") << QByteArray("after=10&before=14") << numbers(11, 13) << false;
    QTest::newRow("far beyond") << QByteArray("after=18446744073709551615") << numbers(1, 0) << false;
}

void TestStoredHistory::aRestOfPages()
{
    QFETCH(QByteArray, query);
    QFETCH(QList<qint64>, seqs);
    QFETCH(bool, more);
    fill(100);
    const HttpAnswer answer = get("/api/rooms/general/messages?" + query);
    QCOMPARE(answer.status, 200);
    QCOMPARE(seqsOf(answer), seqs);
    QCOMPARE(answer.json()[u"head"].toInteger(), 100);
    QCOMPARE(answer.json()[u"has_more"].toBool(), more);
    QCOMPARE(answer.json()[u"epoch"].toString(), m_author->events(u"welcome"_s).constFirst()[u"epoch"].toString());
}

void TestStoredHistory::aRoomThatNobodyIsIn()
{
    fill(20);
    const QString epoch = m_author->events(u"welcome"_s).constFirst()[u"epoch"].toString();
    m_author.reset();
    QTRY_VERIFY(get("/api/rooms").json()[u"rooms"].toArray().isEmpty());
    const HttpAnswer answer = get("/api/rooms/GENERAL/messages?limit=2");
    QCOMPARE(seqsOf(answer), numbers(19, 20));
    QCOMPARE(answer.json()[u"epoch"].toString(), epoch);
    QVERIFY(answer.json()[u"has_more"].toBool());
    const HttpAnswer nowhere = get("/api/rooms/nowhere/messages");
    QCOMPARE(nowhere.status, 200);
    QVERIFY(nowhere.json()[u"messages"].toArray().isEmpty());
    QCOMPARE(nowhere.json()[u"head"].toInteger(), 0);
}

void TestStoredHistory::pagesWalkThroughAllOfIt()
{
    fill(1'000);
    QList<qint64> seen;
    QByteArray before;
    for (;;) {
        const HttpAnswer answer = get("/api/rooms/general/messages?limit=77" + before);
        seen = seqsOf(answer) + seen;
        if (!answer.json()[u"has_more"].toBool())
            break;
        before = "&before=" + QByteArray::number(seen.constFirst());
    }
    QCOMPARE(seen, numbers(1, 1'000));
}

void TestStoredHistory::severalRequestsInOneGo()
{
    fill(100);
    const QByteArray head = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    RawClient client(m_server->port());
    client.send("GET /api/rooms/general/messages?before=20&limit=1" + head + "GET /healthz" + head
                + "HEAD /api/rooms/general/messages?before=30&limit=1" + head
                + "GET /api/rooms/general/messages?before=40&limit=1" + head);
    QTRY_COMPARE(readAnswers(client.received(), {"GET", "GET", "HEAD", "GET"}).list.size(), 4);
    const HttpAnswers answers = readAnswers(client.received(), {"GET", "GET", "HEAD", "GET"});
    QVERIFY2(answers.isClean(), qPrintable(answers.fault));
    QCOMPARE(seqsOf(answers.list.at(0)), numbers(19, 19));
    QCOMPARE(answers.list.at(1).json()[u"status"].toString(), u"ok"_s);
    QVERIFY(answers.list.at(2).body.isEmpty());
    QCOMPARE(seqsOf(answers.list.at(3)), numbers(39, 39));
}

void TestStoredHistory::badPages_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("field");
    QTest::newRow("limit") << QByteArray("limit=0") << u"limit"_s;
    QTest::newRow("before") << QByteArray("before=0") << u"before"_s;
    QTest::newRow("negative") << QByteArray("after=-1") << u"after"_s;
    QTest::newRow("no number") << QByteArray("after=x") << u"after"_s;
    QTest::newRow("too large") << QByteArray("before=18446744073709551616") << u"before"_s;
    QTest::newRow("empty") << QByteArray("after=") << u"after"_s;
}

void TestStoredHistory::badPages()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, field);
    const HttpAnswer answer = get("/api/rooms/general/messages?" + query);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.errorField(), field);
}

/// Who goes while the store looks for something is not missed, and the server lives on.
void TestStoredHistory::gonePeopleAreForgottenBeforeTheAnswer()
{
    fill(3'000);
    const QString epoch = m_author->events(u"welcome"_s).constFirst()[u"epoch"].toString();
    for (int i = 0; i < 20; ++i) {
        RawClient rest(m_server->port());
        rest.send("GET /api/rooms/general/messages?before=2000&limit=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        WsClient reader(m_server->ws(u"general"_s, u"reader"_s, u"since=1&epoch="_s + epoch), WsClient::Speaks::Parlance);
        for (int turn = 0; turn <= i; ++turn)
            QCoreApplication::processEvents();
    }
    QTRY_COMPARE(m_server->app().chat().sessionCount(), 1);
    QCOMPARE(get("/healthz").status, 200);
}

/// The sender gets an error with the cid, monitoring sees it, nobody sees the message, and it all ends by itself.
void TestStoredHistory::aLockedDatabaseIsTold()
{
    fill(3);
    WsClient reader(m_server->ws(u"general"_s, u"reader"_s));
    QTRY_COMPARE(reader.events(u"message"_s).size(), 3);
    QCOMPARE(get("/readyz").status, 200);
    SqlSource source;
    source.database = m_directory->filePath(u"parlance.db"_s);
    const std::unique_ptr<SqlConnection> other =
        SqlConnection::open(source, SqlConnection::Access::ReadWrite).take();
    {
        SqlTransaction lock(*other);
        QVERIFY(lock.begin(SqlTransaction::Kind::Write));
        m_author->say(u"in vain"_s, u"c-locked"_s);
        QTRY_COMPARE(m_author->events(u"error"_s).size(), 1);
        const QJsonObject error = m_author->events(u"error"_s).constFirst();
        QCOMPARE(error[u"code"].toString(), u"unavailable"_s);
        QCOMPARE(error[u"cid"].toString(), u"c-locked"_s);
        QVERIFY(error[u"retry_after_ms"].toInt() > 0);
        const HttpAnswer health = get("/healthz");
        QCOMPARE(health.status, 200);
        QCOMPARE(health.json()[u"status"].toString(), u"degraded"_s);
        QCOMPARE(health.json()[u"storage"].toString(), u"unavailable"_s);
        QCOMPARE(get("/readyz").status, 503);
        QCOMPARE(seqsOf(get("/api/rooms/general/messages?before=3")), numbers(1, 2)); // reading goes on
    }
    m_author->say(u"in vain"_s, u"c-locked"_s);
    QTRY_COMPARE(reader.events(u"message"_s).size(), 4);
    QCOMPARE(reader.contents().constLast(), u"in vain"_s);
    QTRY_COMPARE(get("/readyz").status, 200);
    QCOMPARE(get("/healthz").json()[u"status"].toString(), u"ok"_s);
}

QTEST_GUILESS_MAIN(TestStoredHistory)
#include "tst_storedhistory.moc"

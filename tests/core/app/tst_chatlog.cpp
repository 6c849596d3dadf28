// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chatlog/logentries.h"
#include "storage/sqlconnection.h"
#include "support/rawclient.h"
#include "support/testserver.h"
#include "support/wsclient.h"
#include "upkeep/backup.h"
#include "upkeep/restore.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// A whole server that writes chat logs: they become the history, whatever happens meanwhile.
class TestChatLog : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void everythingHasItsLine();
    void aDeletedTextIsGone();
    void switchedOnLater();
    void whatIsMissingIsAdded();
    void roomsOfOneNameAreOne();
    void roomsThatWouldShareAFolder();
    void goesOnWhenItCanBeWrittenAgain();
    void anotherHistoryBeginsAnotherLog();

private:
    void serve(bool isLogged = true);
    std::unique_ptr<WsClient> join(const QString &room, const QString &name);
    /// Says it, and waits for the acknowledgement.
    void say(WsClient &client, const QStringList &contents);
    QString logs() const { return m_directory->filePath(u"chat_logs"_s); }
    /// "seq content" of each line of a room, of other events "seq type".
    QStringList lines(const QString &folder) const;
    QByteArray get(const QByteArray &path);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<TestServer> m_server;
};

void TestChatLog::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void TestChatLog::cleanup()
{
    m_server.reset();
}

void TestChatLog::serve(bool isLogged)
{
    m_server.reset();
    m_server = std::make_unique<TestServer>([this, isLogged](Config &config) {
        config.storage = u"sqlite"_s;
        config.dataDir = m_directory->path();
        config.history.ring = 10;
        config.chatLogs.enabled = isLogged;
    });
}

std::unique_ptr<WsClient> TestChatLog::join(const QString &room, const QString &name)
{
    auto client = std::make_unique<WsClient>(m_server->ws(room, name), WsClient::Speaks::Parlance);
    [&] { QTRY_COMPARE(client->events(u"history_end"_s).size(), 1); }();
    client->clear();
    return client;
}

void TestChatLog::say(WsClient &client, const QStringList &contents)
{
    const qsizetype before = client.events(u"message"_s).size();
    for (const QString &content : contents)
        client.say(content);
    QTRY_COMPARE(client.events(u"message"_s).size(), before + contents.size());
}

QStringList TestChatLog::lines(const QString &folder) const
{
    QStringList lines;
    for (const QByteArray &line : everythingIn(logs() + u'/' + folder).split('\n')) {
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        const QString type = entry.value("message_type"_L1).toString();
        if (!line.isEmpty())
            lines.append(u"%1 %2"_s.arg(entry.value("seq"_L1).toInt()).arg(type == u"message" ? entry.value("content"_L1).toString() : type));
    }
    return lines;
}

QByteArray TestChatLog::get(const QByteArray &path)
{
    RawClient client(m_server->port());
    client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    return QTest::qWaitFor([&client] { return client.isEnded(); }, 10'000) ? client.received() : QByteArray();
}

void TestChatLog::everythingHasItsLine()
{
    serve();
    const auto anna = join(u"general"_s, u"anna"_s);
    say(*anna, {u"one"_s, u"two"_s});
    anna->send({{"type"_L1, "react"_L1}, {"id"_L1, anna->events(u"message"_s).constFirst().value("id"_L1)}, {"emoji"_L1, u"👍"_s}, {"on"_L1, true}});
    QTRY_COMPARE(lines(u"general"_s), (QStringList {u"1 one"_s, u"2 two"_s, u"3 reaction"_s}));
    const auto ben = join(u"Кухня .."_s, u"ben"_s);
    say(*ben, {u"Привет"_s});
    QTRY_COMPARE(lines(u"Кухня .%2E"_s), QStringList {u"1 Привет"_s});
}

void TestChatLog::aDeletedTextIsGone()
{
    serve();
    const auto anna = join(u"general"_s, u"anna"_s);
    say(*anna, {u"one"_s, u"sesame"_s});
    QTRY_COMPARE(lines(u"general"_s), (QStringList {u"1 one"_s, u"2 sesame"_s}));
    anna->send({{"type"_L1, "delete"_L1}, {"id"_L1, anna->events(u"message"_s).constLast().value("id"_L1)}});
    QTRY_COMPARE(lines(u"general"_s), (QStringList {u"1 one"_s, u"2 "_s, u"3 message_deleted"_s}));
    QVERIFY(!everythingIn(logs()).contains("sesame"));
}

void TestChatLog::switchedOnLater()
{
    serve(false);
    {
        const auto anna = join(u"general"_s, u"anna"_s);
        QStringList contents; // more than the ring, and more than a page
        for (int i = 1; i <= 1203; ++i)
            contents.append(QString::number(i));
        say(*anna, contents);
    }
    QVERIFY(!QDir(logs()).exists());
    serve();
    const auto ben = join(u"general"_s, u"ben"_s);
    QTRY_COMPARE(lines(u"general"_s).size(), 1203);
    for (int i = 1; i <= 1203; ++i)
        QCOMPARE(lines(u"general"_s).at(i - 1), u"%1 %1"_s.arg(i));
}

/// The process was killed between the commit and the line, and in the middle of one.
void TestChatLog::whatIsMissingIsAdded()
{
    serve();
    say(*join(u"general"_s, u"anna"_s), {u"one"_s, u"two"_s, u"three"_s});
    QTRY_COMPARE(lines(u"general"_s).size(), 3);
    m_server.reset();
    QFile file(logs() + u"/general/"_s + filesIn(logs() + u"/general"_s).constFirst());
    QVERIFY(file.resize(file.size() * 2 / 3 - 10));
    serve(); // nobody comes in
    QTRY_COMPARE(lines(u"general"_s), (QStringList {u"1 one"_s, u"2 two"_s, u"3 three"_s}));
}

void TestChatLog::roomsOfOneNameAreOne()
{
    serve();
    say(*join(u"General"_s, u"anna"_s), {u"one"_s});
    QTRY_COMPARE(lines(u"General"_s), QStringList {u"1 one"_s});
    serve();
    say(*join(u"gENERAL"_s, u"ben"_s), {u"two"_s});
    QTRY_COMPARE(lines(u"General"_s), (QStringList {u"1 one"_s, u"2 two"_s}));
    QCOMPARE(QDir(logs()).entryList(QDir::Dirs | QDir::NoDotAndDotDot), QStringList {u"General"_s});
}

void TestChatLog::roomsThatWouldShareAFolder()
{
    QString wide; // 63 characters of four bytes, which no folder's name has room for
    for (int i = 0; i < 63; ++i)
        wide += u"𐍈"_s;
    serve();
    say(*join(wide + u'a', u"anna"_s), {u"of a"_s});
    say(*join(wide + u'b', u"anna"_s), {u"of b"_s});
    QTRY_COMPARE(QDir(logs()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 2);
    for (const QString &folder : QDir(logs()).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        QTRY_COMPARE(lines(folder).size(), 1);
    serve();
    say(*join(wide + u'b', u"anna"_s), {u"more of b"_s});
    QTRY_COMPARE(everythingIn(logs()).count('\n'), 3);
    for (const QString &folder : QDir(logs()).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QStringList found = lines(folder);
        QVERIFY(found == QStringList {u"1 of a"_s} || found == (QStringList {u"1 of b"_s, u"2 more of b"_s}));
    }
}

void TestChatLog::goesOnWhenItCanBeWrittenAgain()
{
    QFile inTheWay(logs());
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    inTheWay.close();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"chat logs cannot be written"_s));
    serve();
    const auto anna = join(u"general"_s, u"anna"_s);
    say(*anna, {u"one"_s}); // chat goes on
    QTRY_VERIFY(get("/metrics").contains("parlance_chat_log_fault 1"));
    QVERIFY(inTheWay.remove());
    QTRY_COMPARE(lines(u"general"_s), QStringList {u"1 one"_s});
    QTRY_VERIFY(get("/metrics").contains("parlance_chat_log_fault 0"));
}

void TestChatLog::anotherHistoryBeginsAnotherLog()
{
    serve();
    const auto anna = std::make_unique<WsClient>(m_server->ws(u"general"_s, u"anna"_s), WsClient::Speaks::Parlance);
    QTRY_COMPARE(anna->events(u"history_end"_s).size(), 1);
    const QString token = anna->events(u"welcome"_s).constFirst().value("resume_token"_L1).toString();
    say(*anna, {u"one"_s});
    SqlSource source;
    source.database = m_directory->filePath(u"parlance.db"_s);
    const QString backup = m_directory->filePath(u"backup.db"_s);
    QVERIFY(backUpDatabase(source, backup, false, {}));
    say(*anna, {u"two"_s, u"three"_s});
    QTRY_COMPARE(lines(u"general"_s).size(), 3);
    m_server.reset();
    {
        const Result<DataDirectory> directory = DataDirectory::claim(m_directory->path());
        QVERIFY(directory);
        QVERIFY(restoreDatabase(directory.value(), u"parlance.db"_s, backup));
    }
    serve();
    say(*join(u"general"_s, u"anna"_s), {u"another two"_s});
    QTRY_COMPARE(lines(u"general"_s), (QStringList {u"1 one"_s, u"2 another two"_s}));
    const QStringList aside = QDir(logs()).entryList({u"~*-general"_s}, QDir::Dirs);
    QCOMPARE(aside.size(), 1);
    QCOMPARE(lines(aside.constFirst()).size(), 3);
    // Both have what was said before the backup; deleted, it is gone from both.
    QVERIFY(lines(aside.constFirst()).contains(u"1 one"_s));
    const auto again = std::make_unique<WsClient>(m_server->ws(u"general"_s, u"anna"_s, u"resume="_s + token), WsClient::Speaks::Parlance);
    QTRY_COMPARE(again->events(u"history_end"_s).size(), 1);
    again->send({{"type"_L1, "delete"_L1}, {"id"_L1, again->events(u"message"_s).constFirst().value("id"_L1)}});
    QTRY_COMPARE(lines(u"general"_s).size(), 3);
    QVERIFY(lines(aside.constFirst()).contains(u"1 "_s));
    QVERIFY(!lines(aside.constFirst()).contains(u"1 one"_s));
}

QTEST_GUILESS_MAIN(TestChatLog)
#include "tst_chatlog.moc"

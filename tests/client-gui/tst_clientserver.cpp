// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/chatsession.h"
#include "support/testserver.h"
#include "support/wsclient.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Client::ConnectionTiming quick()
{
    Client::ConnectionTiming timing;
    timing.firstRetry = 5ms;
    timing.longestRetry = 50ms;
    return timing;
}

QStringList texts(Client::Room &room)
{
    QStringList list;
    for (int row = 0; row < room.messages().rowCount(); ++row) {
        if (room.messages().index(row).data(Client::MessageModel::KindRole).toInt()
            == int(Client::MessageModel::Kind::Message))
            list << room.messages().index(row).data().toString();
    }
    return list;
}

/// One person with a settings file of their own.
struct Person
{
    Person(const TestServer &server, const QString &name, const QString &file)
        : settings(file)
        , session(*Client::ServerAddress::parse(u"127.0.0.1:%1"_s.arg(server.port())), name, settings, clock, quick())
    {
    }
    Client::Room *join(const QString &room)
    {
        if (!session.join(room))
            return nullptr;
        Client::Room *joined = session.find(room);
        return QTest::qWaitFor([joined] { return joined->connection().isOnline(); }) ? joined : nullptr;
    }

    SystemClock clock;
    Client::ClientSettings settings;
    Client::ChatSession session;
};

} // namespace

/// The client and the real server, on a real port.
class TestClientServer : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void talks();
    void plainClientSeesTheSame();
    void takenName();
    void ownNameAfterALoss();
    void resumes();
    void resumesFromNothing();
    void restartedServerForgets();
    void tooFast();
    void tooLong();
    void olderMessages();
    void olderMessagesInParts();
    void roomsOnTheServer();
    void typingReaches();
    void longHistory();
    void changesOfOthers();

private:
    QString file(const QString &name) const { return m_folder->filePath(name); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestClientServer::talks()
{
    TestServer server;
    Person anna(server, u"Anna"_s, file(u"a"_s));
    Person ben(server, u"Ben"_s, file(u"b"_s));
    Client::Room *annas = anna.join(u"reading club"_s);
    Client::Room *bens = ben.join(u"reading club"_s);
    QVERIFY(annas && bens);
    annas->say(u"hello <b>you</b> ✓ 😀"_s);
    bens->say(u"hi"_s);
    QTRY_COMPARE(texts(*annas).size(), 2);
    QTRY_COMPARE(texts(*bens), texts(*annas));
    QVERIFY(texts(*annas).contains(u"hello <b>you</b> ✓ 😀"_s));
    QTRY_COMPARE(annas->people().names(), QStringList({u"Anna"_s, u"Ben"_s}));
    QCOMPARE(annas->outbox().entries().size(), 0);
    QCOMPARE(annas->server().name, u"Test server"_s);
    ben.session.leave(bens);
    QTRY_COMPARE(annas->people().names(), QStringList({u"Anna"_s}));
}

void TestClientServer::plainClientSeesTheSame()
{
    TestServer server;
    Person anna(server, u"Anna"_s, file(u"a"_s));
    Client::Room *room = anna.join(u"general"_s);
    QVERIFY(room);
    WsClient plain(server.ws(u"general"_s, u"script"_s));
    QTRY_VERIFY(plain.isConnected());
    QTRY_COMPARE(room->people().count(), 2);
    plain.say(u"from a script"_s);
    QTRY_COMPARE(texts(*room), QStringList({u"from a script"_s}));
    room->say(u"from the client"_s);
    QTRY_COMPARE(plain.contents(), QStringList({u"from a script"_s, u"from the client"_s}));
}

void TestClientServer::takenName()
{
    TestServer server;
    Person first(server, u"Anna"_s, file(u"a"_s));
    Person second(server, u"anna"_s, file(u"b"_s));
    QVERIFY(first.join(u"general"_s));
    Client::Room *room = second.join(u"general"_s);
    QVERIFY(room);
    QCOMPARE(room->connection().userName(), u"anna-2"_s);
    room->say(u"who am I?"_s);
    QTRY_COMPARE(texts(*room).size(), 1);
    QTRY_COMPARE(room->outbox().entries().size(), 0);
    const QModelIndex last = room->messages().index(room->messages().rowCount() - 1);
    QCOMPARE(last.data(Client::MessageModel::OwnRole).toBool(), true);
}

void TestClientServer::ownNameAfterALoss()
{
    TestServer server;
    Person anna(server, u"Anna"_s, file(u"a"_s));
    Person other(server, u"Anna"_s, file(u"a"_s)); // a second window of the same person
    Client::Room *one = anna.join(u"general"_s);
    QVERIFY(one);
    anna.session.save();
    Client::Room *two = other.join(u"general"_s);
    QVERIFY(two);
    other.settings.sync();
    Person again(server, u"Anna"_s, file(u"a"_s)); // started anew, proves itself with the token
    Client::Room *three = again.join(u"general"_s);
    QVERIFY(three);
    QCOMPARE(three->connection().userName(), u"Anna"_s);
    QCOMPARE(three->people().count(), 1);
}

void TestClientServer::resumes()
{
    TestServer server;
    Person anna(server, u"Anna"_s, file(u"a"_s));
    Person ben(server, u"Ben"_s, file(u"b"_s));
    Client::Room *annas = anna.join(u"general"_s);
    Client::Room *bens = ben.join(u"general"_s);
    QVERIFY(annas && bens);
    bens->say(u"one"_s);
    QTRY_COMPARE(texts(*annas), QStringList({u"one"_s}));
    QSignalSpy caughtUp(&annas->connection(), &Client::RoomConnection::caughtUp);
    annas->connection().close();
    annas->say(u"written offline"_s);
    bens->say(u"two"_s);
    QTRY_COMPARE(texts(*bens).size(), 2);
    annas->connection().open();
    QTRY_COMPARE(texts(*annas), QStringList({u"one"_s, u"two"_s, u"written offline"_s}));
    QCOMPARE(caughtUp.at(0).at(1).toBool(), true);
    QTRY_COMPARE(texts(*bens), texts(*annas));
}

/// Who left an empty room has missed everything that was said since, not the last 50.
void TestClientServer::resumesFromNothing()
{
    TestServer server;
    Person anna(server, u"Anna"_s, file(u"a"_s));
    Person ben(server, u"Ben"_s, file(u"b"_s));
    Client::Room *annas = anna.join(u"general"_s);
    Client::Room *bens = ben.join(u"general"_s);
    QVERIFY(annas && bens);
    annas->connection().close();
    for (int i = 0; i < 60; ++i)
        bens->say(QString::number(i));
    QTRY_COMPARE(bens->outbox().entries().size(), 0);
    annas->connection().open();
    QTRY_VERIFY(annas->connection().isOnline());
    QCOMPARE(texts(*annas), texts(*bens));
    QVERIFY(!annas->hasOlder());
}

void TestClientServer::restartedServerForgets()
{
    TestServer server;
    Person anna(server, u"Anna"_s, file(u"a"_s));
    Client::Room *room = anna.join(u"general"_s);
    QVERIFY(room);
    room->say(u"before"_s);
    QTRY_COMPARE(room->outbox().entries().size(), 0);
    server.restart();
    QTRY_VERIFY(!room->connection().isOnline());
    QTRY_VERIFY(room->connection().isOnline());
    QCOMPARE(texts(*room), QStringList()); // memory storage: what the server lost is not shown as if it were there
    room->say(u"after"_s);
    QTRY_COMPARE(texts(*room), QStringList({u"after"_s}));
    QTRY_COMPARE(room->outbox().entries().size(), 0);
}

void TestClientServer::tooFast()
{
    TestServer server([](Config &config) { config.limits.messages = {3, 600ms}; });
    Person anna(server, u"Anna"_s, file(u"a"_s));
    Client::Room *room = anna.join(u"general"_s);
    QVERIFY(room);
    QSignalSpy refused(&room->connection(), &Client::RoomConnection::commandRefused);
    for (int i = 0; i < 7; ++i)
        room->say(QString::number(i));
    QTRY_COMPARE(room->outbox().entries().size(), 0);
    QCOMPARE(texts(*room), QStringList({u"0"_s, u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s}));
    QVERIFY(refused.size() <= 1); // it keeps to the rate by itself
}

void TestClientServer::tooLong()
{
    TestServer server([](Config &config) { config.limits.contentChars = 50; });
    Person anna(server, u"Anna"_s, file(u"a"_s));
    Client::Room *room = anna.join(u"general"_s);
    QVERIFY(room);
    QCOMPARE(room->maxContentChars(), 50);
    room->say(QString(51, u'x'));
    QTRY_COMPARE(room->messages().index(0).data(Client::MessageModel::DeliveryRole).toInt(),
                 int(Client::MessageModel::Delivery::Failed));
    QCOMPARE(room->messages().index(0).data(Client::MessageModel::ErrorRole).value<Error>().code, ErrorCode::TooLong);
}

void TestClientServer::olderMessages()
{
    TestServer server;
    Person ben(server, u"Ben"_s, file(u"b"_s));
    Client::Room *bens = ben.join(u"general"_s);
    QVERIFY(bens);
    for (int i = 0; i < 120; ++i)
        bens->say(QString::number(i));
    QTRY_COMPARE(bens->outbox().entries().size(), 0);
    Person anna(server, u"Anna"_s, file(u"a"_s));
    Client::Room *room = anna.join(u"general"_s);
    QVERIFY(room);
    QCOMPARE(texts(*room).size(), 50);
    QVERIFY(room->hasOlder());
    QSignalSpy loaded(&anna.session, &Client::ChatSession::olderLoaded);
    anna.session.loadOlder(room);
    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(loaded.at(0).at(1).toInt(), 70);
    QCOMPARE(texts(*room).first(), u"0"_s);
    QCOMPARE(texts(*room).size(), 120);
    QVERIFY(!room->hasOlder());
}

/// An answer is bounded in bytes as well: there is more behind it.
void TestClientServer::olderMessagesInParts()
{
    TestServer server;
    Person ben(server, u"Ben"_s, file(u"b"_s));
    Client::Room *bens = ben.join(u"general"_s);
    QVERIFY(bens);
    for (int i = 0; i < 180; ++i)
        bens->say(QString(3900, u'x') + QString::number(i));
    QTRY_COMPARE(bens->outbox().entries().size(), 0);
    Person anna(server, u"Anna"_s, file(u"a"_s));
    Client::Room *room = anna.join(u"general"_s);
    QVERIFY(room);
    QCOMPARE(texts(*room).size(), 50);
    QSignalSpy loaded(&anna.session, &Client::ChatSession::olderLoaded);
    anna.session.loadOlder(room);
    QTRY_COMPARE(loaded.size(), 1);
    QVERIFY(texts(*room).size() > 50 && texts(*room).size() < 180);
    QVERIFY(room->hasOlder());
    anna.session.loadOlder(room);
    QTRY_COMPARE(loaded.size(), 2);
    QCOMPARE(texts(*room), texts(*bens));
    QVERIFY(!room->hasOlder());
}

void TestClientServer::roomsOnTheServer()
{
    TestServer server;
    WsClient one(server.ws(u"night shift"_s, u"x"_s));
    WsClient two(server.ws(u"night shift"_s, u"y"_s));
    QTRY_VERIFY(one.isConnected() && two.isConnected());
    Person anna(server, u"Anna"_s, file(u"a"_s));
    QVERIFY(anna.join(u"general"_s));
    anna.session.refreshRooms();
    QTRY_COMPARE(anna.session.serverRooms().rowCount(), 1);
    const QModelIndex row = anna.session.serverRooms().index(0);
    QCOMPARE(row.data().toString(), u"night shift"_s);
    QTRY_COMPARE(row.data(Client::ServerRoomsModel::PeopleRole).toInt(), 2);
}

void TestClientServer::typingReaches()
{
    TestServer server;
    Person anna(server, u"Anna"_s, file(u"a"_s));
    Person ben(server, u"Ben"_s, file(u"b"_s));
    Client::Room *annas = anna.join(u"general"_s);
    Client::Room *bens = ben.join(u"general"_s);
    QVERIFY(annas && bens);
    bens->noteTyping(true);
    QTRY_COMPARE(annas->typing(), QStringList({u"Ben"_s}));
    QCOMPARE(bens->typing(), QStringList());
    bens->noteTyping(false);
    QTRY_COMPARE(annas->typing(), QStringList());
}

/// More than one page of 256 KiB, in letters of three bytes: a frame cut through one would end the connection.
void TestClientServer::longHistory()
{
    TestServer server;
    Person ben(server, u"Ben"_s, file(u"b"_s));
    Client::Room *bens = ben.join(u"general"_s);
    Person anna(server, u"Anna"_s, file(u"a"_s));
    Client::Room *annas = anna.join(u"general"_s);
    QVERIFY(annas && bens);
    bens->say(u"start"_s);
    QTRY_COMPARE(texts(*annas).size(), 1);
    annas->connection().close();
    for (int i = 0; i < 100; ++i)
        bens->say(QString(3900, QChar(0x4E2D)) + QString::number(i));
    QTRY_COMPARE(bens->outbox().entries().size(), 0);
    annas->connection().open();
    QTRY_COMPARE(texts(*annas).size(), 101);
    QCOMPARE(texts(*annas), texts(*bens));
}

/// Live, and found after a return.
void TestClientServer::changesOfOthers()
{
    TestServer server;
    Person anna(server, u"Anna"_s, m_folder->filePath(u"anna"_s));
    Client::Room *room = anna.join(u"general"_s);
    QVERIFY(room);
    WsClient ben(server.ws(u"general"_s, u"Ben"_s), WsClient::Speaks::Parlance);
    QTRY_COMPARE(ben.events(u"history_end"_s).size(), 1);
    ben.say(u"helo"_s);
    ben.say(u"oops"_s);
    QTRY_COMPARE(texts(*room), (QStringList {u"helo"_s, u"oops"_s}));
    const auto change = [&ben](int message, QJsonObject command) {
        command[u"id"_s] = ben.events(u"message"_s).at(message)[u"id"].toString();
        ben.send(command);
    };
    change(0, {{u"type"_s, u"edit"_s}, {u"content"_s, u"hello"_s}});
    change(0, {{u"type"_s, u"react"_s}, {u"emoji"_s, u"👍"_s}});
    change(1, {{u"type"_s, u"delete"_s}});
    QTRY_COMPARE(texts(*room), (QStringList {u"hello"_s, QString()}));
    QCOMPARE(room->connection().lastSeq(), 5u);
    const auto tallies = room->messages().index(1).data(Client::MessageModel::ReactionsRole); // below who came
    QCOMPARE(tallies.value<QList<ReactionTally>>(), (QList<ReactionTally> {{u"👍"_s, {u"Ben"_s}}}));

    Person carl(server, u"Carl"_s, m_folder->filePath(u"carl"_s));
    Client::Room *later = carl.join(u"general"_s);
    QVERIFY(later);
    QCOMPARE(texts(*later), (QStringList {u"hello"_s, QString()}));
    QVERIFY(later->messages().index(1).data(Client::MessageModel::DeletedRole).toBool());
    QCOMPARE(later->connection().faults(), 0);
}

QTEST_GUILESS_MAIN(TestClientServer)
#include "tst_clientserver.moc"

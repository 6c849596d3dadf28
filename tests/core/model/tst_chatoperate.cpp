// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What an operator can do: kick, close a room, raise a notice.
class TestChatOperate : public QObject
{
    Q_OBJECT

private slots:
    void kickTakesEverySession();
    void kickOfTheUnknown_data();
    void kickOfTheUnknown();
    void kickedStayOut();
    void kickedStrangersStayOut();
    void kickedUnderANumberStayOut();
    void rejoinAtOnce();
    void kickFindsLookAlikes();
    void kickInOneRoomAlone();
    void longReasonsAreCut();
    void kickTheLastClosesTheRoom();
    void acceptedWordsOfTheKickedAreKept();
    void closeRoomTakesEverybody();
    void closeRoomThatIsNotActive();
    void closedRoomOpensForTheNext();
    void notice_data();
    void notice();
    void noticeToARoom();
};

namespace {

const QString kGeneral = u"general"_s;

Status kick(Chat &chat, const QString &name, Clock::Millis rejoinAfter = 60s, const QString &reason = u"spam"_s)
{
    return chat.manager.kick(roomName(kGeneral), userName(name), reason, rejoinAfter);
}

} // namespace

void TestChatOperate::kickTakesEverySession()
{
    Chat chat;
    chat.join(u"ben"_s);
    chat.join({u"anna"_s, u"p-anna"_s});
    chat.join({u"anna"_s, u"p-anna"_s});
    chat.news();
    QVERIFY(kick(chat, u"anna"_s, 60s, u"  spam \n"_s));
    // First every front is told, so that none of them hears of the others; the room hears of it once.
    QCOMPARE(chat.news(),
             (QStringList {u"sessionRemoved #2 kicked \"spam\" 60000"_s, u"sessionRemoved #3 kicked \"spam\" 60000"_s,
                           u"sessionLeft #2 general anna"_s, u"sessionLeft #3 general anna"_s,
                           u"userLeft general anna \"spam\" told"_s}));
    QCOMPARE(chat.manager.userNames(roomName(kGeneral)), QStringList {u"ben"_s});
    QVERIFY(!chat.manager.session(SessionId {2}));
    QCOMPARE(chat.manager.post(SessionId {2}, u"x"_s, {}).error().code, ErrorCode::NotJoined);
}

void TestChatOperate::kickOfTheUnknown_data()
{
    QTest::addColumn<QString>("room");
    QTest::addColumn<QString>("user");
    QTest::newRow("no such user") << kGeneral << u"nobody"_s;
    QTest::newRow("no such room") << u"nowhere"_s << u"anna"_s;
    QTest::newRow("in another room") << u"tea"_s << u"anna"_s;
}

void TestChatOperate::kickOfTheUnknown()
{
    QFETCH(QString, room);
    QFETCH(QString, user);
    Chat chat;
    chat.join(u"anna"_s);
    chat.join({u"ben"_s, {}, {}, u"tea"_s});
    chat.news();
    const Status kicked = chat.manager.kick(roomName(room), userName(user), u"x"_s, 60s);
    QVERIFY(!kicked);
    QCOMPARE(kicked.error().code, ErrorCode::NotFound);
    QVERIFY(kicked.error().detail.contains(user));
    QVERIFY(chat.news().isEmpty());
    QVERIFY(!chat.manager.kick(RoomName(), UserName(), {}, 0s));
}

void TestChatOperate::kickedStayOut()
{
    Chat chat;
    chat.join(u"ben"_s);
    chat.join({u"anna"_s, u"p-anna"_s});
    QVERIFY(kick(chat, u"anna"_s));
    chat.clock.advance(20s);
    const Result<Joined> again = chat.tryJoin({u"annika"_s, u"p-anna"_s, u"10.9.9.9"_s});
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::Kicked);
    QCOMPARE(again.error().retryAfter, 40000ms);
    QVERIFY(again.error().detail.contains(u"spam"));
    chat.manager.tick(); // forgets nothing too early
    chat.clock.advance(40s - 1ms);
    QVERIFY(!chat.tryJoin({u"anna"_s, u"p-anna"_s}));
    chat.clock.advance(1ms);
    QVERIFY(chat.tryJoin({u"anna"_s, u"p-anna"_s}));
}

void TestChatOperate::kickedStrangersStayOut()
{
    Chat chat;
    chat.join(u"ben"_s);
    chat.join(u"anna"_s);
    QVERIFY(kick(chat, u"anna"_s));
    QVERIFY(!chat.tryJoin({u"ANNA"_s}));
    QVERIFY(chat.tryJoin({u"mia"_s})); // somebody else behind the same address
    QVERIFY(chat.tryJoin({u"anna"_s, {}, u"10.0.0.7"_s})); // the same name from elsewhere
}

/// Who asks for a taken name is kicked as name-2, and asks for the same name again.
void TestChatOperate::kickedUnderANumberStayOut()
{
    Chat chat;
    chat.join({u"anna"_s, {}, u"10.0.0.7"_s});
    chat.join(u"anna"_s);
    QVERIFY(kick(chat, u"anna-2"_s));
    const Result<Joined> again = chat.tryJoin({u"anna"_s});
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::Kicked);
    QCOMPARE(chat.manager.userCount(), 1);
    QVERIFY(!chat.tryJoin({u"anna-2"_s}));
    // The innocent anna comes back as somebody new, from where she was.
    chat.manager.leave(SessionId {1});
    QVERIFY(chat.tryJoin({u"anna"_s, {}, u"10.0.0.7"_s}));
}

void TestChatOperate::rejoinAtOnce()
{
    Chat chat;
    chat.join({u"anna"_s, u"p-anna"_s});
    QVERIFY(kick(chat, u"anna"_s, 0s));
    QVERIFY(chat.tryJoin({u"anna"_s, u"p-anna"_s}));
}

void TestChatOperate::kickFindsLookAlikes()
{
    Chat chat;
    chat.join(u"Anna"_s);
    QVERIFY(chat.manager.kick(roomName(u"GENERAL"_s), userName(u"аnna"_s), {}, 0s)); // with a Cyrillic а
    QCOMPARE(chat.manager.sessionCount(), 0);
}

void TestChatOperate::kickInOneRoomAlone()
{
    Chat chat;
    chat.join({u"anna"_s, u"p-anna"_s});
    const SessionId other = chat.join({u"anna"_s, u"p-anna"_s, {}, u"tea"_s});
    QVERIFY(kick(chat, u"anna"_s));
    QVERIFY(chat.manager.session(other));
    QVERIFY(chat.tryJoin({u"anna"_s, u"p-anna"_s, {}, u"cake"_s}));
}

void TestChatOperate::longReasonsAreCut()
{
    Chat chat;
    chat.join(u"anna"_s);
    chat.news();
    QVERIFY(kick(chat, u"anna"_s, 60s, QString(1000, u'x')));
    const QStringList removed = chat.news(u"sessionRemoved"_s);
    QCOMPARE(removed.constFirst().count(u'x'), 200);
}

void TestChatOperate::kickTheLastClosesTheRoom()
{
    Chat chat;
    chat.join({u"anna"_s, u"p-anna"_s});
    chat.join({u"anna"_s, u"p-anna"_s});
    chat.news();
    QVERIFY(kick(chat, u"anna"_s));
    QCOMPARE(chat.news(u"room"_s), QStringList {u"roomClosed general"_s});
    QCOMPARE(chat.store.closed.size(), 1);
    QVERIFY(!chat.tryJoin({u"anna"_s, u"p-anna"_s})); // the kick outlives the room
}

void TestChatOperate::acceptedWordsOfTheKickedAreKept()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    QVERIFY(chat.manager.post(anna, u"bad words"_s, Cid(u"c-1"_s)));
    QVERIFY(kick(chat, u"anna"_s));
    QVERIFY(chat.store.closed.isEmpty());
    chat.news();
    chat.store.commit();
    QCOMPARE(chat.news(), (QStringList {u"messagePosted general 1 anna bad words"_s, u"roomClosed general"_s}));
}

void TestChatOperate::closeRoomTakesEverybody()
{
    Chat chat;
    chat.join(u"anna"_s);
    chat.join(u"ben"_s);
    chat.join({u"mia"_s, {}, {}, u"tea"_s});
    chat.news();
    QVERIFY(chat.manager.closeRoom(roomName(kGeneral), u" cleaning "_s));
    QStringList lines = chat.news();
    QCOMPARE(lines.constLast(), u"roomClosed general"_s);
    QCOMPARE(lines.filter(u"sessionRemoved"_s).size(), 2);
    QVERIFY(lines.contains(u"sessionRemoved #1 closed \"cleaning\" 0"_s));
    QVERIFY(lines.contains(u"userLeft general ben \"cleaning\" told"_s));
    QVERIFY(lines.indexOf(u"sessionRemoved #2 closed \"cleaning\" 0"_s) < lines.indexOf(u"sessionLeft #1 general anna"_s));
    QCOMPARE(chat.manager.rooms().size(), 1);
    QCOMPARE(chat.manager.sessionCount(), 1);
}

void TestChatOperate::closeRoomThatIsNotActive()
{
    Chat chat;
    QCOMPARE(chat.manager.closeRoom(roomName(kGeneral), {}).error().code, ErrorCode::NotFound);
    chat.request({}); // on its way, but nobody is inside
    QCOMPARE(chat.manager.closeRoom(roomName(kGeneral), {}).error().code, ErrorCode::NotFound);
    QCOMPARE(chat.manager.notice({u"x"_s}, roomName(kGeneral)).error().code, ErrorCode::NotFound);
}

void TestChatOperate::closedRoomOpensForTheNext()
{
    Chat chat;
    chat.join({u"anna"_s, u"p-anna"_s});
    QVERIFY(chat.manager.closeRoom(roomName(kGeneral), {}));
    QVERIFY(chat.tryJoin({u"anna"_s, u"p-anna"_s}));
}

void TestChatOperate::notice_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("good") << u"  cake in the kitchen "_s << ErrorCode::None;
    QTest::newRow("longest") << QString(20, u'x') << ErrorCode::None;
    QTest::newRow("longest in emoji") << u"🎂"_s.repeated(20) << ErrorCode::None;
    QTest::newRow("too long") << QString(21, u'x') << ErrorCode::TooLong;
    QTest::newRow("empty") << u""_s << ErrorCode::Empty;
    QTest::newRow("only space") << u" \n "_s << ErrorCode::Empty;
}

void TestChatOperate::notice()
{
    QFETCH(QString, content);
    QFETCH(ErrorCode, code);
    Chat chat([](ModelLimits &limits) { limits.contentChars = 20; });
    const Status raised = chat.manager.notice({content, Severity::Urgent, true, 0}, {});
    QCOMPARE(raised ? ErrorCode::None : raised.error().code, code);
    const QStringList expected = raised ? QStringList {u"notice all "_s + content.trimmed()} : QStringList();
    QCOMPARE(chat.news(), expected);
}

void TestChatOperate::noticeToARoom()
{
    Chat chat;
    chat.join(u"anna"_s);
    chat.news();
    QVERIFY(chat.manager.notice({u"cake"_s}, roomName(u"General"_s)));
    QCOMPARE(chat.news(), QStringList {u"notice General cake"_s});
    QCOMPARE(chat.manager.notice({u"cake"_s}, roomName(u"nowhere"_s)).error().code, ErrorCode::NotFound);
    QVERIFY(chat.news().isEmpty());
}

QTEST_GUILESS_MAIN(TestChatOperate)
#include "tst_chatoperate.moc"

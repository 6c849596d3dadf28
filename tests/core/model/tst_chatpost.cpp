// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Talking: what may be said, and what becomes of it in the store.
class TestChatPost : public QObject
{
    Q_OBJECT

private slots:
    void notBeforeTheCommit();
    void whatTheStoreGets();
    void content_data();
    void content();
    void withoutASession();
    void rate();
    void refusedCostsNothing();
    void ratePerPerson();
    void seqOrderInBatches();
    void ringIsBounded();
    void repeatedGoesToTheSenderAlone();
    void failuresGoToTheSenderAlone_data();
    void failuresGoToTheSenderAlone();
    void senderLeftBeforeTheCommit();
    void lateAnswersOfTwoRooms();
    void unknownAnswersAreHarmless();
    void othersNodesMessages();
};

namespace {

const QString kGeneral = u"general"_s;

} // namespace

void TestChatPost::notBeforeTheCommit()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    chat.news();
    QVERIFY(chat.manager.post(anna, u"hello"_s, Cid(u"c-1"_s)));
    QCOMPARE(chat.news(), QStringList {u"sessionSpoke #1"_s});
    QVERIFY(chat.manager.newest(roomName(kGeneral), 10).isEmpty());
    QVERIFY(chat.bus.published.isEmpty());

    chat.store.commit();
    QCOMPARE(chat.news(), QStringList {u"messagePosted general 1 anna hello"_s});
    QCOMPARE(chat.manager.newest(roomName(kGeneral), 10).size(), 1);
    QCOMPARE(chat.manager.room(roomName(kGeneral))->head, 1u);
    QCOMPARE(chat.bus.published.size(), 1);
    QCOMPARE(chat.bus.published.constFirst().cid.toString(), u"c-1"_s);
}

void TestChatPost::whatTheStoreGets()
{
    Chat chat;
    const SessionId anna = chat.join({u"anna"_s, u"p-anna"_s, {}, u"Tea"_s});
    const SessionId other = chat.join({u"x"_s, u"p-anna"_s, {}, u"tea"_s});
    QVERIFY(chat.manager.post(anna, u"one"_s, Cid(u"c-1"_s)));
    QVERIFY(chat.manager.post(other, u"two"_s, {}));
    QCOMPARE(chat.store.drafts.size(), 2);
    const Draft &first = chat.store.drafts.at(0);
    QCOMPARE(first.room.text(), u"Tea"_s);
    QCOMPARE(first.author.text(), u"anna"_s);
    QCOMPARE(first.person.toString(), u"p-anna"_s);
    QCOMPARE(first.cid.toString(), u"c-1"_s);
    QCOMPARE(first.timestamp, chat.clock.wallClock().count());
    const Draft &second = chat.store.drafts.at(1);
    QVERIFY(second.id != first.id);
    QCOMPARE(second.author.text(), u"anna"_s);
    QVERIFY(second.cid.isNull());
}

void TestChatPost::content_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("expected"); // null: ignored
    QTest::addColumn<ErrorCode>("code");
    const auto good = [](const char *name, const QString &content, const QString &expected) {
        QTest::newRow(name) << content << expected << ErrorCode::None;
    };
    good("as it is", u"hello"_s, u"hello"_s);
    good("trimmed", u" \t\n hello \u00a0\u2003\r\n"_s, u"hello"_s);
    good("inside it stays", u"a \n\n b"_s, u"a \n\n b"_s);
    good("markup stays", u"<b>&amp;"_s, u"<b>&amp;"_s);
    good("NUL is replaced", u"a\0b"_s, u"a\uFFFDb"_s);
    good("empty", u""_s, {});
    good("only space", u" \t\r\n\u2028"_s, {});
    good("longest", QString(10, u'x'), QString(10, u'x'));
    good("longest behind spaces", u"   "_s + QString(10, u'x') + u"   "_s, QString(10, u'x'));
    good("ten emoji", u"😀"_s.repeated(10), u"😀"_s.repeated(10));
    QTest::newRow("eleven") << QString(11, u'x') << QString() << ErrorCode::TooLong;
    QTest::newRow("eleven emoji") << u"😀"_s.repeated(11) << QString() << ErrorCode::TooLong;
    QTest::newRow("eleven halves of emoji") << QString(11, QChar(0xDE00)) << QString() << ErrorCode::TooLong;
    QTest::newRow("combining marks count") << u"e\u0301"_s.repeated(6) << QString() << ErrorCode::TooLong;
    QTest::newRow("huge") << QString(1'000'000, u'x') << QString() << ErrorCode::TooLong;
}

void TestChatPost::content()
{
    QFETCH(QString, content);
    QFETCH(QString, expected);
    QFETCH(ErrorCode, code);
    Chat chat([](ModelLimits &limits) { limits.contentChars = 10; });
    const SessionId anna = chat.join(u"anna"_s);
    const Status posted = chat.manager.post(anna, content, Cid(u"c-1"_s));
    QCOMPARE(posted ? ErrorCode::None : posted.error().code, code);
    QCOMPARE(chat.store.drafts.size(), expected.isNull() ? 0 : 1);
    if (!expected.isNull())
        QCOMPARE(chat.store.drafts.constFirst().content, expected);
    QCOMPARE(chat.manager.session(anna)->messages, expected.isNull() ? 0u : 1u);
}

void TestChatPost::withoutASession()
{
    Chat chat;
    QCOMPARE(chat.manager.post(SessionId {1}, u"x"_s, {}).error().code, ErrorCode::NotJoined);
    const SessionId anna = chat.join(u"anna"_s);
    chat.manager.leave(anna);
    QCOMPARE(chat.manager.post(anna, u"x"_s, {}).error().code, ErrorCode::NotJoined);
}

void TestChatPost::rate()
{
    Chat chat([](ModelLimits &limits) { limits.messages = {3, 6s}; });
    const SessionId anna = chat.join(u"anna"_s);
    for (int i = 0; i < 3; ++i)
        QVERIFY(chat.manager.post(anna, u"x"_s, {}));
    const Status fourth = chat.manager.post(anna, u"x"_s, {});
    QVERIFY(!fourth);
    QCOMPARE(fourth.error().code, ErrorCode::RateLimited);
    QCOMPARE(fourth.error().retryAfter, 2000ms);
    QCOMPARE(chat.store.drafts.size(), 3);
    chat.clock.advance(1999ms);
    QVERIFY(!chat.manager.post(anna, u"x"_s, {}));
    chat.clock.advance(1ms);
    QVERIFY(chat.manager.post(anna, u"x"_s, {}));
    QVERIFY(!chat.manager.post(anna, u"x"_s, {}));
    chat.clock.advance(1h);
    chat.manager.tick(); // forgets the full bucket
    for (int i = 0; i < 3; ++i)
        QVERIFY(chat.manager.post(anna, u"x"_s, {}));
    QVERIFY(!chat.manager.post(anna, u"x"_s, {}));
}

void TestChatPost::refusedCostsNothing()
{
    Chat chat([](ModelLimits &limits) {
        limits.messages = {1, 10s};
        limits.contentChars = 5;
    });
    const SessionId anna = chat.join(u"anna"_s);
    QVERIFY(chat.manager.post(anna, u"  "_s, {}));
    QVERIFY(!chat.manager.post(anna, u"too long"_s, {}));
    QVERIFY(chat.manager.post(anna, u"fits"_s, {}));
}

void TestChatPost::ratePerPerson()
{
    Chat chat([](ModelLimits &limits) { limits.messages = {1, 10s}; });
    const SessionId first = chat.join({u"anna"_s, u"p-anna"_s});
    const SessionId second = chat.join({u"anna"_s, u"p-anna"_s});
    const SessionId elsewhere = chat.join({u"anna"_s, u"p-anna"_s, {}, u"tea"_s});
    const SessionId ben = chat.join(u"ben"_s);
    QVERIFY(chat.manager.post(first, u"x"_s, {}));
    QVERIFY(!chat.manager.post(second, u"x"_s, {})); // more windows are not more words
    QVERIFY(!chat.manager.post(elsewhere, u"x"_s, {}));
    QVERIFY(chat.manager.post(ben, u"x"_s, {}));
}

void TestChatPost::seqOrderInBatches()
{
    Chat chat;
    const SessionId anna = chat.join({u"anna"_s, {}, {}, u"a"_s});
    const SessionId ben = chat.join({u"ben"_s, {}, {}, u"b"_s});
    for (int i = 1; i <= 3; ++i) {
        QVERIFY(chat.manager.post(anna, QString::number(i), {}));
        QVERIFY(chat.manager.post(ben, QString::number(i), {}));
    }
    chat.news();
    chat.store.commit(4);
    QVERIFY(chat.manager.post(anna, u"4"_s, {}));
    chat.store.commit();
    const QStringList posted = chat.news(u"messagePosted"_s);
    QCOMPARE(posted, (QStringList {u"messagePosted a 1 anna 1"_s, u"messagePosted b 1 ben 1"_s,
                                   u"messagePosted a 2 anna 2"_s, u"messagePosted b 2 ben 2"_s,
                                   u"messagePosted a 3 anna 3"_s, u"messagePosted b 3 ben 3"_s,
                                   u"messagePosted a 4 anna 4"_s}));
    QCOMPARE(chat.bus.published.size(), 7);
}

void TestChatPost::ringIsBounded()
{
    Chat chat([](ModelLimits &limits) { limits.ring = 5; });
    const SessionId anna = chat.join(u"anna"_s);
    for (int i = 1; i <= 12; ++i)
        chat.say(anna, QString::number(i));
    const MessageList newest = chat.manager.newest(roomName(kGeneral), 100);
    QCOMPARE(newest.size(), 5);
    QCOMPARE(newest.constFirst().seq, 8u);
    QCOMPARE(newest.constLast().content, u"12"_s);
    QCOMPARE(chat.manager.rooms().constFirst().messages, 12u);
}

void TestChatPost::repeatedGoesToTheSenderAlone()
{
    Chat chat;
    const SessionId anna = chat.join({u"anna"_s, u"p-anna"_s});
    const SessionId again = chat.join({u"anna"_s, u"p-anna"_s});
    chat.say(anna, u"hello"_s, u"c-1"_s);
    const Message earlier = chat.manager.newest(roomName(kGeneral), 1).constFirst();
    chat.news();
    QVERIFY(chat.manager.post(again, u"hello"_s, Cid(u"c-1"_s)));
    chat.store.repeat(earlier);
    QCOMPARE(chat.news(), (QStringList {u"sessionSpoke #2"_s, u"messageRepeated #2 1"_s}));
    QCOMPARE(chat.manager.newest(roomName(kGeneral), 10).size(), 1);
    QCOMPARE(chat.manager.room(roomName(kGeneral))->head, 1u);
    QCOMPARE(chat.bus.published.size(), 1);
}

void TestChatPost::failuresGoToTheSenderAlone_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("conflict") << ErrorCode::Conflict;
    QTest::newRow("full") << ErrorCode::StorageFull;
    QTest::newRow("away") << ErrorCode::Unavailable;
}

void TestChatPost::failuresGoToTheSenderAlone()
{
    QFETCH(ErrorCode, code);
    Chat chat;
    chat.join(u"ben"_s);
    const SessionId anna = chat.join(u"anna"_s);
    QVERIFY(chat.manager.post(anna, u"lost"_s, Cid(u"c-1"_s)));
    chat.news();
    chat.store.failAppend({code, u"why"_s});
    QCOMPARE(chat.news(), QStringList {u"postFailed #2 c-1 "_s + QString::fromLatin1(errorName(code))});
    QVERIFY(chat.manager.newest(roomName(kGeneral), 10).isEmpty());
    chat.say(anna, u"kept"_s);
    QCOMPARE(chat.news(u"messagePosted"_s), QStringList {u"messagePosted general 1 anna kept"_s});
}

void TestChatPost::senderLeftBeforeTheCommit()
{
    Chat chat;
    chat.join(u"ben"_s);
    const SessionId anna = chat.join(u"anna"_s);
    QVERIFY(chat.manager.post(anna, u"bye"_s, {}));
    chat.manager.leave(anna);
    chat.news();
    chat.store.commit();
    QCOMPARE(chat.news(), QStringList {u"messagePosted general 1 anna bye"_s});
}

void TestChatPost::lateAnswersOfTwoRooms()
{
    Chat chat;
    const SessionId anna = chat.join({u"anna"_s, {}, {}, u"a"_s});
    const SessionId ben = chat.join({u"ben"_s, {}, {}, u"b"_s});
    QVERIFY(chat.manager.post(anna, u"x"_s, {}));
    QVERIFY(chat.manager.post(ben, u"y"_s, {}));
    chat.manager.leave(anna);
    chat.manager.leave(ben);
    QVERIFY(chat.store.closed.isEmpty());
    chat.store.commit(); // one batch ends both rooms
    QCOMPARE(chat.store.closed, (QList<RoomName> {roomName(u"a"_s), roomName(u"b"_s)}));
}

void TestChatPost::unknownAnswersAreHarmless()
{
    Chat chat;
    chat.join(u"anna"_s);
    chat.news();
    emit chat.store.appendFailed(999, Error {ErrorCode::Unavailable, u"why"_s});
    emit chat.store.roomOpened({roomName(u"nowhere"_s), u"e"_s, 0, {}});
    emit chat.store.roomFailed(roomName(u"nowhere"_s), Error {ErrorCode::Unavailable, u"why"_s});
    emit chat.store.stored({});
    QCOMPARE(chat.manager.rooms().size(), 1);
    QVERIFY(chat.store.closed.isEmpty());
}

/// What another node committed arrives like our own, but is not published again.
void TestChatPost::othersNodesMessages()
{
    Chat chat;
    chat.join(u"anna"_s);
    chat.news();
    Message message;
    message.room = roomName(kGeneral);
    message.author = userName(u"zoe"_s);
    message.content = u"from afar"_s;
    message.seq = 1;
    emit chat.bus.delivered(message);
    QCOMPARE(chat.news(), QStringList {u"messagePosted general 1 zoe from afar"_s});
    QCOMPARE(chat.manager.newest(roomName(kGeneral), 1).size(), 1);
    QVERIFY(chat.bus.published.isEmpty());
}

QTEST_GUILESS_MAIN(TestChatPost)
#include "tst_chatpost.moc"

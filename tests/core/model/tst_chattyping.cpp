// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// "… is typing", which goes to the whole room each time.
class TestChatTyping : public QObject
{
    Q_OBJECT

private slots:
    void goesOut();
    void isThrottled();
    void onAndOffIsThrottledToo();
    void offOnlyAfterOn();
    void perSession();
    void notInAFullRoom();
    void withoutASession();
};

void TestChatTyping::goesOut()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    chat.news();
    QVERIFY(chat.manager.setTyping(anna, true));
    QVERIFY(chat.manager.setTyping(anna, false));
    QCOMPARE(chat.news(), (QStringList {u"typing #1 on"_s, u"typing #1 off"_s}));
}

void TestChatTyping::isThrottled()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    chat.news();
    for (int i = 0; i < 30; ++i) { // three seconds
        QVERIFY(chat.manager.setTyping(anna, true));
        chat.clock.advance(100ms);
    }
    QCOMPARE(chat.news(), QStringList(3, u"typing #1 on"_s));
}

/// Every event goes to the whole room, so no order of on and off may make more of them.
void TestChatTyping::onAndOffIsThrottledToo()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    chat.news();
    for (int i = 0; i < 300; ++i) { // three seconds
        QVERIFY(chat.manager.setTyping(anna, i % 2 == 0));
        chat.clock.advance(10ms);
    }
    QCOMPARE(chat.news().size(), 6); // on and off once a second
}

void TestChatTyping::offOnlyAfterOn()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    chat.news();
    QVERIFY(chat.manager.setTyping(anna, false));
    QVERIFY(chat.news().isEmpty());
    QVERIFY(chat.manager.setTyping(anna, true));
    QVERIFY(chat.manager.setTyping(anna, false));
    QVERIFY(chat.manager.setTyping(anna, false));
    QCOMPARE(chat.news().size(), 2);
}

void TestChatTyping::perSession()
{
    Chat chat;
    const SessionId anna = chat.join(u"anna"_s);
    const SessionId ben = chat.join(u"ben"_s);
    chat.news();
    QVERIFY(chat.manager.setTyping(anna, true));
    QVERIFY(chat.manager.setTyping(ben, true));
    QCOMPARE(chat.news(), (QStringList {u"typing #1 on"_s, u"typing #2 on"_s}));
}

void TestChatTyping::notInAFullRoom()
{
    Chat chat([](ModelLimits &limits) { limits.quietRoom = 1; });
    chat.join(u"anna"_s);
    const SessionId ben = chat.join(u"ben"_s);
    chat.news();
    QVERIFY(chat.manager.setTyping(ben, true));
    QVERIFY(chat.news().isEmpty());
}

void TestChatTyping::withoutASession()
{
    Chat chat;
    QCOMPARE(chat.manager.setTyping(SessionId {1}, true).error().code, ErrorCode::NotJoined);
}

QTEST_GUILESS_MAIN(TestChatTyping)
#include "tst_chattyping.moc"

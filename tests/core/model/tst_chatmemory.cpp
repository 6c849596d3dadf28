// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What the messages at hand may take in memory, and which room pays when that is not enough.
class TestChatMemory : public QObject
{
    Q_OBJECT

private slots:
    void whoFilledItPays();
    void theLargestPaysByTurns();
    void neverTheNewest();
    void closedRoomsGiveBack();
    void historyOfTheStoreCounts();
};

namespace {

/// One message of 1,000 characters, about.
constexpr qint64 kLong = 2400;

Visitor visitorOf(const QString &room)
{
    return {u"anna"_s, {}, u"10.0.0.1"_s, room};
}

qsizetype kept(const Chat &chat, const QString &room)
{
    return chat.manager.newest(roomName(room), 100'000).size();
}

void fill(Chat &chat, SessionId session, int messages, int characters)
{
    for (int i = 0; i < messages; ++i)
        chat.say(session, QString(characters, u'x'));
}

} // namespace

/// A room that filled everything and went quiet gives way to those who talk.
void TestChatMemory::whoFilledItPays()
{
    Chat chat([](ModelLimits &limits) { limits.historyBytes = 200 * kLong; });
    fill(chat, chat.join(visitorOf(u"loud"_s)), 300, 1000);
    QVERIFY(kept(chat, u"loud"_s) > 190);
    fill(chat, chat.join(visitorOf(u"fresh"_s)), 60, 1000);
    QCOMPARE(kept(chat, u"fresh"_s), 60);
    QVERIFY(kept(chat, u"loud"_s) > 130);
    QVERIFY(chat.manager.historyBytes() <= 200 * kLong);
}

void TestChatMemory::theLargestPaysByTurns()
{
    Chat chat([](ModelLimits &limits) { limits.historyBytes = 90 * kLong; });
    const SessionId a = chat.join(visitorOf(u"a"_s));
    const SessionId b = chat.join(visitorOf(u"b"_s));
    const SessionId c = chat.join(visitorOf(u"c"_s));
    fill(chat, a, 90, 1000);
    fill(chat, b, 90, 1000);
    fill(chat, c, 90, 1000);
    for (const QString &room : {u"a"_s, u"b"_s, u"c"_s})
        QVERIFY2(kept(chat, room) >= 28 && kept(chat, room) <= 32, qPrintable(room + QString::number(kept(chat, room))));
}

void TestChatMemory::neverTheNewest()
{
    Chat chat([](ModelLimits &limits) { limits.historyBytes = 1; });
    const SessionId a = chat.join(visitorOf(u"a"_s));
    const SessionId b = chat.join(visitorOf(u"b"_s));
    fill(chat, a, 5, 100);
    fill(chat, b, 5, 1000);
    QCOMPARE(kept(chat, u"a"_s), 1);
    QCOMPARE(kept(chat, u"b"_s), 1);
}

void TestChatMemory::closedRoomsGiveBack()
{
    Chat chat([](ModelLimits &limits) { limits.historyBytes = 100 * kLong; });
    const SessionId a = chat.join(visitorOf(u"a"_s));
    const SessionId b = chat.join(visitorOf(u"b"_s));
    fill(chat, a, 80, 1000);
    chat.manager.leave(a);
    QCOMPARE(chat.manager.historyBytes(), 0);
    fill(chat, b, 80, 1000);
    QCOMPARE(kept(chat, u"b"_s), 80);
    chat.manager.leave(b);
    QCOMPARE(chat.manager.historyBytes(), 0);
}

/// What a store brings when a room opens is counted like what is said, and may not push out others either.
void TestChatMemory::historyOfTheStoreCounts()
{
    Chat chat([](ModelLimits &limits) { limits.historyBytes = 100 * kLong; });
    fill(chat, chat.join(visitorOf(u"small"_s)), 20, 1000);
    const TicketId ticket = chat.request(visitorOf(u"old"_s));
    MessageList newest;
    for (quint64 seq = 1; seq <= 300; ++seq) {
        Message message;
        message.content = QString(1000, u'x');
        message.seq = seq;
        newest.append(message);
    }
    chat.store.answerOpen(u"e"_s, newest);
    QVERIFY(chat.manager.completeJoin(ticket));
    QCOMPARE(kept(chat, u"small"_s), 20);
    QVERIFY(kept(chat, u"old"_s) >= 78);
    QVERIFY(chat.manager.historyBytes() <= 100 * kLong);
}

QTEST_GUILESS_MAIN(TestChatMemory)
#include "tst_chatmemory.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <functional>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Random commands, many of them from inside the slots of every signal. Afterwards the books must balance.
class TestChatRandom : public QObject
{
    Q_OBJECT

private slots:
    void booksBalance_data();
    void booksBalance();
};

namespace {

constexpr int kDepth = 3; ///< of commands inside slots inside commands

const QStringList kRooms {u"a"_s, u"b"_s, u"c"_s};
const QStringList kNames {u"anna"_s, u"ben"_s, u"mia"_s, u"zoe"_s};

void ignored(const Status &) {}

/// A chat that everybody meddles with.
class Chaos
{
public:
    explicit Chaos(quint32 seed)
        : chat([](ModelLimits &limits) {
            limits.quietRoom = 3;
            limits.rooms = 4;
            limits.sessionsPerPerson = 5;
            limits.messages = {50, 10s};
        })
        , m_random(seed)
    {
        ChatManager *from = &chat.manager;
        QObject::connect(from, &ChatManager::joinReady, from, [this](TicketId ticket) { m_ready.append(ticket); });
        meddleIn(&ChatManager::joinReady);
        meddleIn(&ChatManager::joinRefused);
        meddleIn(&ChatManager::roomOpened);
        meddleIn(&ChatManager::roomClosed);
        meddleIn(&ChatManager::sessionJoined);
        meddleIn(&ChatManager::sessionLeft);
        meddleIn(&ChatManager::userJoined);
        meddleIn(&ChatManager::userLeft);
        meddleIn(&ChatManager::presenceChanged);
        meddleIn(&ChatManager::messagePosted);
        meddleIn(&ChatManager::postFailed);
        meddleIn(&ChatManager::typingChanged);
        meddleIn(&ChatManager::sessionSpoke);
        meddleIn(&ChatManager::sessionRemoved);
    }

    void step()
    {
        act();
        if (!m_ready.isEmpty() && chat.manager.completeJoin(m_ready.takeFirst()))
            ++joins;
        while (!chat.store.opening.isEmpty() && m_random.bounded(2)) {
            if (m_random.bounded(5))
                chat.store.answerOpen();
            else
                chat.store.failOpen({ErrorCode::Unavailable, u"why"_s});
        }
        if (!chat.store.drafts.isEmpty() && m_random.bounded(2)) {
            if (m_random.bounded(4))
                chat.store.commit(1 + m_random.bounded(int(chat.store.drafts.size())));
            else
                chat.store.failAppend({ErrorCode::Unavailable, u"why"_s});
        }
        chat.clock.advance(Clock::Millis(m_random.bounded(100)));
    }

    /// From now on nobody meddles; all that is under way comes to its end, and everybody goes home.
    void endOfDay()
    {
        m_depth = kDepth;
        while (!chat.store.opening.isEmpty())
            chat.store.answerOpen();
        for (quint64 ticket = 0; ticket <= m_lastTicket; ++ticket)
            chat.manager.cancelJoin(TicketId {ticket});
        for (const SessionInfo &session : chat.manager.sessions())
            chat.manager.leave(session.id);
        chat.store.commit();
        chat.manager.tick();
    }

    Chat chat;
    int joins = 0;

private:
    template <typename Signal>
    void meddleIn(Signal signal)
    {
        QObject::connect(&chat.manager, signal, &chat.manager, [this] {
            if (m_random.bounded(2))
                act();
        });
    }

    QString any(const QStringList &list) { return list.at(m_random.bounded(int(list.size()))); }
    SessionId anySession() { return SessionId {quint64(m_random.bounded(chat.manager.sessionCount() + 30))}; }

    void act()
    {
        if (m_depth >= kDepth)
            return;
        ++m_depth;
        ChatManager &manager = chat.manager;
        const QString name = any(kNames);
        const RoomName room = roomName(any(kRooms));
        switch (m_random.bounded(11)) {
        case 0:
        case 1:
        case 2: {
            const QString person = m_random.bounded(2) ? name : QString();
            const QString address = u"10.0.0.%1"_s.arg(m_random.bounded(3));
            const quint64 ticket = quint64(chat.request({name, person, address, room.text()}));
            m_lastTicket = qMax(m_lastTicket, ticket); // slots may have asked for more meanwhile
            break;
        }
        case 3: manager.cancelJoin(TicketId {m_lastTicket - quint64(m_random.bounded(10))}); break;
        case 4: manager.leave(anySession()); break;
        case 5:
        case 6: ignored(manager.post(anySession(), u"x"_s, {})); break;
        case 7: ignored(manager.setTyping(anySession(), m_random.bounded(2))); break;
        case 8: ignored(manager.kick(room, userName(name), {}, Clock::Millis(m_random.bounded(500)))); break;
        case 9: ignored(manager.closeRoom(room, {})); break;
        case 10: manager.tick(); break;
        }
        --m_depth;
    }

    QRandomGenerator m_random;
    QList<TicketId> m_ready;
    quint64 m_lastTicket = 0;
    int m_depth = 0;
};

} // namespace

void TestChatRandom::booksBalance_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestChatRandom::booksBalance()
{
    QFETCH(quint32, seed);
    Chaos chaos(seed);
    Chat &chat = chaos.chat;
    for (int step = 0; step < 400; ++step)
        chaos.step();
    QVERIFY(chaos.joins > 20);
    chaos.endOfDay();
    QCOMPARE(chat.manager.sessionCount(), 0);
    QCOMPARE(chat.manager.userCount(), 0);
    QCOMPARE(chat.manager.roomCount(), 0);

    QSet<QString> open;
    QSet<QString> gone;
    for (const QString &line : chat.news()) {
        const QStringList words = line.split(u' ');
        if (words.at(0) == u"roomOpened") {
            QVERIFY2(!open.contains(words.at(1)), qPrintable(line));
            open.insert(words.at(1));
        } else if (words.at(0) == u"roomClosed") {
            QVERIFY2(open.remove(words.at(1)), qPrintable(line));
        } else if (words.at(0) == u"sessionLeft") {
            QVERIFY2(!gone.contains(words.at(1)), qPrintable(line));
            gone.insert(words.at(1));
        } else if (words.at(0) == u"sessionJoined") {
            QVERIFY2(!gone.contains(words.at(1)), qPrintable(line)); // nobody comes in after they left
        }
    }
    QVERIFY(open.isEmpty());
    QVERIFY(gone.size() >= chaos.joins);
    // Every room can be entered again: none kept a reservation or a draft, and nothing counts twice.
    for (const QString &room : kRooms)
        QVERIFY(chat.tryJoin({u"late"_s, u"p-late"_s, u"10.9.9.9"_s, room}));
    QCOMPARE(chat.manager.roomCount(), 3);
}

QTEST_GUILESS_MAIN(TestChatRandom)
#include "tst_chatrandom.moc"

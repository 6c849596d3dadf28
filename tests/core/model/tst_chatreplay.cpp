// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chatfixture.h"

#include <QTest>

#include <limits>

using namespace Parlance;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Replay::Gap)

/// What somebody gets who comes, or comes back with the last seq they saw.
class TestChatReplay : public QObject
{
    Q_OBJECT

private slots:
    void resume_data();
    void resume();
    void emptyRoom_data();
    void emptyRoom();
    void historyOfTheStore_data();
    void historyOfTheStore();
    void storeKnowsHeadButNoMessages();
    void theStoreTrims();
    void olderThanTheRing();
    void everyMessageOnce();
};

namespace {

constexpr quint64 kMost = std::numeric_limits<quint64>::max();

/// "Gap first-last" or "Gap -", and whether it is all.
QString described(const Replay &replay)
{
    static const QHash<Replay::Gap, QString> names {{Replay::Gap::None, u"none"_s},
                                                    {Replay::Gap::Fresh, u"fresh"_s},
                                                    {Replay::Gap::Epoch, u"epoch"_s},
                                                    {Replay::Gap::Retention, u"retention"_s},
                                                    {Replay::Gap::Ahead, u"ahead"_s}};
    QString text = names.value(replay.gap) + u' ';
    if (replay.messages.isEmpty())
        text += u'-';
    else
        text += u"%1-%2"_s.arg(replay.messages.constFirst().seq).arg(replay.messages.constLast().seq);
    return text + (replay.complete ? u" complete"_s : u" more"_s);
}

MessageList numbered(quint64 from, quint64 to)
{
    MessageList list;
    for (quint64 seq = from; seq <= to; ++seq) {
        Message message;
        message.seq = seq;
        list.append(message);
    }
    return list;
}

} // namespace

void TestChatReplay::resume_data()
{
    QTest::addColumn<quint64>("since");
    QTest::addColumn<QString>("epoch");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("expected");
    // The room is at 12, its ring holds 3 to 12.
    QTest::newRow("newcomer") << quint64(0) << u""_s << 50 << u"fresh 3-12 more"_s;
    QTest::newRow("newcomer, few") << quint64(0) << u""_s << 4 << u"fresh 9-12 more"_s;
    QTest::newRow("newcomer, none") << quint64(0) << u""_s << 0 << u"fresh - more"_s;
    QTest::newRow("since without an epoch") << quint64(11) << u""_s << 4 << u"fresh 9-12 more"_s;
    QTest::newRow("missed one") << quint64(11) << u"e1"_s << 4 << u"none 12-12 complete"_s;
    QTest::newRow("missed more than a newcomer gets") << quint64(3) << u"e1"_s << 4 << u"none 4-12 complete"_s;
    QTest::newRow("missed nothing") << quint64(12) << u"e1"_s << 4 << u"none - complete"_s;
    QTest::newRow("the oldest just follows") << quint64(2) << u"e1"_s << 4 << u"none 3-12 complete"_s;
    QTest::newRow("one is gone") << quint64(1) << u"e1"_s << 4 << u"retention 9-12 more"_s;
    QTest::newRow("saw nothing") << quint64(0) << u"e1"_s << 50 << u"retention 3-12 more"_s;
    QTest::newRow("another epoch") << quint64(11) << u"e0"_s << 4 << u"epoch 9-12 more"_s;
    QTest::newRow("ahead") << quint64(13) << u"e1"_s << 4 << u"ahead 9-12 more"_s;
    QTest::newRow("far ahead") << kMost << u"e1"_s << 4 << u"ahead 9-12 more"_s;
    QTest::newRow("ahead in another epoch") << kMost << u"e0"_s << 4 << u"epoch 9-12 more"_s;
}

void TestChatReplay::resume()
{
    QFETCH(quint64, since);
    QFETCH(QString, epoch);
    QFETCH(int, count);
    Chat chat([](ModelLimits &limits) { limits.ring = 10; });
    const SessionId anna = chat.join(u"anna"_s);
    for (int i = 1; i <= 12; ++i)
        chat.say(anna, QString::number(i));
    QTEST(described(chat.manager.replay(roomName(u"general"_s), since, epoch, count)), "expected");
}

void TestChatReplay::emptyRoom_data()
{
    QTest::addColumn<quint64>("since");
    QTest::addColumn<QString>("epoch");
    QTest::addColumn<QString>("expected");
    QTest::newRow("newcomer") << quint64(0) << u""_s << u"fresh - complete"_s;
    QTest::newRow("was here") << quint64(0) << u"e1"_s << u"none - complete"_s;
    QTest::newRow("ahead") << quint64(1) << u"e1"_s << u"ahead - complete"_s;
    QTest::newRow("before it emptied") << quint64(5) << u"e0"_s << u"epoch - complete"_s;
}

void TestChatReplay::emptyRoom()
{
    QFETCH(quint64, since);
    QFETCH(QString, epoch);
    Chat chat;
    chat.join(u"anna"_s);
    QTEST(described(chat.manager.replay(roomName(u"general"_s), since, epoch, 50)), "expected");
}

void TestChatReplay::historyOfTheStore_data()
{
    QTest::addColumn<quint64>("from");
    QTest::addColumn<quint64>("since");
    QTest::addColumn<QString>("epoch");
    QTest::addColumn<QString>("expected");
    QTest::newRow("all of it") << quint64(1) << quint64(0) << u""_s << u"fresh 1-7 complete"_s;
    QTest::newRow("its end") << quint64(4) << quint64(0) << u""_s << u"fresh 4-7 more"_s;
    QTest::newRow("resumed after a restart") << quint64(4) << quint64(5) << u"e1"_s << u"none 6-7 complete"_s;
    QTest::newRow("too long away") << quint64(4) << quint64(1) << u"e1"_s << u"retention 4-7 more"_s;
    QTest::newRow("from the start") << quint64(1) << quint64(0) << u"e1"_s << u"none 1-7 complete"_s;
}

void TestChatReplay::historyOfTheStore()
{
    QFETCH(quint64, from);
    QFETCH(quint64, since);
    QFETCH(QString, epoch);
    Chat chat;
    chat.request({});
    chat.store.answerOpen(u"e1"_s, numbered(from, 7));
    QVERIFY(chat.manager.completeJoin(TicketId {1}));
    QTEST(described(chat.manager.replay(roomName(u"general"_s), since, epoch, 50)), "expected");
}

/// Retention may have deleted every message of a room that lives on.
void TestChatReplay::storeKnowsHeadButNoMessages()
{
    Chat chat;
    chat.request({});
    chat.store.opening.clear();
    emit chat.store.roomOpened({roomName(u"general"_s), u"e1"_s, 40, {}});
    QVERIFY(chat.manager.completeJoin(TicketId {1}));
    const auto asked = [&chat](quint64 since, const QString &epoch) {
        return described(chat.manager.replay(roomName(u"general"_s), since, epoch, 50));
    };
    QCOMPARE(asked(0, {}), u"fresh - more"_s);
    QCOMPARE(asked(40, u"e1"_s), u"none - complete"_s);
    QCOMPARE(asked(39, u"e1"_s), u"retention - more"_s);
    QCOMPARE(asked(41, u"e1"_s), u"ahead - more"_s);
}

void TestChatReplay::theStoreTrims()
{
    Chat chat([](ModelLimits &limits) { limits.ring = 10; });
    const SessionId anna = chat.join(u"anna"_s);
    for (int i = 1; i <= 12; ++i)
        chat.say(anna, QString::number(i));
    const auto asked = [&chat](quint64 since, const QString &epoch) {
        return described(chat.manager.replay(roomName(u"general"_s), since, epoch, 50));
    };
    const qint64 before = chat.manager.historyBytes();
    emit chat.store.trimmed(roomName(u"nowhere"_s), 5);
    emit chat.store.trimmed(roomName(u"general"_s), 8);
    QCOMPARE(asked(0, {}), u"fresh 8-12 more"_s);
    QCOMPARE(asked(7, u"e1"_s), u"none 8-12 complete"_s);
    QCOMPARE(asked(6, u"e1"_s), u"retention 8-12 more"_s);
    QVERIFY(chat.manager.historyBytes() < before);
    emit chat.store.trimmed(roomName(u"general"_s), 13);
    QCOMPARE(asked(0, {}), u"fresh - more"_s);
    QCOMPARE(asked(12, u"e1"_s), u"none - complete"_s);
    QCOMPARE(chat.manager.historyBytes(), 0);
    chat.say(anna, u"13"_s);
    QCOMPARE(asked(12, u"e1"_s), u"none 13-13 complete"_s);
}

/// What the ring does not hold is the store's to give, as far back as it says.
void TestChatReplay::olderThanTheRing()
{
    Chat chat([](ModelLimits &limits) { limits.ring = 10; });
    chat.request({});
    chat.store.opening.clear();
    emit chat.store.roomOpened({roomName(u"general"_s), u"e1"_s, 40, numbered(31, 40), 5});
    QVERIFY(chat.manager.completeJoin(TicketId {1}));
    const auto replay = [&chat](quint64 since, const QString &epoch, int count) {
        return chat.manager.replay(roomName(u"general"_s), since, epoch, count);
    };
    QVERIFY(!replay(30, u"e1"_s, 50).isInStore);
    QVERIFY(replay(29, u"e1"_s, 50).isInStore);
    QCOMPARE(replay(29, u"e1"_s, 50).gap, Replay::Gap::None);
    QCOMPARE(replay(4, u"e1"_s, 50).gap, Replay::Gap::None);
    QCOMPARE(replay(3, u"e1"_s, 50).gap, Replay::Gap::Retention);
    QCOMPARE(replay(3, u"e1"_s, 20).after, 20u); // and then the newest that a newcomer gets
    QCOMPARE(replay(0, {}, 50).after, 4u);
    QVERIFY(replay(0, {}, 50).isInStore);
    QVERIFY(!replay(0, {}, 10).isInStore);

    HistoryQuery query;
    query.room = roomName(u"general"_s);
    query.count = 10;
    QVERIFY(chat.manager.historyAtHand(query));
    query.count = 11;
    QVERIFY(!chat.manager.historyAtHand(query));
    QStringList answers;
    chat.manager.fetchHistory(query, [&answers](const Result<HistoryPage> &page) {
        answers.append(page ? u"head %1"_s.arg(page.value().head) : page.error().detail);
    });
    chat.manager.fetchHistory(query, [&answers](const Result<HistoryPage> &page) {
        answers.append(page ? u"head %1"_s.arg(page.value().head) : page.error().detail);
    });
    QCOMPARE(chat.store.fetching.size(), 2);
    emit chat.store.fetchFailed(chat.store.fetching.at(1).first, Error {ErrorCode::Unavailable, u"away"_s});
    emit chat.store.fetched(chat.store.fetching.at(0).first, HistoryPage {u"e1"_s, 40, {}});
    emit chat.store.fetched(chat.store.fetching.at(0).first, HistoryPage {u"e1"_s, 41, {}}); // once only
    QCOMPARE(answers, (QStringList {u"away"_s, u"head 40"_s}));
}

/// Whoever comes back after any message, with any ring, gets all that followed, once, or is told of the gap.
void TestChatReplay::everyMessageOnce()
{
    for (const int ring : {1, 2, 5, 30}) {
        Chat chat([ring](ModelLimits &limits) { limits.ring = ring; });
        const SessionId anna = chat.join(u"anna"_s);
        for (quint64 head = 0; head <= 20; ++head) {
            for (quint64 since = 0; since <= head; ++since) {
                const Replay replay = chat.manager.replay(roomName(u"general"_s), since, u"e1"_s, 50);
                QCOMPARE(replay.gap == Replay::Gap::None, head - since <= quint64(ring));
                if (replay.gap != Replay::Gap::None)
                    continue;
                QCOMPARE(quint64(replay.messages.size()), head - since);
                for (qsizetype i = 0; i < replay.messages.size(); ++i)
                    QCOMPARE(replay.messages.at(i).seq, since + 1 + quint64(i));
            }
            chat.say(anna, u"next"_s);
        }
    }
}

QTEST_GUILESS_MAIN(TestChatReplay)
#include "tst_chatreplay.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/memorystore.h"

#include <QSet>
#include <QTest>

#include <utility>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestMemoryStore : public QObject
{
    Q_OBJECT

private slots:
    void answersLater();
    void oneBatchPerTurn();
    void openThenAppendInOneTurn();
    void gaplessPerRoom();
    void whatIsStored();
    void idsNeverRepeat();
    void repeatedCid();
    void repeatedCidInOneBatch();
    void conflictingCid();
    void conflictCostsNoSeq();
    void cidsOfOthersAreOthers();
    void noCidNeverRepeats();
    void cidsAreBounded();
    void whoFilledTheMemoryForgets();
    void reopenedRoomStartsAnew();
    void closeAndOpenInOneTurn();
    void roomsThatLookAlikeAreOne();
    void appendInsideAnswers();
};

namespace {

/// Notes what the store answers, as one line per answer.
class Desk
{
public:
    explicit Desk(int rememberedCids = 100, qint64 rememberedBytes = MemoryStore::kDefaultBytes)
        : store(rememberedCids, rememberedBytes)
    {
        QObject::connect(&store, &MessageStore::roomOpened, &store, [this](const RoomRecord &record) {
            lines.append(u"opened %1 at %2"_s.arg(record.room.text()).arg(record.head));
            epochs.append(record.epoch);
        });
        QObject::connect(&store, &MessageStore::roomFailed, &store,
                         [this](const RoomName &room) { lines.append(u"failed "_s + room.text()); });
        QObject::connect(&store, &MessageStore::stored, &store, [this](const QList<StoredDraft> &batch) {
            QStringList parts;
            for (const StoredDraft &one : batch) {
                parts.append(u"%1%2=%3"_s.arg(one.repeated ? u"repeated "_s : QString()).arg(one.id).arg(one.message.seq));
                messages.append(one.message);
            }
            lines.append(u"stored "_s + parts.join(u", "_s));
        });
        QObject::connect(&store, &MessageStore::appendFailed, &store, [this](quint64 id, const Error &error) {
            lines.append(u"refused %1 %2"_s.arg(id).arg(QString::fromLatin1(errorName(error.code))));
        });
    }

    void open(const QString &room) { store.openRoom(parseRoomName(room).take(), 10); }
    void close(const QString &room) { store.closeRoom(parseRoomName(room).take()); }
    void append(const QString &room, const QString &content, const QString &cid = {}, const QString &person = u"p"_s)
    {
        Draft draft;
        draft.id = ++lastDraft;
        draft.room = parseRoomName(room).take();
        draft.author = parseUserName(u"anna").take();
        draft.person = PersonId(person);
        draft.content = content;
        draft.timestamp = 1000 + qint64(lastDraft);
        draft.cid = Cid(cid);
        store.append(draft);
    }
    /// Lets the store answer; what it said.
    QStringList answers()
    {
        QCoreApplication::sendPostedEvents(&store);
        return std::exchange(lines, {});
    }

    MemoryStore store;
    QStringList lines;
    QStringList epochs;
    MessageList messages;
    quint64 lastDraft = 0;
};

} // namespace

void TestMemoryStore::answersLater()
{
    Desk desk;
    QCOMPARE(desk.store.durability(), u"memory"_s);
    desk.open(u"a"_s);
    QVERIFY(desk.lines.isEmpty());
    QCOMPARE(desk.answers(), QStringList {u"opened a at 0"_s});
    desk.append(u"a"_s, u"x"_s);
    QVERIFY(desk.lines.isEmpty());
    QCOMPARE(desk.answers(), QStringList {u"stored 1=1"_s});
    QVERIFY(desk.answers().isEmpty()); // each once
}

void TestMemoryStore::oneBatchPerTurn()
{
    Desk desk;
    desk.open(u"a"_s);
    desk.open(u"b"_s);
    QCOMPARE(desk.answers(), (QStringList {u"opened a at 0"_s, u"opened b at 0"_s}));
    desk.append(u"a"_s, u"1"_s);
    desk.append(u"b"_s, u"1"_s);
    desk.append(u"a"_s, u"2"_s);
    QCOMPARE(desk.answers(), QStringList {u"stored 1=1, 2=1, 3=2"_s});
    desk.append(u"b"_s, u"2"_s);
    QCOMPARE(desk.answers(), QStringList {u"stored 4=2"_s});
}

void TestMemoryStore::openThenAppendInOneTurn()
{
    Desk desk;
    desk.open(u"a"_s);
    desk.append(u"a"_s, u"x"_s);
    QCOMPARE(desk.answers(), (QStringList {u"opened a at 0"_s, u"stored 1=1"_s}));
}

void TestMemoryStore::gaplessPerRoom()
{
    Desk desk;
    desk.open(u"a"_s);
    desk.open(u"b"_s);
    for (int i = 0; i < 500; ++i) {
        desk.append(i % 3 ? u"a"_s : u"b"_s, QString::number(i));
        if (i % 7 == 0)
            desk.answers();
    }
    desk.answers();
    QHash<QString, quint64> heads;
    QCOMPARE(desk.messages.size(), 500);
    for (const Message &message : std::as_const(desk.messages))
        QCOMPARE(message.seq, ++heads[message.room.text()]);
}

void TestMemoryStore::whatIsStored()
{
    Desk desk;
    desk.open(u"Tea"_s);
    desk.append(u"Tea"_s, u"hello"_s, u"c-1"_s);
    desk.answers();
    const Message message = desk.messages.constFirst();
    QCOMPARE(message.room.text(), u"Tea"_s);
    QCOMPARE(message.author.text(), u"anna"_s);
    QCOMPARE(message.person.toString(), u"p"_s);
    QCOMPARE(message.content, u"hello"_s);
    QCOMPARE(message.timestamp, 1001);
    QCOMPARE(message.cid.toString(), u"c-1"_s);
    QVERIFY(!message.id.isNull());
}

void TestMemoryStore::idsNeverRepeat()
{
    QSet<QString> ids;
    for (int run = 0; run < 3; ++run) { // a restart of the program
        Desk desk;
        for (int opening = 0; opening < 3; ++opening) {
            for (const QString &room : {u"a"_s, u"b"_s}) {
                desk.open(room);
                desk.append(room, u"x"_s);
                desk.append(room, u"y"_s);
            }
            desk.answers();
            desk.close(u"a"_s);
            desk.close(u"b"_s);
        }
        for (const Message &message : std::as_const(desk.messages))
            ids.insert(message.id.toString());
    }
    QCOMPARE(ids.size(), 36);
}

void TestMemoryStore::repeatedCid()
{
    Desk desk;
    desk.open(u"a"_s);
    desk.append(u"a"_s, u"hello"_s, u"c-1"_s);
    desk.append(u"a"_s, u"other"_s, u"c-2"_s);
    desk.answers();
    desk.append(u"a"_s, u"hello"_s, u"c-1"_s);
    QCOMPARE(desk.answers(), QStringList {u"stored repeated 3=1"_s});
    QCOMPARE(desk.messages.constLast().id, desk.messages.constFirst().id);
    QCOMPARE(desk.messages.constLast().timestamp, desk.messages.constFirst().timestamp);
    desk.append(u"a"_s, u"new"_s, u"c-3"_s);
    QCOMPARE(desk.answers(), QStringList {u"stored 4=3"_s}); // no seq was lost
}

void TestMemoryStore::repeatedCidInOneBatch()
{
    Desk desk;
    desk.open(u"a"_s);
    desk.append(u"a"_s, u"hello"_s, u"c-1"_s);
    desk.append(u"a"_s, u"hello"_s, u"c-1"_s);
    desk.append(u"a"_s, u"bye"_s);
    QCOMPARE(desk.answers().constLast(), u"stored 1=1, repeated 2=1, 3=2"_s);
}

void TestMemoryStore::conflictingCid()
{
    Desk desk;
    desk.open(u"a"_s);
    desk.append(u"a"_s, u"hello"_s, u"c-1"_s);
    desk.answers();
    desk.append(u"a"_s, u"something else"_s, u"c-1"_s);
    QCOMPARE(desk.answers(), QStringList {u"refused 2 conflict"_s});
    desk.append(u"a"_s, u"hello"_s, u"c-1"_s); // the first stays what it was
    QCOMPARE(desk.answers(), QStringList {u"stored repeated 3=1"_s});
}

void TestMemoryStore::conflictCostsNoSeq()
{
    Desk desk;
    desk.open(u"a"_s);
    desk.append(u"a"_s, u"1"_s, u"c-1"_s);
    desk.append(u"a"_s, u"other"_s, u"c-1"_s);
    desk.append(u"a"_s, u"2"_s);
    QCOMPARE(desk.answers().mid(1), (QStringList {u"stored 1=1, 3=2"_s, u"refused 2 conflict"_s}));
}

void TestMemoryStore::cidsOfOthersAreOthers()
{
    Desk desk;
    desk.open(u"a"_s);
    desk.open(u"b"_s);
    desk.append(u"a"_s, u"hello"_s, u"c-1"_s, u"anna"_s);
    desk.append(u"a"_s, u"hello"_s, u"c-1"_s, u"ben"_s);
    desk.append(u"b"_s, u"hello"_s, u"c-1"_s, u"anna"_s);
    QCOMPARE(desk.answers().constLast(), u"stored 1=1, 2=2, 3=1"_s);
}

void TestMemoryStore::noCidNeverRepeats()
{
    Desk desk;
    desk.open(u"a"_s);
    desk.append(u"a"_s, u"same"_s);
    desk.append(u"a"_s, u"same"_s);
    QCOMPARE(desk.answers().constLast(), u"stored 1=1, 2=2"_s);
}

void TestMemoryStore::cidsAreBounded()
{
    Desk desk(3);
    desk.open(u"a"_s);
    for (int i = 1; i <= 4; ++i)
        desk.append(u"a"_s, u"x"_s, u"c-%1"_s.arg(i));
    desk.answers();
    desk.append(u"a"_s, u"x"_s, u"c-2"_s); // the oldest that is remembered
    QCOMPARE(desk.answers(), QStringList {u"stored repeated 5=2"_s});
    desk.append(u"a"_s, u"x"_s, u"c-1"_s); // forgotten
    QCOMPARE(desk.answers(), QStringList {u"stored 6=5"_s});
}

/// A room that filled the memory and went quiet must not make others forget: their resends would be stored twice.
void TestMemoryStore::whoFilledTheMemoryForgets()
{
    constexpr int kRemembered = 50; // of the size used here
    Desk desk(1000, kRemembered * (2 * 100 + 400));
    desk.open(u"loud"_s);
    desk.open(u"calm"_s);
    for (int i = 0; i < 80; ++i)
        desk.append(u"loud"_s, QString(100, u'x'), u"loud-%1"_s.arg(i));
    for (int i = 0; i < 20; ++i)
        desk.append(u"calm"_s, QString(100, u'x'), u"calm-%1"_s.arg(i));
    desk.answers();
    for (int i = 0; i < 20; ++i)
        desk.append(u"calm"_s, QString(100, u'x'), u"calm-%1"_s.arg(i));
    QCOMPARE(desk.answers().constFirst().count(u"repeated"_s), 20);
    desk.append(u"loud"_s, QString(100, u'x'), u"loud-79"_s); // the newest is still known
    desk.append(u"loud"_s, QString(100, u'x'), u"loud-0"_s); // the oldest is not
    QCOMPARE(desk.answers(), QStringList {u"stored repeated 121=80, 122=81"_s});
    desk.close(u"loud"_s);
    for (int i = 20; i < 45; ++i)
        desk.append(u"calm"_s, QString(100, u'x'), u"calm-%1"_s.arg(i));
    desk.answers();
    desk.append(u"calm"_s, QString(100, u'x'), u"calm-0"_s); // what closed gave its share back
    QCOMPARE(desk.answers(), QStringList {u"stored repeated 148=1"_s});
}

void TestMemoryStore::reopenedRoomStartsAnew()
{
    Desk desk;
    desk.open(u"a"_s);
    desk.append(u"a"_s, u"x"_s, u"c-1"_s);
    desk.answers();
    desk.close(u"a"_s);
    desk.open(u"a"_s);
    QCOMPARE(desk.answers(), QStringList {u"opened a at 0"_s});
    QCOMPARE(desk.epochs.size(), 2);
    QVERIFY(desk.epochs.at(0) != desk.epochs.at(1));
    QVERIFY(!desk.epochs.at(1).isEmpty());
    desk.append(u"a"_s, u"x"_s, u"c-1"_s); // cids are forgotten with the room
    QCOMPARE(desk.answers(), QStringList {u"stored 2=1"_s});
}

void TestMemoryStore::closeAndOpenInOneTurn()
{
    Desk desk;
    desk.open(u"a"_s);
    desk.append(u"a"_s, u"x"_s);
    desk.answers();
    desk.close(u"a"_s);
    desk.open(u"a"_s);
    desk.append(u"a"_s, u"y"_s);
    QCOMPARE(desk.answers(), (QStringList {u"opened a at 0"_s, u"stored 2=1"_s}));
    desk.close(u"nowhere"_s); // never opened
    QVERIFY(desk.answers().isEmpty());
}

void TestMemoryStore::roomsThatLookAlikeAreOne()
{
    Desk desk;
    desk.open(u"Café"_s);
    desk.append(u"Café"_s, u"x"_s);
    desk.append(u"CAFÉ"_s, u"y"_s);
    QCOMPARE(desk.answers().constLast(), u"stored 1=1, 2=2"_s);
}

/// A bot that answers each message: its answer is in the next batch, never in the running one.
void TestMemoryStore::appendInsideAnswers()
{
    Desk desk;
    QObject::connect(&desk.store, &MessageStore::stored, &desk.store,
                     [&desk] { desk.append(u"a"_s, u"answer"_s); }, Qt::SingleShotConnection);
    QObject::connect(&desk.store, &MessageStore::roomOpened, &desk.store,
                     [&desk] { desk.append(u"a"_s, u"greeting"_s); });
    desk.open(u"a"_s);
    QStringList all;
    for (int turn = 0; turn < 3; ++turn)
        all += desk.answers();
    QCOMPARE(all, (QStringList {u"opened a at 0"_s, u"stored 1=1"_s, u"stored 2=2"_s}));
}

QTEST_GUILESS_MAIN(TestMemoryStore)
#include "tst_memorystore.moc"

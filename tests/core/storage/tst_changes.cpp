// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/storedesk.h"
#ifdef PARLANCE_TEST_MEMORY
#include "storage/memorystore.h"
#else
#include "core/storage/databases.h"
#include "storage/sqlstore.h"
#endif
#include "model/changerules.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// Edits, deletions and reactions: who may, what becomes of the message, what a resume gets. The same for every store.
class TestChanges : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void emojis_data();
    void emojis();
    void editByItsAuthor();
    void deletionByItsAuthor();
    void nobodyElse();
    void unknownTargets_data();
    void unknownTargets();
    void ofAnotherRoom();
    void changesOfADeletedMessage();
    void changesOfAChange();
    void reactionsOfMany();
    void reactionTwice();
    void reactionAwayThatIsNotThere();
    void tooManyEmojis();
    void repeatedCids();
    void messageRepeatedAfterItsEdit();
    void changesAndMessagesInOneBatch();
    void seqsGoOn();
#ifndef PARLANCE_TEST_MEMORY
    void pages();
    void earlierEditsHaveTheTextOfNow();
    void afterARestart();
    void targetsThatAreTrimmed();
#endif

private:
    std::unique_ptr<StoreDesk> desk()
    {
#ifdef PARLANCE_TEST_MEMORY
        auto desk = std::make_unique<StoreDesk>(std::make_unique<MemoryStore>(1000));
#else
        Result<std::unique_ptr<SqlStore>> store = SqlStore::open(m_databases.source());
        if (!store)
            qFatal("%s", qPrintable(store.error().detail));
        auto desk = std::make_unique<StoreDesk>(store.take());
#endif
        desk->open(u"a"_s);
        desk->open(u"b"_s);
        desk->answers();
        return desk;
    }

#ifndef PARLANCE_TEST_MEMORY
    Databases m_databases;
#endif
};

namespace {

/// Asks for a change by \a person of the message that was stored as the \a number -th.
void change(StoreDesk &desk, ChangeKind kind, int number, const QString &what = {}, const QString &person = u"p"_s,
            const QString &cid = {}, const QString &room = u"a"_s)
{
    ++desk.asked;
    Change change {kind, desk.messages.at(number - 1).id};
    Draft draft;
    draft.id = ++desk.lastDraft;
    draft.room = StoreDesk::roomName(room);
    draft.author = parseUserName(person).take();
    draft.person = PersonId(person);
    draft.timestamp = 1000 + qint64(desk.lastDraft);
    draft.cid = Cid(cid);
    if (kind == ChangeKind::Edit)
        draft.content = what;
    else
        change.emoji = what;
    draft.change = std::make_shared<const Change>(change);
    desk.store->append(draft);
}

void edit(StoreDesk &desk, int number, const QString &text, const QString &person = u"p"_s, const QString &cid = {})
{
    change(desk, ChangeKind::Edit, number, text, person, cid);
}

void remove(StoreDesk &desk, int number, const QString &person = u"p"_s, const QString &cid = {})
{
    change(desk, ChangeKind::Deletion, number, {}, person, cid);
}

void react(StoreDesk &desk, int number, const QString &emoji, const QString &person, const QString &cid = {})
{
    change(desk, ChangeKind::Reaction, number, emoji, person, cid);
}

#ifndef PARLANCE_TEST_MEMORY
QString textOf(const Message &message)
{
    QString text = QString::number(message.seq) + u' ' + message.author.text();
    if (message.change) {
        constexpr const char *kNames[] = {"edits", "deletes", "reacts to", "takes back from"};
        return text + u' ' + QLatin1StringView(kNames[int(message.change->kind)])
            + u" %1 %2%3"_s.arg(message.change->targetSeq).arg(message.content, message.change->emoji);
    }
    text += message.isDeleted() ? u" deleted"_s : u" says "_s + message.content;
    if (!message.aftermath)
        return text;
    if (message.aftermath->edited > 0)
        text += u" edited"_s;
    for (const Reaction &reaction : message.aftermath->reactions)
        text += u' ' + reaction.emoji + reaction.user.text();
    return text;
}

QStringList textOf(const MessageList &messages)
{
    QStringList lines;
    for (const Message &message : messages)
        lines.append(textOf(message).trimmed());
    return lines;
}

HistoryQuery everything()
{
    HistoryQuery query;
    query.after = 0;
    query.withChanges = true;
    return query;
}
#endif

} // namespace

void TestChanges::initTestCase()
{
#ifndef PARLANCE_TEST_MEMORY
    QVERIFY2(m_databases.fault().isEmpty(), qPrintable(m_databases.fault()));
#endif
}

void TestChanges::init()
{
#ifndef PARLANCE_TEST_MEMORY
    m_databases.makeNew();
    QVERIFY2(m_databases.fault().isEmpty(), qPrintable(m_databases.fault()));
#endif
}

void TestChanges::emojis_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isOne");
    QTest::newRow("thumb") << u"👍"_s << true;
    QTest::newRow("with a skin tone") << u"👍🏽"_s << true;
    QTest::newRow("heart with its selector") << u"❤️"_s << true;
    QTest::newRow("family") << u"👨‍👩‍👧‍👦"_s << true;
    QTest::newRow("flag") << u"🇩🇪"_s << true;
    QTest::newRow("keycap") << u"3️⃣"_s << true;
    QTest::newRow("two") << u"👍👍"_s << false;
    QTest::newRow("digit") << u"3"_s << false;
    QTest::newRow("letter") << u"a"_s << false;
    QTest::newRow("Cyrillic") << u"я"_s << false;
    QTest::newRow("word") << u"yes"_s << false;
    QTest::newRow("space before") << u" 👍"_s << false;
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("half a pair") << QString(QChar(0xD83D)) << false;
    QTest::newRow("a letter with many marks") << QString(u"e"_s + QString(300, QChar(0x0301))) << false;
    QTest::newRow("an emoji with many joiners") << QString(u"👍"_s + QString(300, QChar(0x200D))) << false;
}

void TestChanges::emojis()
{
    QFETCH(QString, text);
    QTEST(isEmoji(text), "isOne");
}

void TestChanges::editByItsAuthor()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"helo"_s);
    desk->answers();
    edit(*desk, 1, u"hello"_s);
    QCOMPARE(desk->answers(), QStringList {u"2=2"_s});
    const Message &done = desk->messages.constLast();
    QVERIFY(done.change);
    QCOMPARE(done.content, u"hello"_s);
    QCOMPARE(done.change->targetSeq, 1u);
    QCOMPARE(done.change->target, desk->messages.constFirst().id);
    QVERIFY(done.id != done.change->target);
    QCOMPARE(done.timestamp, 1002);
}

void TestChanges::deletionByItsAuthor()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"secret"_s);
    desk->answers();
    remove(*desk, 1);
    QCOMPARE(desk->answers(), QStringList {u"2=2"_s});
    QVERIFY(desk->messages.constLast().content.isEmpty());
    QCOMPARE(desk->messages.constLast().change->kind, ChangeKind::Deletion);
}

void TestChanges::nobodyElse()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"mine"_s);
    desk->answers();
    edit(*desk, 1, u"yours"_s, u"q"_s);
    remove(*desk, 1, u"q"_s);
    remove(*desk, 1, QString(u"P"_s));
    QCOMPARE(desk->answers(), (QStringList {u"refused 2 forbidden"_s, u"refused 3 forbidden"_s, u"refused 4 forbidden"_s}));
    desk->append(u"a"_s, u"next"_s);
    QCOMPARE(desk->answers(), QStringList {u"5=2"_s}); // they cost no seq
}

void TestChanges::unknownTargets_data()
{
    QTest::addColumn<QString>("id");
    for (const char *id : {"", "-", "x", "1", "--", "-1-1", "abc-1-1", "abc-1", "e-1-999999", "-0-0", "9-9-99999999999999999999999"})
        QTest::addRow("%s", id) << QString::fromLatin1(id);
}

void TestChanges::unknownTargets()
{
    QFETCH(QString, id);
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s);
    desk->answers();
    desk->messages[0].id = MessageId(id);
    edit(*desk, 1, u"y"_s);
    react(*desk, 1, u"👍"_s, u"q"_s);
    QCOMPARE(desk->answers(), (QStringList {u"refused 2 not_found"_s, u"refused 3 not_found"_s}));
}

void TestChanges::ofAnotherRoom()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s);
    desk->append(u"b"_s, u"x"_s);
    desk->answers();
    change(*desk, ChangeKind::Edit, 1, u"y"_s, u"p"_s, {}, u"b"_s);
    QCOMPARE(desk->answers(), QStringList {u"refused 3 not_found"_s});
}

void TestChanges::changesOfADeletedMessage()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s);
    desk->answers();
    remove(*desk, 1);
    edit(*desk, 1, u"y"_s);
    remove(*desk, 1);
    react(*desk, 1, u"👍"_s, u"q"_s);
    QCOMPARE(desk->answers(), (QStringList {u"2=2"_s, u"refused 3 not_found"_s, u"refused 4 not_found"_s, u"refused 5 not_found"_s}));
}

void TestChanges::changesOfAChange()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s);
    desk->answers();
    edit(*desk, 1, u"y"_s);
    desk->answers();
    edit(*desk, 2, u"z"_s);
    QCOMPARE(desk->answers(), QStringList {u"refused 3 not_found"_s});
}

void TestChanges::reactionsOfMany()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s);
    desk->answers();
    react(*desk, 1, u"👍"_s, u"q"_s);
    react(*desk, 1, u"👍"_s, u"r"_s);
    react(*desk, 1, u"🎉"_s, u"q"_s);
    QCOMPARE(desk->answers(), (QStringList {u"2=2"_s, u"3=3"_s, u"4=4"_s}));
    change(*desk, ChangeKind::ReactionGone, 1, u"👍"_s, u"q"_s);
    QCOMPARE(desk->answers(), QStringList {u"5=5"_s});
    const Message &gone = desk->messages.constLast();
    QCOMPARE(gone.change->emoji, u"👍"_s);
    QCOMPARE(gone.author.text(), u"q"_s);
}

void TestChanges::reactionTwice()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s);
    desk->answers();
    react(*desk, 1, u"👍"_s, u"q"_s);
    desk->append(u"a"_s, u"between"_s);
    react(*desk, 1, u"👍"_s, u"q"_s);
    QCOMPARE(desk->answers(), (QStringList {u"2=2"_s, u"3=3"_s, u"repeated 4=2"_s}));
    change(*desk, ChangeKind::ReactionGone, 1, u"👍"_s, u"q"_s);
    react(*desk, 1, u"👍"_s, u"q"_s); // and back
    QCOMPARE(desk->answers(), (QStringList {u"5=4"_s, u"6=5"_s}));
}

void TestChanges::reactionAwayThatIsNotThere()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s);
    desk->answers();
    react(*desk, 1, u"👍"_s, u"q"_s);
    change(*desk, ChangeKind::ReactionGone, 1, u"👍"_s, u"r"_s);
    change(*desk, ChangeKind::ReactionGone, 1, u"🎉"_s, u"q"_s);
    QCOMPARE(desk->answers(), (QStringList {u"2=2"_s, u"refused 3 not_found"_s, u"refused 4 not_found"_s}));
}

void TestChanges::tooManyEmojis()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s);
    desk->answers();
    for (int i = 0; i < kMostEmojis; ++i)
        react(*desk, 1, QString::fromUcs4(std::array {char32_t(0x1F600 + i)}.data(), 1), u"q"_s);
    QCOMPARE(desk->answers().size(), kMostEmojis);
    react(*desk, 1, u"👍"_s, u"q"_s);
    react(*desk, 1, QString::fromUcs4(std::array {char32_t(0x1F600)}.data(), 1), u"r"_s); // is there already
    QCOMPARE(desk->answers(), (QStringList {u"23=22"_s, u"refused 22 forbidden"_s}));
}

void TestChanges::repeatedCids()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s, u"c0"_s);
    desk->append(u"a"_s, u"y"_s);
    desk->answers();
    edit(*desk, 1, u"z"_s, u"p"_s, u"c1"_s);
    edit(*desk, 1, u"z"_s, u"p"_s, u"c1"_s);
    QCOMPARE(desk->answers(), (QStringList {u"3=3"_s, u"repeated 4=3"_s}));
    edit(*desk, 2, u"z"_s, u"p"_s, u"c1"_s); // another message
    remove(*desk, 1, u"p"_s, u"c1"_s); // another change
    edit(*desk, 1, u"z"_s, u"p"_s, u"c0"_s); // was a message
    desk->append(u"a"_s, u"z"_s, u"c1"_s); // was a change
    QCOMPARE(desk->answers(), (QStringList {u"refused 5 conflict"_s, u"refused 6 conflict"_s, u"refused 7 conflict"_s, u"refused 8 conflict"_s}));
    remove(*desk, 1, u"p"_s, u"c2"_s);
    desk->answers();
    edit(*desk, 1, u"z"_s, u"p"_s, u"c1"_s); // of what is deleted since
    remove(*desk, 1, u"p"_s, u"c2"_s);
    QCOMPARE(desk->answers(), (QStringList {u"repeated 10=3"_s, u"repeated 11=4"_s}));
    QVERIFY(desk->messages.at(desk->messages.size() - 2).content.isEmpty());
}

void TestChanges::messageRepeatedAfterItsEdit()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s, u"c"_s);
    desk->answers();
    edit(*desk, 1, u"y"_s);
    desk->append(u"a"_s, u"x"_s, u"c"_s); // its acknowledgement was lost
    QCOMPARE(desk->answers(), (QStringList {u"2=2"_s, u"repeated 3=1"_s}));
    QCOMPARE(desk->messages.constLast().content, u"y"_s);
    remove(*desk, 1);
    desk->append(u"a"_s, u"x"_s, u"c"_s);
    QCOMPARE(desk->answers(), (QStringList {u"4=3"_s, u"repeated 5=1"_s}));
    QVERIFY(desk->messages.constLast().isDeleted());
    QVERIFY(desk->messages.constLast().content.isEmpty());
}

void TestChanges::changesAndMessagesInOneBatch()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s);
    desk->answers();
    const int before = desk->batches;
    edit(*desk, 1, u"y"_s);
    desk->append(u"a"_s, u"after"_s);
    edit(*desk, 1, u"z"_s, u"q"_s);
    edit(*desk, 1, u"z"_s);
    QCOMPARE(desk->answers(), (QStringList {u"2=2"_s, u"3=3"_s, u"5=4"_s, u"refused 4 forbidden"_s}));
    QCOMPARE(desk->batches, before + 1);
}

void TestChanges::seqsGoOn()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s);
    desk->answers();
    for (int i = 0; i < 50; ++i) {
        edit(*desk, 1, QString::number(i));
        desk->append(u"a"_s, u"m"_s);
    }
    desk->answers();
    for (int i = 0; i < desk->messages.size(); ++i)
        QCOMPARE(desk->messages.at(i).seq, quint64(i + 1));
}

#ifndef PARLANCE_TEST_MEMORY
void TestChanges::pages()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"one"_s);
    desk->append(u"a"_s, u"two"_s);
    desk->append(u"a"_s, u"three"_s);
    desk->answers();
    edit(*desk, 1, u"ONE"_s);
    remove(*desk, 2);
    react(*desk, 3, u"👍"_s, u"q"_s);
    react(*desk, 3, u"🎉"_s, u"q"_s);
    change(*desk, ChangeKind::ReactionGone, 3, u"👍"_s, u"q"_s);
    desk->answers();
    QCOMPARE(textOf(desk->fetch(u"a"_s).messages), (QStringList {u"1 anna says ONE edited"_s, u"3 anna says three 🎉q"_s}));
    QCOMPARE(textOf(desk->fetch(u"a"_s, everything()).messages),
             (QStringList {u"1 anna says ONE edited"_s, u"2 anna deleted"_s, u"3 anna says three 🎉q"_s, u"4 p edits 1 ONE"_s,
                           u"5 p deletes 2"_s, u"6 q reacts to 3 👍"_s, u"7 q reacts to 3 🎉"_s, u"8 q takes back from 3 👍"_s}));
    HistoryQuery lastTwo;
    lastTwo.count = 2;
    QCOMPARE(textOf(desk->fetch(u"a"_s, lastTwo).messages), (QStringList {u"1 anna says ONE edited"_s, u"3 anna says three 🎉q"_s}));
}

void TestChanges::earlierEditsHaveTheTextOfNow()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"one"_s);
    desk->answers();
    edit(*desk, 1, u"two"_s);
    edit(*desk, 1, u"three"_s);
    desk->answers();
    QCOMPARE(textOf(desk->fetch(u"a"_s, everything()).messages),
             (QStringList {u"1 anna says three edited"_s, u"2 p edits 1 three"_s, u"3 p edits 1 three"_s}));
    remove(*desk, 1);
    desk->answers();
    QCOMPARE(textOf(desk->fetch(u"a"_s, everything()).messages),
             (QStringList {u"1 anna deleted"_s, u"2 p edits 1"_s, u"3 p edits 1"_s, u"4 p deletes 1"_s}));
}

void TestChanges::afterARestart()
{
    MessageList written;
    {
        const auto desk = this->desk();
        desk->append(u"a"_s, u"one"_s);
        desk->answers();
        edit(*desk, 1, u"two"_s, u"p"_s, u"c"_s);
        react(*desk, 1, u"👍"_s, u"q"_s);
        desk->answers();
        written = desk->messages;
    }
    const auto desk = this->desk();
    desk->messages = written;
    const RoomRecord record = desk->records.constFirst();
    QCOMPARE(record.head, 3u);
    QCOMPARE(textOf(record.newest), (QStringList {u"1 anna says two edited 👍q"_s, u"2 p edits 1 two"_s, u"3 q reacts to 1 👍"_s}));
    QCOMPARE(record.newest.at(1).change->target, written.constFirst().id);
    edit(*desk, 1, u"two"_s, u"p"_s, u"c"_s);
    remove(*desk, 1);
    QCOMPARE(desk->answers(), (QStringList {u"repeated 1=2"_s, u"2=4"_s}));
}

void TestChanges::targetsThatAreTrimmed()
{
    SqlSource source = m_databases.source();
    MessageList written;
    {
        const auto desk = this->desk();
        for (int i = 0; i < 20; ++i)
            desk->append(u"a"_s, u"x"_s);
        desk->answers();
        edit(*desk, 1, u"y"_s);
        desk->answers();
        written = desk->messages;
    }
    source.keep.perRoom = 3;
    source.trimMs = 10;
    Result<std::unique_ptr<SqlStore>> store = SqlStore::open(source);
    QVERIFY(store);
    StoreDesk desk(store.take());
    QTRY_COMPARE(textOf(desk.fetch(u"a"_s, everything()).messages), (QStringList {u"19 anna says x"_s, u"20 anna says x"_s, u"21 p edits 1"_s}));
    desk.messages = written;
    edit(desk, 1, u"z"_s);
    QCOMPARE(desk.answers().filter(u"refused"_s), QStringList {u"refused 1 not_found"_s});
}
#endif

QTEST_GUILESS_MAIN(TestChanges)
#include "tst_changes.moc"

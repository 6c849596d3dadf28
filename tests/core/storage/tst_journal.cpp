// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/historydesk.h"
#include "storage/historytrimmer.h"
#include "storage/searchindex.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// A message is the same whether it waits in the journal or has a row, to whoever reads, repeats, changes or deletes it.
class TestJournal : public QObject
{
    Q_OBJECT

private slots:
    void aCommitIsOneRow();
    void longBatchesAreSeveralRows();
    void everyPageIsTheSame();
    void pagesEndByBytes();
    void repeated_data();
    void repeated();
    void repeatedInOneBatch();
    void ofManyCids();
    void failedIsNotRemembered();
    void changedWhileItWaits_data();
    void changedWhileItWaits();
    void aRowThatIsThereTwice();
    void settledInSteps();
    void aRestartFindsWhatWaits();
    void trimmedOnlyWhatHasRows();
    void indexedOnlyWhatHasRows();
};

namespace {

constexpr char kRowsOfJournal[] = "SELECT count(*) FROM journal";

} // namespace

void TestJournal::aCommitIsOneRow()
{
    HistoryDesk desk;
    QCOMPARE(desk.commit({desk.draft(u"one"_s), desk.draft(u"two"_s), desk.draft(u"three"_s)}), (QStringList {u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(desk.number(QString::fromLatin1(kRowsOfJournal)), 1);
    QCOMPARE(desk.number(u"SELECT count(*) FROM messages"_s), 0);
    QCOMPARE(desk.writer().unsettled(), 3);
    QVERIFY(desk.writer().settle(1).value());
    QCOMPARE(desk.number(QString::fromLatin1(kRowsOfJournal)), 0);
    QCOMPARE(desk.number(u"SELECT count(*) FROM messages"_s), 3);
    QCOMPARE(desk.writer().unsettled(), 0);
    QVERIFY(!desk.writer().settle(1).value());
}

void TestJournal::longBatchesAreSeveralRows()
{
    HistoryDesk desk;
    QList<Draft> drafts;
    for (int i = 0; i < 3 * JournalPacker::kMost; ++i)
        drafts.append(desk.draft(QString::number(i)));
    desk.commit(drafts);
    QCOMPARE(desk.number(QString::fromLatin1(kRowsOfJournal)), 3);
    HistoryQuery all;
    all.after = 0;
    all.count = 1000;
    QCOMPARE(desk.read(all).size(), drafts.size());
    HistoryQuery middle;
    middle.after = quint64(JournalPacker::kMost) - 1;
    middle.count = 3;
    QCOMPARE(desk.lines(middle), (QStringList {u"256 255"_s, u"257 256"_s, u"258 257"_s}));
}

/// Some have rows, some wait, changes stand between: whatever has a row already, all answers stay what they are.
void TestJournal::everyPageIsTheSame()
{
    HistoryDesk desk;
    MessageId third;
    for (int i = 1; i <= 40; ++i) {
        desk.commit({desk.draft(u"a%1"_s.arg(i)), desk.draft(u"b%1"_s.arg(i))});
        if (i == 3)
            third = desk.last.id;
        if (i % 7 == 0)
            desk.commit({desk.draft(u"before"_s), desk.change(ChangeKind::Reaction, third, i % 2 ? u"😀"_s : u"👍"_s), desk.draft(u"behind"_s)});
    }
    QList<HistoryQuery> queries;
    for (const bool withChanges : {false, true}) {
        for (const int count : {1, 5, 50, 1000}) {
            for (quint64 seq = 0; seq <= 101; seq += 10) {
                HistoryQuery query;
                query.withChanges = withChanges;
                query.count = count;
                query.before = seq;
                queries.append(query);
                query.before = 0;
                query.after = seq;
                queries.append(query);
                query.before = seq + 7;
                queries.append(query);
            }
        }
    }
    const auto answers = [&] {
        QStringList all;
        for (const HistoryQuery &query : std::as_const(queries)) {
            QStringList lines = desk.lines(query);
            for (const Message &message : desk.read(query))
                lines += message.id.toString() + message.person.toString() + QString::number(message.timestamp)
                    + QString::number(message.aftermath ? message.aftermath->reactions.size() : 0);
            all.append(lines.join(u'\n'));
        }
        return all;
    };
    const QStringList before = answers();
    QCOMPARE(desk.writer().unsettled(), 80 + 10 - 2); // the reactions gave two their rows
    int steps = 0;
    while (desk.writer().settle(1).value()) {
        ++steps;
        const QStringList now = answers();
        for (qsizetype i = 0; i < before.size(); ++i)
            QCOMPARE(now.at(i), before.at(i));
    }
    QVERIFY(steps > 40);
}

void TestJournal::pagesEndByBytes()
{
    HistoryDesk desk;
    for (int i = 0; i < 10; ++i)
        desk.say(QString(1000, u'x'));
    (void)desk.writer().settle(5);
    HistoryQuery query;
    query.after = 0;
    query.bytes = 3500;
    const MessageList some = desk.read(query);
    QVERIFY(some.size() >= 1 && some.size() < 4);
    query.bytes = 1;
    QCOMPARE(desk.read(query).size(), 1);
    QCOMPARE(desk.reader().openRoom(HistoryDesk::room(), 10).value().oldest, 1u);
}

void TestJournal::repeated_data()
{
    QTest::addColumn<bool>("isSettled");
    QTest::addColumn<bool>("isRestarted");
    QTest::newRow("waiting") << false << false;
    QTest::newRow("waiting, after a restart") << false << true;
    QTest::newRow("with a row") << true << false;
    QTest::newRow("with a row, after a restart") << true << true;
}

void TestJournal::repeated()
{
    QFETCH(bool, isSettled);
    QFETCH(bool, isRestarted);
    HistoryDesk desk;
    desk.commit({desk.draft(u"one"_s, u"c1"_s), desk.draft(u"two"_s, u"c2"_s)});
    const MessageId id = desk.last.id;
    if (isSettled)
        QVERIFY(desk.writer().settle(1).value());
    if (isRestarted)
        desk.open();
    QCOMPARE(desk.say(u"two"_s, u"c2"_s), QStringList {u"again 2"_s});
    QCOMPARE(desk.last.id, id);
    QCOMPARE(desk.say(u"another"_s, u"c2"_s), QStringList {u"conflict"_s});
    QCOMPARE(desk.say(u"two"_s, u"c2"_s, u"another person"_s), QStringList {u"3"_s});
    Draft elsewhere = desk.draft(u"two"_s, u"c2"_s);
    elsewhere.room = HistoryDesk::room(u"kitchen"_s);
    QCOMPARE(desk.commit({elsewhere}), QStringList {u"conflict"_s});
    QCOMPARE(desk.say(u"three"_s, u"c3"_s), QStringList {u"4"_s});
    while (desk.writer().settle(100).value()) { }
    QCOMPARE(desk.number(u"SELECT count(*) FROM messages WHERE cid IS NOT NULL"_s), 4);
    QCOMPARE(desk.say(u"three"_s, u"c3"_s), QStringList {u"again 4"_s});
}

void TestJournal::repeatedInOneBatch()
{
    HistoryDesk desk;
    QCOMPARE(desk.commit({desk.draft(u"x"_s, u"c"_s), desk.draft(u"x"_s, u"c"_s), desk.draft(u"y"_s, u"c"_s), desk.draft(u"z"_s)}),
             (QStringList {u"1"_s, u"again 1"_s, u"2"_s, u"conflict"_s}));
    QCOMPARE(desk.lines(), (QStringList {u"1 x"_s, u"2 z"_s}));
}

/// Somebody of whom more cids are known than are kept in memory.
void TestJournal::ofManyCids()
{
    HistoryDesk desk;
    desk.say(u"first"_s, u"own"_s, u"bot"_s);
    while (desk.writer().settle(1).value()) { }
    const QString fill = u"WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < %1)"
                         " INSERT INTO messages (id, epoch, author, person, cid, timestamp, content)"
                         " SELECT (1 << %2) + i, 1, 'bot', 'bot', 'cid ' || i, 1000, 'text ' || i FROM n"_s
                             .arg(CidBook::kMostOfPerson + 10)
                             .arg(Schema::kSeqBits);
    QVERIFY(desk.connection().run(fill));
    QVERIFY(desk.connection().run(u"UPDATE rooms SET head = %1"_s.arg(CidBook::kMostOfPerson + 10)));
    desk.open();
    QCOMPARE(desk.say(u"text 50005"_s, u"cid 50005"_s, u"bot"_s), QStringList {u"again 50005"_s});
    QCOMPARE(desk.say(u"first"_s, u"own"_s, u"bot"_s), QStringList {u"again 1"_s});
    QCOMPARE(desk.say(u"new"_s, u"never used"_s, u"bot"_s), QStringList {u"50011"_s});
    QCOMPARE(desk.say(u"new"_s, u"never used"_s, u"bot"_s), QStringList {u"again 50011"_s});
}

void TestJournal::failedIsNotRemembered()
{
    HistoryDesk desk;
    desk.say(u"one"_s);
    QVERIFY(desk.connection().run(u"CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'full'); END"_s));
    QCOMPARE(desk.say(u"two"_s, u"c"_s), QStringList {u"unavailable"_s});
    QCOMPARE(desk.writer().unsettled(), 1);
    QVERIFY(desk.connection().run(u"DROP TRIGGER full"_s));
    QCOMPARE(desk.say(u"other"_s, u"c"_s), QStringList {u"2"_s}); // no conflict with what was never stored
    QCOMPARE(desk.lines(), (QStringList {u"1 one"_s, u"2 other"_s}));

    QVERIFY(desk.connection().run(u"CREATE TRIGGER full BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'full'); END"_s));
    QVERIFY(!desk.writer().settle(10));
    QCOMPARE(desk.writer().unsettled(), 2);
    QCOMPARE(desk.say(u"other"_s, u"c"_s), QStringList {u"again 2"_s});
    QVERIFY(desk.connection().run(u"DROP TRIGGER full"_s));
    QVERIFY(desk.writer().settle(10).value());
    QCOMPARE(desk.lines(), (QStringList {u"1 one"_s, u"2 other"_s}));
    QCOMPARE(desk.say(u"other"_s, u"c"_s), QStringList {u"again 2"_s});
}

void TestJournal::changedWhileItWaits_data()
{
    QTest::addColumn<ChangeKind>("kind");
    QTest::addColumn<QString>("text");
    QTest::newRow("edited") << ChangeKind::Edit << u"two!"_s;
    QTest::newRow("deleted") << ChangeKind::Deletion << QString();
    QTest::newRow("reaction") << ChangeKind::Reaction << u"😀"_s;
}

void TestJournal::changedWhileItWaits()
{
    QFETCH(ChangeKind, kind);
    QFETCH(QString, text);
    HistoryDesk desk;
    const Draft two = desk.draft(u"two"_s);
    // All in one transaction: the message is not even written yet when it is changed.
    const HistoryWriter::Outcome first = desk.writer().commit({desk.draft(u"one"_s), two, desk.draft(u"three"_s)});
    const MessageId id = first.stored.at(1).message.id;
    QCOMPARE(desk.commit({desk.draft(u"four"_s), desk.change(kind, id, text, u"change"_s), desk.draft(u"six"_s)}),
             (QStringList {u"4"_s, u"5"_s, u"6"_s}));
    QCOMPARE(desk.commit({desk.change(kind, id, text, u"change"_s)}), QStringList {u"again 5"_s});
    HistoryQuery all;
    all.withChanges = true;
    const QStringList expected = desk.lines(all);
    QCOMPARE(expected.size(), 6);
    QCOMPARE(expected.at(4), u"5 →2"_s);
    const Message changed = desk.read(all).at(1);
    QCOMPARE(changed.content, kind == ChangeKind::Edit ? u"two!"_s : kind == ChangeKind::Deletion ? QString() : u"two"_s);
    while (desk.writer().settle(1).value()) { }
    QCOMPARE(desk.lines(all), expected);
    if (kind == ChangeKind::Reaction)
        QCOMPARE(changed.aftermath->reactions.size(), 1);
    // and of another that is in the same batch as its change
    const MessageId seventh(QString(id.toString()).chopped(1) + u'7');
    QCOMPARE(desk.commit({desk.draft(u"seven"_s), desk.change(kind, seventh, text)}), (QStringList {u"7"_s, u"8"_s}));
}

/// Nothing that is acknowledged is ever given up for a cid.
void TestJournal::aRowThatIsThereTwice()
{
    HistoryDesk desk;
    desk.say(u"one"_s, u"c"_s);
    QVERIFY(desk.connection().run(u"INSERT INTO messages (id, epoch, author, person, cid, timestamp, content)"
                                  " VALUES (5, 1, 'anna', 'p', 'c', 1, 'foreign')"_s));
    QTest::ignoreMessage(QtWarningMsg, "a cid stands in the history twice; the later message is kept without it");
    QVERIFY(desk.writer().settle(1).value());
    QCOMPARE(desk.lines(), QStringList {u"1 one"_s});
}

void TestJournal::settledInSteps()
{
    HistoryDesk desk;
    for (int i = 0; i < 10; ++i)
        desk.commit({desk.draft(u"a"_s), desk.draft(u"b"_s)});
    QVERIFY(desk.writer().settle(5).value()); // whole rows
    QCOMPARE(desk.writer().unsettled(), 14);
    QVERIFY(desk.writer().settle(1000).value());
    QCOMPARE(desk.writer().unsettled(), 0);
}

void TestJournal::aRestartFindsWhatWaits()
{
    HistoryDesk desk;
    desk.commit({desk.draft(u"one"_s, u"c1"_s), desk.draft(u"two"_s)});
    desk.open();
    QCOMPARE(desk.writer().unsettled(), 2);
    QCOMPARE(desk.say(u"three"_s), QStringList {u"3"_s});
    QCOMPARE(desk.lines(), (QStringList {u"1 one"_s, u"2 two"_s, u"3 three"_s}));
    QVERIFY(desk.connection().run(u"UPDATE journal SET data = x'01' WHERE id = (1 << %1) + 1"_s.arg(Schema::kSeqBits)));
    const auto writer = HistoryWriter::make(desk.connection());
    QVERIFY(!writer); // told, not passed over
    QCOMPARE(writer.error().code, ErrorCode::DataUnusable);
}

void TestJournal::trimmedOnlyWhatHasRows()
{
    HistoryDesk desk;
    for (int i = 1; i <= 6; ++i)
        desk.say(QString::number(i));
    Retention keep;
    keep.perRoom = 2;
    HistoryTrimmer trimmer(desk.connection(), keep);
    QVERIFY(!trimmer.step(0).value());
    QVERIFY(desk.writer().settle(3).value());
    QCOMPARE(trimmer.step(0).value()->oldest, 4u);
    QVERIFY(!trimmer.step(0).value());
    QCOMPARE(desk.lines(), (QStringList {u"4 4"_s, u"5 5"_s, u"6 6"_s}));
    QVERIFY(desk.writer().settle(10).value());
    QCOMPARE(trimmer.step(0).value()->oldest, 5u);
    QCOMPARE(desk.lines(), (QStringList {u"5 5"_s, u"6 6"_s}));
}

void TestJournal::indexedOnlyWhatHasRows()
{
    HistoryDesk desk;
    desk.say(u"apple"_s);
    QVERIFY(desk.writer().settle(1).value());
    desk.say(u"pear"_s);
    Draft elsewhere = desk.draft(u"plum"_s);
    elsewhere.room = HistoryDesk::room(u"kitchen"_s);
    desk.commit({elsewhere});
    SearchIndex index(desk.connection());
    QVERIFY(index.step().value());
    QVERIFY(!index.step().value());
    QCOMPARE(desk.number(u"SELECT count(*) FROM messages_text WHERE messages_text MATCH 'apple OR pear OR plum'"_s), 1);
    while (desk.writer().settle(1).value()) { }
    while (index.step().value()) { }
    QCOMPARE(desk.number(u"SELECT count(*) FROM messages_text WHERE messages_text MATCH 'apple OR pear OR plum'"_s), 3);
}

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"

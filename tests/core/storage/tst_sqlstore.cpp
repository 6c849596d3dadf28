// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/databases.h"
#include "core/storage/storedesk.h"
#include "storage/sqlstore.h"

#include <QSet>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What is stored, and found again: in this run of the server and in the next one.
class TestSqlStore : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void answersLater();
    void gaplessPerRoom();
    void orderOfOneRoomInManyTurns();
    void whatIsStoredIsFoundAgain();
    void anyTextIsKept_data();
    void anyTextIsKept();
    void seqGoesOnAfterARestart();
    void epochIsTheDatabases();
    void idsNeverRepeat();
    void repeatedCid();
    void repeatedCidInOneBatch();
    void repeatedCidAfterARestart();
    void conflicts_data();
    void conflicts();
    void conflictCostsNoSeq();
    void cidsOfOthersAreOthers();
    void noCidNeverRepeats();
    void newestOfARoom();
    void roomsThatLookAlikeAreOne();
    void pages_data();
    void pages();
    void pageOfAnUnknownRoom();
    void pagesAreBoundedInBytes();
    void whatWaitsIsCommittedAtTheEnd();
    void tooManyUnderWay();

private:
    std::unique_ptr<StoreDesk> desk(bool isFast = false)
    {
        SqlSource source = m_databases.source();
        source.isFast = isFast;
        Result<std::unique_ptr<SqlStore>> store = SqlStore::open(source);
        if (!store)
            qFatal("%s", qPrintable(store.error().detail));
        return std::make_unique<StoreDesk>(store.take());
    }

    Databases m_databases;
};

namespace {

QList<quint64> seqsOf(const MessageList &messages)
{
    QList<quint64> seqs;
    for (const Message &message : messages)
        seqs.append(message.seq);
    return seqs;
}

bool isSame(const Message &a, const Message &b)
{
    return a.id == b.id && a.room == b.room && a.author == b.author && a.author.text() == b.author.text()
        && a.person == b.person && a.content == b.content && a.timestamp == b.timestamp && a.seq == b.seq && a.cid == b.cid;
}

} // namespace

void TestSqlStore::initTestCase()
{
    QVERIFY2(m_databases.fault().isEmpty(), qPrintable(m_databases.fault()));
}

void TestSqlStore::init()
{
    m_databases.makeNew();
    QVERIFY2(m_databases.fault().isEmpty(), qPrintable(m_databases.fault()));
}

void TestSqlStore::answersLater()
{
    const auto desk = this->desk();
    QCOMPARE(desk->store->durability(), u"durable"_s);
    desk->open(u"a"_s);
    QVERIFY(desk->records.isEmpty()); // never from inside the call
    QCOMPARE(desk->answers(), QStringList {u"opened a at 0"_s});
    desk->append(u"a"_s, u"x"_s);
    desk->append(u"a"_s, u"y"_s);
    QCOMPARE(desk->batches, 0);
    QCOMPARE(desk->answers(), (QStringList {u"1=1"_s, u"2=2"_s}));
    QCOMPARE(desk->batches, 1); // of one turn: one transaction
    QVERIFY(desk->answers().isEmpty()); // each once
    QCOMPARE(this->desk(true)->store->durability(), u"fast"_s);
}

void TestSqlStore::gaplessPerRoom()
{
    const auto desk = this->desk();
    for (int i = 0; i < 500; ++i)
        desk->append(i % 3 ? u"a"_s : u"b"_s, QString::number(i));
    desk->answers();
    QHash<QString, quint64> heads;
    for (const Message &message : std::as_const(desk->messages))
        QCOMPARE(message.seq, ++heads[message.room.text()]);
    QCOMPARE(heads.value(u"a"_s), 333u);
    QCOMPARE(heads.value(u"b"_s), 167u);
}

void TestSqlStore::orderOfOneRoomInManyTurns()
{
    const auto desk = this->desk();
    for (int i = 0; i < 300; ++i) {
        desk->append(u"a"_s, QString::number(i));
        QCoreApplication::processEvents(); // the storage thread works meanwhile
    }
    desk->answers();
    QCOMPARE(desk->messages.size(), 300);
    for (int i = 0; i < 300; ++i) {
        QCOMPARE(desk->messages.at(i).seq, quint64(i + 1));
        QCOMPARE(desk->messages.at(i).content, QString::number(i));
    }
}

void TestSqlStore::whatIsStoredIsFoundAgain()
{
    MessageList written;
    {
        const auto desk = this->desk();
        desk->append(u"Büro"_s, u"one"_s, u"c1"_s, u"p1"_s, u"Ann Lee"_s);
        desk->append(u"Büro"_s, u"two"_s, {}, u"p2"_s, u"بلال"_s);
        desk->answers();
        written = desk->messages;
    }
    const auto desk = this->desk();
    desk->open(u"Büro"_s);
    QCOMPARE(desk->answers(), QStringList {u"opened Büro at 2"_s});
    const MessageList read = desk->records.constFirst().newest;
    QCOMPARE(read.size(), written.size());
    for (qsizetype i = 0; i < read.size(); ++i)
        QVERIFY(isSame(read.at(i), written.at(i)));
}

void TestSqlStore::anyTextIsKept_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("Cyrillic") << u"Привет, мир"_s;
    QTest::newRow("emoji with joiners") << u"👩‍👩‍👧‍👦 🏳️‍🌈"_s;
    QTest::newRow("right to left") << u"שלום \u202Eabc\u202C عالم"_s;
    QTest::newRow("quotes and statements") << u"'); DROP TABLE messages; -- \" ` \\ %1 ?"_s;
    QTest::newRow("lines") << u"a\nb\r\nc\t\u2028d"_s;
    QTest::newRow("longest") << QString(4000, u'ж');
    QTest::newRow("one lone surrogate pair") << u"\U0010FFFF"_s;
}

void TestSqlStore::anyTextIsKept()
{
    QFETCH(QString, text);
    {
        const auto desk = this->desk();
        desk->append(u"a"_s, text);
        QCOMPARE(desk->answers(), QStringList {u"1=1"_s});
        QCOMPARE(desk->messages.constFirst().content, text);
    }
    const MessageList found = desk()->fetch(u"a"_s).messages;
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.constFirst().content, text);
}

void TestSqlStore::seqGoesOnAfterARestart()
{
    for (int run = 0; run < 3; ++run) {
        const auto desk = this->desk();
        desk->append(u"a"_s, u"x"_s);
        desk->append(u"b"_s, u"x"_s);
        desk->append(u"a"_s, u"x"_s);
        QCOMPARE(desk->answers(), (QStringList {u"1=%1"_s.arg(run * 2 + 1), u"2=%1"_s.arg(run + 1), u"3=%1"_s.arg(run * 2 + 2)}));
    }
}

void TestSqlStore::epochIsTheDatabases()
{
    QString epoch;
    {
        const auto desk = this->desk();
        desk->open(u"a"_s);
        desk->open(u"b"_s);
        desk->answers();
        epoch = desk->records.at(0).epoch;
        QVERIFY(!epoch.isEmpty());
        QCOMPARE(desk->records.at(1).epoch, epoch);
    }
    const auto again = desk();
    again->open(u"a"_s);
    again->answers();
    QCOMPARE(again->records.constFirst().epoch, epoch);
    m_databases.makeNew();
    const auto other = desk();
    other->open(u"a"_s);
    other->answers();
    QVERIFY(other->records.constFirst().epoch != epoch);
}

void TestSqlStore::idsNeverRepeat()
{
    QSet<QString> ids;
    for (int run = 0; run < 2; ++run) {
        const auto desk = this->desk();
        for (const QString &room : {u"a"_s, u"b"_s, u"a"_s})
            desk->append(room, u"x"_s);
        desk->answers();
        for (const Message &message : std::as_const(desk->messages))
            ids.insert(message.id.toString());
    }
    QCOMPARE(ids.size(), 6);
}

void TestSqlStore::repeatedCid()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s, u"c1"_s);
    desk->append(u"a"_s, u"y"_s, u"c2"_s);
    desk->answers();
    desk->append(u"a"_s, u"x"_s, u"c1"_s, u"p"_s, u"anna-2"_s); // under another name by now
    QCOMPARE(desk->answers(), QStringList {u"repeated 3=1"_s});
    QVERIFY(isSame(desk->messages.at(2), desk->messages.at(0)));
    desk->append(u"a"_s, u"z"_s);
    QCOMPARE(desk->answers(), QStringList {u"4=3"_s}); // no seq was lost
}

void TestSqlStore::repeatedCidInOneBatch()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s, u"c1"_s);
    desk->append(u"a"_s, u"x"_s, u"c1"_s);
    desk->append(u"a"_s, u"y"_s, u"c2"_s);
    QCOMPARE(desk->answers(), (QStringList {u"1=1"_s, u"repeated 2=1"_s, u"3=2"_s}));
    QCOMPARE(desk->batches, 1);
}

void TestSqlStore::repeatedCidAfterARestart()
{
    MessageList first;
    {
        const auto desk = this->desk();
        desk->append(u"a"_s, u"x"_s, u"c1"_s);
        desk->answers();
        first = desk->messages;
    }
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s, u"c1"_s);
    QCOMPARE(desk->answers(), QStringList {u"repeated 1=1"_s});
    QVERIFY(isSame(desk->messages.constFirst(), first.constFirst()));
}

void TestSqlStore::conflicts_data()
{
    QTest::addColumn<QString>("room");
    QTest::addColumn<QString>("content");
    QTest::newRow("other content") << u"a"_s << u"y"_s;
    QTest::newRow("other room") << u"b"_s << u"x"_s;
}

void TestSqlStore::conflicts()
{
    QFETCH(QString, room);
    QFETCH(QString, content);
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s, u"c1"_s);
    desk->append(room, content, u"c1"_s);
    QCOMPARE(desk->answers(), (QStringList {u"1=1"_s, u"refused 2 conflict"_s}));
    QCOMPARE(desk->errors.constFirst().field, u"cid"_s);
}

void TestSqlStore::conflictCostsNoSeq()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s, u"c1"_s);
    desk->append(u"a"_s, u"y"_s, u"c1"_s);
    desk->append(u"a"_s, u"z"_s, u"c2"_s);
    QStringList answers = desk->answers();
    answers.sort();
    QCOMPARE(answers, (QStringList {u"1=1"_s, u"3=2"_s, u"refused 2 conflict"_s}));
}

void TestSqlStore::cidsOfOthersAreOthers()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s, u"c1"_s, u"p1"_s);
    desk->append(u"a"_s, u"x"_s, u"c1"_s, u"p2"_s);
    QCOMPARE(desk->answers(), (QStringList {u"1=1"_s, u"2=2"_s}));
}

void TestSqlStore::noCidNeverRepeats()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s);
    desk->append(u"a"_s, u"x"_s);
    QCOMPARE(desk->answers(), (QStringList {u"1=1"_s, u"2=2"_s}));
}

void TestSqlStore::newestOfARoom()
{
    const auto desk = this->desk();
    for (int i = 0; i < 25; ++i) {
        desk->append(u"a"_s, QString::number(i));
        desk->append(u"b"_s, QString::number(i));
    }
    desk->answers();
    desk->open(u"a"_s, 10);
    QCOMPARE(desk->answers(), QStringList {u"opened a at 25"_s});
    QCOMPARE(seqsOf(desk->records.constLast().newest), (QList<quint64> {16, 17, 18, 19, 20, 21, 22, 23, 24, 25}));
    for (const Message &message : std::as_const(desk->records.constLast().newest))
        QCOMPARE(message.room, StoreDesk::roomName(u"a"_s));
}

void TestSqlStore::roomsThatLookAlikeAreOne()
{
    const auto desk = this->desk();
    desk->append(u"Room"_s, u"x"_s);
    desk->answers();
    desk->close(u"Room"_s);
    desk->append(u"rооm"_s, u"x"_s); // with two Cyrillic letters
    QCOMPARE(desk->answers(), QStringList {u"2=2"_s});
}

void TestSqlStore::pages_data()
{
    QTest::addColumn<qint64>("after"); // -1: none
    QTest::addColumn<quint64>("before");
    QTest::addColumn<int>("count");
    QTest::addColumn<QList<quint64>>("seqs");
    using Seqs = QList<quint64>;
    QTest::newRow("newest") << qint64(-1) << quint64(0) << 3 << Seqs {8, 9, 10};
    QTest::newRow("before") << qint64(-1) << quint64(8) << 3 << Seqs {5, 6, 7};
    QTest::newRow("the oldest") << qint64(-1) << quint64(3) << 5 << Seqs {1, 2};
    QTest::newRow("nothing before") << qint64(-1) << quint64(1) << 5 << Seqs {};
    QTest::newRow("before beyond the head") << qint64(-1) << quint64(99) << 2 << Seqs {9, 10};
    QTest::newRow("after") << qint64(3) << quint64(0) << 3 << Seqs {4, 5, 6};
    QTest::newRow("after nothing") << qint64(0) << quint64(0) << 2 << Seqs {1, 2};
    QTest::newRow("after the head") << qint64(10) << quint64(0) << 2 << Seqs {};
    QTest::newRow("after far beyond") << std::numeric_limits<qint64>::max() << quint64(0) << 2 << Seqs {};
    QTest::newRow("between") << qint64(3) << quint64(6) << 9 << Seqs {4, 5};
    QTest::newRow("an empty between") << qint64(5) << quint64(6) << 9 << Seqs {};
    QTest::newRow("a torn between") << qint64(8) << quint64(3) << 9 << Seqs {};
    QTest::newRow("none wanted") << qint64(-1) << quint64(0) << 0 << Seqs {};
}

void TestSqlStore::pages()
{
    QFETCH(qint64, after);
    QFETCH(quint64, before);
    QFETCH(int, count);
    QFETCH(QList<quint64>, seqs);
    const auto desk = this->desk();
    for (int i = 0; i < 10; ++i) {
        desk->append(u"a"_s, QString::number(i));
        desk->append(u"b"_s, QString::number(i)); // its neighbours in the table
    }
    desk->answers();
    HistoryQuery query;
    if (after >= 0)
        query.after = quint64(after);
    query.before = before;
    query.count = count;
    const HistoryPage page = desk->fetch(u"a"_s, query);
    QCOMPARE(seqsOf(page.messages), seqs);
    QCOMPARE(page.head, 10u);
    QVERIFY(!page.epoch.isEmpty());
}

void TestSqlStore::pageOfAnUnknownRoom()
{
    const auto desk = this->desk();
    const HistoryPage page = desk->fetch(u"nowhere"_s);
    QVERIFY(page.messages.isEmpty());
    QCOMPARE(page.head, 0u);
}

void TestSqlStore::pagesAreBoundedInBytes()
{
    const auto desk = this->desk();
    for (int i = 0; i < 10; ++i)
        desk->append(u"a"_s, QString(4000, u'x'));
    desk->answers();
    HistoryQuery query;
    query.bytes = 50'000;
    QCOMPARE(seqsOf(desk->fetch(u"a"_s, query).messages), (QList<quint64> {7, 8, 9, 10}));
    query.after = 2;
    QCOMPARE(seqsOf(desk->fetch(u"a"_s, query).messages), (QList<quint64> {3, 4, 5, 6}));
    query.bytes = 1;
    QCOMPARE(seqsOf(desk->fetch(u"a"_s, query).messages), (QList<quint64> {3}));
}

void TestSqlStore::whatWaitsIsCommittedAtTheEnd()
{
    {
        const auto desk = this->desk();
        desk->append(u"a"_s, u"x"_s); // and gone before the loop turned once
    }
    QCOMPARE(desk()->fetch(u"a"_s).messages.size(), 1);
}

void TestSqlStore::tooManyUnderWay()
{
    const auto desk = this->desk(true);
    for (int i = 0; i <= SqlStore::kMostUnderWay; ++i)
        desk->append(u"a"_s, u"x"_s);
    const QStringList answers = desk->answers();
    QCOMPARE(answers.constFirst(), u"refused %1 unavailable"_s.arg(SqlStore::kMostUnderWay + 1));
    QCOMPARE(answers.size(), SqlStore::kMostUnderWay + 1);
    QVERIFY(desk->errors.constFirst().retryAfter.count() > 0);
    desk->append(u"a"_s, u"x"_s); // and afterwards there is place again
    QCOMPARE(desk->answers(), QStringList {u"%1=%2"_s.arg(SqlStore::kMostUnderWay + 2).arg(SqlStore::kMostUnderWay + 1)});
}

QTEST_GUILESS_MAIN(TestSqlStore)
#include "tst_sqlstore.moc"

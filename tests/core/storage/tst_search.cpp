// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/storedesk.h"
#ifdef PARLANCE_TEST_MEMORY
#include "storage/memorystore.h"
#else
#include "core/storage/databases.h"
#include "storage/historysearcher.h"
#include "storage/sqlstore.h"
#endif

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What was said is found by its words, soon after, and what was taken back is not. The same for every store.
class TestSearch : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void byWords_data();
    void byWords();
    void inOneRoomAndInAll();
    void unknownRoom();
    void boundedAndMore();
    void editsAndDeletions();
    void manySearchesAtOnce();
#ifndef PARLANCE_TEST_MEMORY
    void theBestFirst();
    void commonWordsNewestFirst();
    void afterARestart();
    void whatIsTrimmedIsNotFound();
#endif

private:
    void open()
    {
#ifdef PARLANCE_TEST_MEMORY
        m_desk = std::make_unique<StoreDesk>(std::make_unique<MemoryStore>(100'000, 1'000'000'000));
#else
        m_desk.reset();
        Result<std::unique_ptr<SqlStore>> store = SqlStore::open(m_source);
        if (!store)
            qFatal("%s", qPrintable(store.error().detail));
        m_desk = std::make_unique<StoreDesk>(store.take());
#endif
        m_desk->open(u"a"_s);
        m_desk->open(u"b"_s);
        m_desk->answers();
        QObject::connect(m_desk->store.get(), &MessageStore::found, this, [this](quint64 number, const SearchHits &hits) {
            m_hits.insert(number, hits);
        });
        QObject::connect(m_desk->store.get(), &MessageStore::searchFailed, this,
                         [this](quint64 number, const Error &error) { m_failures.insert(number, error); });
    }
    SearchHits ask(const QString &text, const QString &room = {}, int count = 20)
    {
        const quint64 number = ++m_last;
        m_desk->store->search(number, {searchTerms(text), room.isEmpty() ? RoomName() : StoreDesk::roomName(room), count});
        if (!QTest::qWaitFor([&] { return m_hits.contains(number) || m_failures.contains(number); }, 10'000)
            || m_failures.contains(number))
            qFatal("the search failed: %s", qPrintable(m_failures.value(number).detail));
        return m_hits.take(number);
    }
    /// "room seq" of each.
    QStringList find(const QString &text, const QString &room = {}, int count = 20)
    {
        QStringList found;
        const SearchHits hits = ask(text, room, count);
        for (const Message &message : hits.messages)
            found.append(u"%1 %2"_s.arg(message.room.text()).arg(message.seq));
        return found;
    }

#ifndef PARLANCE_TEST_MEMORY
    Databases m_databases;
    SqlSource m_source;
#endif
    std::unique_ptr<StoreDesk> m_desk;
    QHash<quint64, SearchHits> m_hits;
    QHash<quint64, Error> m_failures;
    quint64 m_last = 0;
};

void TestSearch::initTestCase()
{
#ifndef PARLANCE_TEST_MEMORY
    QVERIFY2(m_databases.fault().isEmpty(), qPrintable(m_databases.fault()));
#endif
}

void TestSearch::init()
{
#ifndef PARLANCE_TEST_MEMORY
    m_desk.reset();
    m_databases.makeNew();
    QVERIFY2(m_databases.fault().isEmpty(), qPrintable(m_databases.fault()));
    m_source = m_databases.source();
#endif
    open();
}

void TestSearch::byWords_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("query");
    QTest::addColumn<bool>("isFound");
    QTest::newRow("a word") << u"Say hello."_s << u"HELLO"_s << true;
    QTest::newRow("another word") << u"Say hello."_s << u"goodbye"_s << false;
    QTest::newRow("its beginning") << u"the deployment"_s << u"deploy"_s << true;
    QTest::newRow("not its middle") << u"the deployment"_s << u"ploy"_s << false;
    QTest::newRow("all of them") << u"one two three"_s << u"three one"_s << true;
    QTest::newRow("one is missing") << u"one two"_s << u"one three"_s << false;
    QTest::newRow("phrase") << u"to be or not"_s << u"\"to be\""_s << true;
    QTest::newRow("phrase in another order") << u"be to"_s << u"\"to be\""_s << false;
    QTest::newRow("operators are words") << u"this or that"_s << u"that OR this"_s << true;
    QTest::newRow("an operator that is not there") << u"this that"_s << u"this AND that"_s << false;
    QTest::newRow("quotes") << u"it's O'Brien's"_s << u"O'Brien's"_s << true;
    QTest::newRow("Cyrillic") << u"Мой дом"_s << u"мой"_s << true;
    QTest::newRow("Hebrew") << u"שלום עולם"_s << u"עולם"_s << true;
    QTest::newRow("Arabic") << u"مرحبا بالعالم"_s << u"مرحبا"_s << true;
    QTest::newRow("Chinese, its beginning") << u"会议记录"_s << u"会议"_s << true;
    QTest::newRow("Korean") << u"안녕하세요"_s << u"안녕"_s << true;
    QTest::newRow("behind an emoji") << u"😀 hello"_s << u"hello"_s << true;
    QTest::newRow("a number") << u"room 4711"_s << u"4711"_s << true;
}

void TestSearch::byWords()
{
    QFETCH(QString, content);
    QFETCH(QString, query);
    QFETCH(bool, isFound);
    m_desk->append(u"a"_s, u"landmark"_s);
    m_desk->append(u"a"_s, content);
    m_desk->append(u"a"_s, u"landmark"_s);
    m_desk->answers();
    QTRY_COMPARE(find(u"landmark"_s).size(), 2); // everything is indexed now
    QCOMPARE(find(query), isFound ? QStringList {u"a 2"_s} : QStringList());
}

void TestSearch::inOneRoomAndInAll()
{
    m_desk->append(u"a"_s, u"apple"_s);
    m_desk->append(u"b"_s, u"pear"_s);
    m_desk->append(u"b"_s, u"apple"_s);
    m_desk->answers();
    QTRY_COMPARE(find(u"apple"_s).size(), 2);
    QCOMPARE(find(u"apple"_s, u"a"_s), QStringList {u"a 1"_s});
    QCOMPARE(find(u"apple"_s, u"B"_s), QStringList {u"b 2"_s}); // names that look alike are one
    QVERIFY(find(u"pear"_s, u"a"_s).isEmpty());
    const SearchHits hits = ask(u"pear"_s);
    QCOMPARE(hits.messages.size(), 1);
    QCOMPARE(hits.messages.constFirst().id, m_desk->messages.at(1).id);
    QCOMPARE(hits.messages.constFirst().content, u"pear"_s);
    QCOMPARE(hits.messages.constFirst().author.text(), u"anna"_s);
}

void TestSearch::unknownRoom()
{
    m_desk->append(u"a"_s, u"apple"_s);
    m_desk->answers();
    QTRY_COMPARE(find(u"apple"_s).size(), 1);
    QVERIFY(find(u"apple"_s, u"nowhere"_s).isEmpty());
    QVERIFY(m_failures.isEmpty());
}

void TestSearch::boundedAndMore()
{
    for (int i = 0; i < 30; ++i)
        m_desk->append(u"a"_s, u"apple"_s);
    m_desk->answers();
    QTRY_COMPARE(find(u"apple"_s, {}, 100).size(), 30);
    QCOMPARE(ask(u"apple"_s, {}, 7).messages.size(), 7);
    QVERIFY(ask(u"apple"_s, {}, 7).hasMore);
    QVERIFY(!ask(u"apple"_s, {}, 30).hasMore);
}

void TestSearch::editsAndDeletions()
{
    m_desk->append(u"a"_s, u"apple"_s);
    m_desk->append(u"a"_s, u"apple pie"_s);
    m_desk->answers();
    QTRY_COMPARE(find(u"apple"_s).size(), 2);
    const auto change = [this](ChangeKind kind, int number, const QString &text) {
        Draft draft {100 + quint64(number), StoreDesk::roomName(u"a"_s), {}, PersonId(u"p"_s), text, 5000, {},
                     std::make_shared<const Change>(Change {kind, m_desk->messages.at(number).id})};
        ++m_desk->asked;
        m_desk->store->append(draft);
        m_desk->answers();
    };
    change(ChangeKind::Edit, 0, u"pear"_s);
    change(ChangeKind::Deletion, 1, {});
    QTRY_COMPARE(find(u"pear"_s), QStringList {u"a 1"_s});
    QVERIFY(find(u"apple"_s).isEmpty());
    QVERIFY(find(u"pie"_s).isEmpty());
    // And before its turn to be indexed came.
    m_desk->append(u"a"_s, u"cherry"_s);
    m_desk->answers();
    change(ChangeKind::Edit, 4, u"plum"_s);
    QTRY_COMPARE(find(u"plum"_s).size(), 1);
    QVERIFY(find(u"cherry"_s).isEmpty());
}

void TestSearch::manySearchesAtOnce()
{
    m_desk->append(u"a"_s, u"apple"_s);
    m_desk->answers();
    constexpr int kMany = 500;
    for (int i = 0; i < kMany; ++i)
        m_desk->store->search(++m_last, {searchTerms(u"apple"_s)});
    QTRY_COMPARE(m_hits.size() + m_failures.size(), kMany); // each is answered
    m_desk->append(u"a"_s, u"goes on"_s);
    QCOMPARE(m_desk->answers(), QStringList {u"2=2"_s});
}

#ifndef PARLANCE_TEST_MEMORY
void TestSearch::theBestFirst()
{
    m_desk->append(u"a"_s, u"a pear, and much more than an apple: plums, cherries and whatever else a garden has in a year"_s);
    m_desk->append(u"a"_s, u"apple apple"_s);
    m_desk->append(u"a"_s, u"much ado about nothing"_s);
    m_desk->answers();
    QTRY_COMPARE(find(u"apple"_s), (QStringList {u"a 2"_s, u"a 1"_s}));
}

void TestSearch::commonWordsNewestFirst()
{
    QList<Draft> drafts;
    constexpr int kMany = HistorySearcher::kRanked + 500;
    for (int i = 0; i < kMany; ++i)
        m_desk->append(i % 2 ? u"a"_s : u"b"_s, u"apple"_s);
    m_desk->answers();
    QTRY_COMPARE_WITH_TIMEOUT(find(u"apple"_s, {}, 1), QStringList {u"a %1"_s.arg(kMany / 2)}, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(find(u"apple"_s, {}, 3), (QStringList {u"a 10250"_s, u"b 10250"_s, u"a 10249"_s}), 20'000);
    QVERIFY(ask(u"apple"_s, {}, 3).hasMore);
}

void TestSearch::afterARestart()
{
    for (int i = 0; i < 2'500; ++i) // more than one step of the index
        m_desk->append(u"a"_s, u"apple"_s);
    m_desk->append(u"b"_s, u"pear"_s);
    m_desk->answers();
    open(); // perhaps before all of it was indexed
    QTRY_COMPARE(find(u"pear"_s).size(), 1);
    QTRY_COMPARE(find(u"apple"_s, {}, 5'000).size(), 2'500);
}

void TestSearch::whatIsTrimmedIsNotFound()
{
    for (int i = 0; i < 100; ++i)
        m_desk->append(u"a"_s, u"apple"_s);
    m_desk->answers();
    QTRY_COMPARE(find(u"apple"_s, {}, 200).size(), 100);
    m_desk.reset();
    m_source.keep.perRoom = 3;
    m_source.trimMs = 10;
    open();
    QTRY_COMPARE(find(u"apple"_s, {}, 200).size(), 3);
}
#endif

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"

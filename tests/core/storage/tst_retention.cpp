// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/databases.h"
#include "core/storage/storedesk.h"
#include "storage/historytrimmer.h"
#include "storage/historywriter.h"
#include "storage/sqlstore.h"

#include <QFileInfo>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What is beyond the bounds goes, the oldest first, in small steps, and nothing else does.
class TestRetention : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void nothingToDo_data();
    void nothingToDo();
    void byCount();
    void byCountInSteps();
    void byAge();
    void byAgeWithAClockThatWentBack();
    void byAgeUntilNothingIsLeft();
    void bySize();
    void theStricterBoundHolds();
    void aRunningStoreTells();

private:
    /// Puts \a count messages of \a size letters into \a room; the first is of 1001 ms after the epoch, the next of 1002.
    void fill(const QString &room, int count, qsizetype size = 1);
    std::unique_ptr<StoreDesk> desk(const Retention &keep = {}, int trimMs = 60'000)
    {
        SqlSource source = m_databases.source();
        source.keep = keep;
        source.trimMs = trimMs;
        Result<std::unique_ptr<SqlStore>> store = SqlStore::open(source);
        if (!store)
            qFatal("%s", qPrintable(store.error().detail));
        return std::make_unique<StoreDesk>(store.take());
    }
    /// Steps until nothing is to be done: "room oldest" each.
    QStringList trim(const Retention &keep, qint64 now = 1'000'000)
    {
        const std::unique_ptr<SqlConnection> connection =
            SqlConnection::open(m_databases.source(), SqlConnection::Access::ReadWrite).take();
        HistoryTrimmer trimmer(*connection, keep);
        QStringList steps;
        for (;;) {
            const auto step = trimmer.step(now);
            if (!step)
                return {step.error().detail};
            if (!step.value())
                return steps;
            steps.append(u"%1 %2"_s.arg(step.value()->room.text()).arg(step.value()->oldest));
        }
    }
    /// "first-last" of what a room still has, and its head.
    QString rest(const QString &room)
    {
        HistoryQuery all;
        all.count = 100'000;
        all.bytes = std::numeric_limits<qint64>::max();
        const HistoryPage page = desk()->fetch(room, all);
        const QString seqs = page.messages.isEmpty()
            ? u"none"_s
            : u"%1-%2"_s.arg(page.messages.constFirst().seq).arg(page.messages.constLast().seq);
        return u"%1 of %2, oldest %3"_s.arg(seqs).arg(page.head).arg(page.oldest);
    }

    Databases m_databases;
    int m_cids = 0;
};

void TestRetention::initTestCase()
{
    QVERIFY2(m_databases.fault().isEmpty(), qPrintable(m_databases.fault()));
}

void TestRetention::init()
{
    m_cids = 0;
    m_databases.makeNew();
    QVERIFY2(m_databases.fault().isEmpty(), qPrintable(m_databases.fault()));
}

void TestRetention::fill(const QString &room, int count, qsizetype size)
{
    auto desk = this->desk();
    for (int i = 0; i < count; ++i)
        desk->append(room, QString(size, u'x'), u"%1-%2"_s.arg(room).arg(m_cids++));
    desk->answers();
    desk.reset();
    // Only what has a row is deleted; a store that runs gives it one when it has time.
    const auto connection = SqlConnection::open(m_databases.source(), SqlConnection::Access::ReadWrite).take();
    const auto writer = HistoryWriter::make(*connection).take();
    while (writer->settle(1'000).value()) { }
}

void TestRetention::nothingToDo_data()
{
    QTest::addColumn<qint64>("age");
    QTest::addColumn<qint64>("count");
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("no bounds") << qint64(0) << qint64(0) << qint64(0);
    QTest::newRow("as many as there are") << qint64(0) << qint64(10) << qint64(0);
    QTest::newRow("young enough") << qint64(1'000'000 - 1'001) << qint64(0) << qint64(0);
    QTest::newRow("small enough") << qint64(0) << qint64(0) << qint64(1'000'000'000);
}

void TestRetention::nothingToDo()
{
    QFETCH(qint64, age);
    QFETCH(qint64, count);
    QFETCH(qint64, bytes);
    fill(u"a"_s, 10);
    QCOMPARE(trim({age, count, bytes}), QStringList());
    QCOMPARE(rest(u"a"_s), u"1-10 of 10, oldest 1"_s);
}

void TestRetention::byCount()
{
    fill(u"a"_s, 10);
    fill(u"b"_s, 3);
    fill(u"c"_s, 4);
    QCOMPARE(trim({0, 3, 0}), (QStringList {u"a 8"_s, u"c 2"_s}));
    QCOMPARE(rest(u"a"_s), u"8-10 of 10, oldest 8"_s);
    QCOMPARE(rest(u"b"_s), u"1-3 of 3, oldest 1"_s);
    QCOMPARE(rest(u"c"_s), u"2-4 of 4, oldest 2"_s);
    // Seqs go on; who was sent once more after it was deleted is new.
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s, u"a-9"_s);
    desk->append(u"a"_s, u"x"_s, u"a-0"_s);
    QCOMPARE(desk->answers(), (QStringList {u"repeated 1=10"_s, u"2=11"_s}));
}

void TestRetention::byCountInSteps()
{
    fill(u"a"_s, 1'234);
    QCOMPARE(trim({0, 1, 0}), (QStringList {u"a 501"_s, u"a 1001"_s, u"a 1234"_s}));
    QCOMPARE(rest(u"a"_s), u"1234-1234 of 1234, oldest 1234"_s);
}

void TestRetention::byAge()
{
    fill(u"a"_s, 1'200); // from 1001 ms to 2200 ms
    QCOMPARE(trim({5'000, 0, 0}, 6'601), (QStringList {u"a 501"_s, u"a 601"_s}));
    QCOMPARE(rest(u"a"_s), u"601-1200 of 1200, oldest 601"_s);
}

void TestRetention::byAgeWithAClockThatWentBack()
{
    fill(u"a"_s, 10); // 1001 to 1010
    fill(u"a"_s, 10); // and 1001 to 1010 again
    QCOMPARE(trim({1'000, 0, 0}, 2'006), QStringList {u"a 6"_s}); // not 11 to 15, which are as old
    QCOMPARE(rest(u"a"_s), u"6-20 of 20, oldest 6"_s);
}

void TestRetention::byAgeUntilNothingIsLeft()
{
    fill(u"a"_s, 500);
    QCOMPARE(trim({1, 0, 0}), QStringList {u"a 501"_s});
    QCOMPARE(rest(u"a"_s), u"none of 500, oldest 501"_s);
    const auto desk = this->desk();
    desk->open(u"a"_s);
    QCOMPARE(desk->answers(), QStringList {u"opened a at 500"_s});
    QCOMPARE(desk->records.constFirst().oldest, 501u);
    desk->append(u"a"_s, u"x"_s);
    QCOMPARE(desk->answers(), QStringList {u"1=501"_s});
}

void TestRetention::bySize()
{
    if (m_databases.source().dialect != SqlDialect::Sqlite)
        QSKIP("PostgreSQL gives nothing back to the disk");
    fill(u"old"_s, 2'000, 400);
    fill(u"new"_s, 2'000, 400);
    const qint64 before = QFileInfo(m_databases.source().database).size();
    QVERIFY(before > 2'000'000);
    const QStringList steps = trim({0, 0, before / 2});
    QVERIFY(!steps.isEmpty());
    QVERIFY2(steps.constFirst().startsWith(u"old"_s) || steps.constFirst().startsWith(u"new"_s), qPrintable(steps.join(u", ")));
    desk(); // opened and closed: the log goes into the file
    const qint64 after = QFileInfo(m_databases.source().database).size();
    QVERIFY2(after <= before * 6 / 10, qPrintable(u"%1 of %2"_s.arg(after).arg(before)));
    QVERIFY2(after >= before * 3 / 10, qPrintable(u"%1 of %2"_s.arg(after).arg(before)));
}

void TestRetention::theStricterBoundHolds()
{
    fill(u"a"_s, 100); // 1001 to 1100
    QCOMPARE(trim({1'000, 10, 0}, 2'051), QStringList {u"a 91"_s});
    QCOMPARE(trim({1'000, 90, 0}, 2'096), QStringList {u"a 96"_s});
}

/// Where it runs by itself: whoever has the room at hand hears of it.
void TestRetention::aRunningStoreTells()
{
    fill(u"a"_s, 10);
    const auto desk = this->desk({0, 4, 0}, 5);
    QString told;
    QObject::connect(desk->store.get(), &MessageStore::trimmed, this, [&told](const RoomName &room, quint64 oldest) {
        told = u"%1 %2"_s.arg(room.text()).arg(oldest);
    });
    QTRY_COMPARE(told, u"a 7"_s);
    desk->append(u"a"_s, u"x"_s);
    QCOMPARE(desk->answers(), QStringList {u"1=11"_s});
    QTRY_COMPARE(told, u"a 8"_s);
}

QTEST_GUILESS_MAIN(TestRetention)
#include "tst_retention.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/storedesk.h"
#include "storage/sqlstore.h"
#include "support/postgrescluster.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// PostgreSQL goes away and comes back.
class TestPostgresOutage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void goneAndBack();
    void lockedByAnother();
    void wrongPassword();
    void noSuchServer();

private:
    PostgresCluster m_cluster;
};

void TestPostgresOutage::initTestCase()
{
    QVERIFY2(m_cluster.fault().isEmpty(), qPrintable(m_cluster.fault()));
}

void TestPostgresOutage::goneAndBack()
{
    SqlSource source = m_cluster.makeDatabase();
    source.probeMs = 20;
    Result<std::unique_ptr<SqlStore>> store = SqlStore::open(source);
    QVERIFY2(bool(store), qPrintable(store ? QString() : store.error().detail));
    StoreDesk desk(store.take());
    desk.append(u"a"_s, u"x"_s, u"c1"_s);
    QCOMPARE(desk.answers(), QStringList {u"1=1"_s});

    m_cluster.kill();
    desk.append(u"a"_s, u"y"_s, u"c2"_s);
    QCOMPARE(desk.answers(), QStringList {u"refused 2 unavailable"_s});
    desk.append(u"a"_s, u"y"_s, u"c2"_s);
    QCOMPARE(desk.answers(), QStringList {u"refused 3 unavailable"_s});
    desk.open(u"b"_s);
    QCOMPARE(desk.answers(), QStringList {u"failed b unavailable"_s});

    QCOMPARE(desk.store->fault(), ErrorCode::Unavailable);
    m_cluster.start();
    QTRY_COMPARE(desk.store->fault(), ErrorCode::None);
    QVERIFY2(m_cluster.fault().isEmpty(), qPrintable(m_cluster.fault()));
    desk.append(u"a"_s, u"y"_s, u"c2"_s);
    desk.append(u"a"_s, u"x"_s, u"c1"_s); // was acknowledged before
    QCOMPARE(desk.answers(), (QStringList {u"4=2"_s, u"repeated 5=1"_s}));
    desk.open(u"a"_s);
    QCOMPARE(desk.answers(), QStringList {u"opened a at 2"_s});
}

void TestPostgresOutage::lockedByAnother()
{
    SqlSource source = m_cluster.makeDatabase();
    source.patienceMs = 100;
    Result<std::unique_ptr<SqlStore>> store = SqlStore::open(source);
    QVERIFY(store);
    StoreDesk desk(store.take());
    Result<std::unique_ptr<SqlConnection>> other = SqlConnection::open(source, SqlConnection::Access::ReadWrite);
    QVERIFY(other);
    {
        SqlTransaction lock(*other.value());
        QVERIFY(lock.begin(SqlTransaction::Kind::Write));
        QVERIFY(other.value()->run(u"LOCK TABLE messages"_s));
        desk.append(u"a"_s, u"x"_s);
        QCOMPARE(desk.answers(), QStringList {u"refused 1 unavailable"_s});
    }
    desk.append(u"a"_s, u"x"_s);
    QCOMPARE(desk.answers(), QStringList {u"2=1"_s});
}

void TestPostgresOutage::wrongPassword()
{
    SqlSource source = m_cluster.makeDatabase();
    source.password = u"another"_s;
    const Result<std::unique_ptr<SqlStore>> store = SqlStore::open(source);
    QVERIFY(!store);
    QCOMPARE(store.error().code, ErrorCode::Unavailable);
    QVERIFY2(store.error().detail.contains(u"password"_s), qPrintable(store.error().detail));
    QVERIFY(!store.error().detail.contains(source.password));
}

void TestPostgresOutage::noSuchServer()
{
    SqlSource source = m_cluster.makeDatabase();
    source.port = 1;
    const Result<std::unique_ptr<SqlStore>> store = SqlStore::open(source);
    QVERIFY(!store);
    QCOMPARE(store.error().code, ErrorCode::Unavailable);
}

QTEST_GUILESS_MAIN(TestPostgresOutage)
#include "tst_postgresoutage.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/storedesk.h"
#include "storage/datadirectory.h"
#include "storage/sqlconnection.h"
#include "storage/sqlfailure.h"
#include "storage/sqlstore.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <csignal>
#include <sys/resource.h>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What goes wrong below the store: a full disk, a lock, a damaged file, a file of somebody else.
class TestSqlTrouble : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void fullDisk();
    void lockedByAnother();
    void whoComesWhileItIsLocked();
    void whatWaitedForItsEndIsDone();
    void refusesWhatItCannotUse_data();
    void refusesWhatItCannotUse();
    void refusesANewerOne();
    void damageWithinIsNoEnd();
    void twoServersOneDirectory();
    void directoryThatCannotBe_data();
    void aCommitThatHangs();
    void aThreadThatHangsWithoutACommit();
    void directoryThatCannotBe();
    void onlyItsOwnerReads();
    void meaningOfFailures_data();
    void meaningOfFailures();

private:
    QString path() const { return m_directory->filePath(u"chat.db"_s); }
    SqlSource source(int patienceMs = 1'500) const
    {
        SqlSource source;
        source.database = path();
        source.patienceMs = patienceMs;
        source.probeMs = 20;
        return source;
    }
    std::unique_ptr<StoreDesk> desk(int patienceMs = 1'500) const
    {
        Result<std::unique_ptr<SqlStore>> store = SqlStore::open(source(patienceMs));
        if (!store)
            qFatal("%s", qPrintable(store.error().detail));
        return std::make_unique<StoreDesk>(store.take());
    }

    /// With a room open. It waits for a lock as long as a test may take, and what waits behind that is refused.
    std::unique_ptr<StoreDesk> hangingDesk() const
    {
        SqlSource patient = source(60'000);
        patient.stallMs = 300;
        auto desk = std::make_unique<StoreDesk>(SqlStore::open(patient).take());
        desk->open(u"a"_s);
        desk->answers();
        return desk;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

/// No file of this process may grow above \a bytes as long as it lives: what a used up quota looks like.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit {bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before {};
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

std::unique_ptr<SqlConnection> connectTo(const SqlSource &source)
{
    Result<std::unique_ptr<SqlConnection>> connection = SqlConnection::open(source, SqlConnection::Access::ReadWrite);
    return connection ? connection.take() : nullptr;
}

} // namespace

void TestSqlTrouble::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void TestSqlTrouble::fullDisk()
{
    const auto desk = this->desk();
    desk->append(u"a"_s, u"before"_s, u"c1"_s);
    QCOMPARE(desk->answers(), QStringList {u"1=1"_s});
    {
        const FileSizeLimit full(rlim_t(QFile(path() + u"-wal"_s).size()));
        desk->append(u"a"_s, u"in vain"_s, u"c2"_s);
        desk->append(u"b"_s, u"in vain"_s);
        QCOMPARE(desk->answers(), (QStringList {u"refused 2 storage_full"_s, u"refused 3 storage_full"_s}));
        QVERIFY(desk->errors.constFirst().retryAfter.count() > 0);
        QVERIFY(!desk->errors.constFirst().detail.contains(m_directory->path())); // people need not know where
        QCOMPARE(desk->store->fault(), ErrorCode::StorageFull);
        QCOMPARE(desk->fetch(u"a"_s).messages.size(), 1); // reading goes on
        desk->answers();
    }
    QTRY_COMPARE(desk->store->fault(), ErrorCode::None); // seen without anybody who says something
    desk->append(u"a"_s, u"in vain"_s, u"c2"_s);
    QCOMPARE(desk->answers(), QStringList {u"4=2"_s}); // seq 2 was never given away
    const MessageList found = desk->fetch(u"a"_s).messages;
    QCOMPARE(found.size(), 2);
    QCOMPARE(found.at(1).content, u"in vain"_s);
    QCOMPARE(desk->fetch(u"b"_s).head, 0u);
}

void TestSqlTrouble::lockedByAnother()
{
    const auto desk = this->desk(50);
    const std::unique_ptr<SqlConnection> other = connectTo(source());
    QVERIFY(other);
    {
        SqlTransaction lock(*other);
        QVERIFY(lock.begin(SqlTransaction::Kind::Write));
        desk->append(u"a"_s, u"x"_s, u"c1"_s);
        QCOMPARE(desk->answers(), QStringList {u"refused 1 unavailable"_s});
        QCOMPARE(desk->store->fault(), ErrorCode::Unavailable);
        desk->open(u"a"_s); // who only reads does not wait
        QCOMPARE(desk->answers(), QStringList {u"opened a at 0"_s});
    }
    QTRY_COMPARE(desk->store->fault(), ErrorCode::None);
    desk->append(u"a"_s, u"x"_s, u"c1"_s);
    QCOMPARE(desk->answers(), QStringList {u"2=1"_s});
}

void TestSqlTrouble::whoComesWhileItIsLocked()
{
    const auto desk = this->desk(200);
    const std::unique_ptr<SqlConnection> other = connectTo(source());
    QVERIFY(other);
    SqlTransaction lock(*other);
    QVERIFY(lock.begin(SqlTransaction::Kind::Write));
    desk->append(u"a"_s, u"x"_s);
    QCoreApplication::processEvents(); // it waits for the lock now
    QStringList refused {u"refused 1 unavailable"_s};
    for (int i = 2; i < 20; ++i) {
        desk->append(u"a"_s, u"y"_s);
        QCoreApplication::processEvents(); // a batch of its own for whatever the storage thread does not have yet
        QThread::yieldCurrentThread();
        refused.append(u"refused %1 unavailable"_s.arg(i));
    }
    QCOMPARE(desk->answers(), refused);
}

/// The database neither answers nor refuses: who waits behind a commit hears of it, and the commit counts when it comes.
void TestSqlTrouble::aCommitThatHangs()
{
    const auto desk = hangingDesk();
    {
        const std::unique_ptr<SqlConnection> other = connectTo(source());
        SqlTransaction lock(*other);
        QVERIFY(lock.begin(SqlTransaction::Kind::Write));
        desk->append(u"a"_s, u"under way"_s);
        QTRY_COMPARE(desk->store->fault(), ErrorCode::Unavailable);
        desk->append(u"a"_s, u"comes later"_s);
        QTRY_COMPARE(desk->errors.size(), 1);
    }
    QCOMPARE(desk->answers(), (QStringList {u"refused 2 unavailable"_s, u"1=1"_s}));
    QCOMPARE(desk->store->fault(), ErrorCode::None);
    desk->append(u"a"_s, u"afterwards"_s);
    QCOMPARE(desk->answers().last(), u"3=2"_s);
}

/// The thread has something else to do, and nothing under way that would tell of its end.
void TestSqlTrouble::aThreadThatHangsWithoutACommit()
{
    const auto desk = hangingDesk();
    {
        const std::unique_ptr<SqlConnection> other = connectTo(source());
        SqlTransaction lock(*other);
        QVERIFY(lock.begin(SqlTransaction::Kind::Write));
        RoomPatch patch;
        patch.topic = u"waits for the lock"_s;
        desk->store->configure(1, StoreDesk::roomName(u"a"_s), patch);
        desk->append(u"a"_s, u"behind it"_s);
        QCOMPARE(desk->answers(), QStringList {u"refused 1 unavailable"_s});
    }
    QTRY_COMPARE(desk->store->fault(), ErrorCode::None);
    desk->append(u"a"_s, u"afterwards"_s);
    QCOMPARE(desk->answers().last(), u"2=1"_s);
}

/// The index goes on by itself, though nobody says anything more.
void TestSqlTrouble::whatWaitedForItsEndIsDone()
{
    const auto desk = this->desk(100);
    SearchHits hits;
    connect(desk->store.get(), &MessageStore::found, this, [&hits](quint64, const SearchHits &found) { hits = found; });
    desk->append(u"a"_s, u"apple"_s);
    desk->answers();
    {
        const auto other = SqlConnection::open(source(), SqlConnection::Access::ReadWrite).take();
        SqlTransaction lock(*other);
        QVERIFY(lock.begin(SqlTransaction::Kind::Write));
        for (int i = 2; i < 7; ++i) { // each waits for its patience, so that the index has its turn, in vain, meanwhile
            desk->append(u"a"_s, u"refused"_s);
            QCOMPARE(desk->answers(), QStringList {u"refused %1 unavailable"_s.arg(i)});
        }
    }
    QTRY_COMPARE(desk->store->fault(), ErrorCode::None);
    QTRY_VERIFY((desk->store->search(1, {searchTerms(u"apple"_s)}), hits.messages.size() == 1));
}

void TestSqlTrouble::refusesWhatItCannotUse_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("no database") << QByteArray("Dear diary, this is a letter and not a database.\n").repeated(200);
    QTest::newRow("a torn header") << QByteArray("SQLite format 3\0\x10\x00\x01", 19);
    QTest::newRow("zeros behind the name") << QByteArray("SQLite format 3\0", 16) + QByteArray(8192, '\0');
}

void TestSqlTrouble::refusesWhatItCannotUse()
{
    QFETCH(QByteArray, content);
    put(path(), content);
    const Result<std::unique_ptr<SqlStore>> store = SqlStore::open(source());
    QVERIFY(!store);
    QCOMPARE(store.error().code, ErrorCode::DataUnusable);
    QVERIFY(!store.error().detail.isEmpty());
    QCOMPARE(contentOf(path()), content); // nothing was made over it
}

void TestSqlTrouble::refusesANewerOne()
{
    desk();
    {
        const std::unique_ptr<SqlConnection> connection = connectTo(source());
        QVERIFY(connection->run(u"UPDATE meta SET value = '999' WHERE name = 'schema'"_s));
    }
    const Result<std::unique_ptr<SqlStore>> newer = SqlStore::open(source());
    QVERIFY(!newer);
    QCOMPARE(newer.error().code, ErrorCode::DataUnusable);
    QVERIFY2(newer.error().detail.contains(u"newer"_s), qPrintable(newer.error().detail));

    QVERIFY(QFile::remove(path()));
    {
        const std::unique_ptr<SqlConnection> connection = connectTo(source());
        QVERIFY(connection->run(u"CREATE TABLE bookmarks (url TEXT)"_s));
    }
    const Result<std::unique_ptr<SqlStore>> foreign = SqlStore::open(source());
    QVERIFY(!foreign);
    QCOMPARE(foreign.error().code, ErrorCode::DataUnusable);
    QVERIFY2(foreign.error().detail.contains(u"another program"_s), qPrintable(foreign.error().detail));
}

/// A page in the middle is damaged: the server starts, says so to whoever reads there, and goes on.
void TestSqlTrouble::damageWithinIsNoEnd()
{
    {
        const auto desk = this->desk();
        for (int i = 0; i < 2'000; ++i)
            desk->append(u"a"_s, QString(400, u'x'));
        desk->answers();
    }
    QByteArray bytes = contentOf(path());
    constexpr qsizetype kPage = 4096;
    QVERIFY(bytes.size() > 200 * kPage);
    bytes.replace(100 * kPage, 4 * kPage, QByteArray(4 * kPage, '\x55'));
    put(path(), bytes);
    const auto desk = this->desk();
    HistoryQuery all;
    all.count = 10'000;
    all.bytes = std::numeric_limits<qint64>::max();
    all.room = StoreDesk::roomName(u"a"_s);
    ++desk->asked;
    desk->store->fetch(7, all);
    QCOMPARE(desk->answers(), QStringList {u"unread 7 unavailable"_s});
    desk->append(u"b"_s, u"y"_s);
    QCOMPARE(desk->answers(), QStringList {u"1=1"_s});
}

void TestSqlTrouble::twoServersOneDirectory()
{
    const QString where = m_directory->filePath(u"deep/down/data"_s);
    {
        const Result<DataDirectory> first = DataDirectory::claim(where);
        QVERIFY(first);
        QCOMPARE(first.value().file(u"x"_s), where + u"/x"_s);
        const Result<DataDirectory> second = DataDirectory::claim(where);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::DataInUse);
        const QString process = QString::number(QCoreApplication::applicationPid());
        QVERIFY2(second.error().detail.contains(process), qPrintable(second.error().detail));
    }
    QVERIFY(DataDirectory::claim(where)); // the file of the lock stays, the lock does not
}

void TestSqlTrouble::directoryThatCannotBe_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("a file") << u"file"_s;
    QTest::newRow("below a file") << u"file/data"_s;
    QTest::newRow("its lock is a directory") << u"odd"_s;
}

void TestSqlTrouble::directoryThatCannotBe()
{
    QFETCH(QString, name);
    put(m_directory->filePath(u"file"_s), "x");
    QVERIFY(QDir(m_directory->path()).mkpath(u"odd/lock"_s));
    const Result<DataDirectory> directory = DataDirectory::claim(m_directory->filePath(name));
    QVERIFY(!directory);
    QCOMPARE(directory.error().code, ErrorCode::DataUnusable);
    QVERIFY2(directory.error().detail.contains(name), qPrintable(directory.error().detail));
}

void TestSqlTrouble::onlyItsOwnerReads()
{
    const Result<DataDirectory> directory = DataDirectory::claim(m_directory->filePath(u"data"_s));
    QVERIFY(directory);
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup | QFileDevice::ReadOther
        | QFileDevice::WriteOther | QFileDevice::ExeOther;
    QVERIFY(!(QFile::permissions(directory.value().path()) & others));
    const auto desk = this->desk();
    desk->append(u"a"_s, u"x"_s);
    desk->answers();
    for (const QString &end : {u""_s, u"-wal"_s, u"-shm"_s})
        QVERIFY2(!(QFile::permissions(path() + end) & others), qPrintable(end));
}

void TestSqlTrouble::meaningOfFailures_data()
{
    QTest::addColumn<bool>("isSqlite");
    QTest::addColumn<QString>("native");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("SQLITE_BUSY") << true << u"5"_s << ErrorCode::Unavailable;
    QTest::newRow("SQLITE_FULL") << true << u"13"_s << ErrorCode::StorageFull;
    QTest::newRow("SQLITE_IOERR_WRITE") << true << u"778"_s << ErrorCode::StorageFull;
    QTest::newRow("SQLITE_IOERR_READ") << true << u"266"_s << ErrorCode::Unavailable;
    QTest::newRow("SQLITE_IOERR_SHMSIZE") << true << u"4874"_s << ErrorCode::StorageFull;
    QTest::newRow("SQLITE_CORRUPT_INDEX") << true << u"779"_s << ErrorCode::DataUnusable;
    QTest::newRow("SQLITE_NOTADB") << true << u"26"_s << ErrorCode::DataUnusable;
    QTest::newRow("no number") << true << QString() << ErrorCode::Unavailable;
    QTest::newRow("disk_full") << false << u"53100"_s << ErrorCode::StorageFull;
    QTest::newRow("data_corrupted") << false << u"XX001"_s << ErrorCode::DataUnusable;
    QTest::newRow("admin_shutdown") << false << u"57P01"_s << ErrorCode::Unavailable;
}

void TestSqlTrouble::meaningOfFailures()
{
    QFETCH(bool, isSqlite);
    QFETCH(QString, native);
    QFETCH(ErrorCode, code);
    QCOMPARE(codeOfFailure(isSqlite ? SqlDialect::Sqlite : SqlDialect::PostgreSql, native), code);
}

QTEST_GUILESS_MAIN(TestSqlTrouble)
#include "tst_sqltrouble.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/storedesk.h"
#include "storage/schema.h"
#include "storage/sqlstore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>


using namespace Parlance;
using namespace Qt::StringLiterals;

/// A database of an older program is brought up to date, exactly as golden/from-version-N.txt says, and nothing of it is lost.
class TestMigration : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void fromOlder_data();
    void fromOlder();
    void oldMessagesAreThere();
    void aCopyIsMadeFirst();
    void noCopyOfANewDatabase();
    void anotherAttemptAfterOneThatWasBrokenOff();
    void withoutPlaceForTheCopyNothingChanges();
    void newerIsRefused();

private:
    QString database() const { return m_directory->filePath(u"chat.db"_s); }
    void make(const QString &golden);
    QStringList dump(const QString &file);
    Result<std::unique_ptr<SqlStore>> open()
    {
        SqlSource source;
        source.database = database();
        return SqlStore::open(source);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

QStringList linesOf(const QString &golden)
{
    QFile file(QStringLiteral(PARLANCE_GOLDEN "/") + golden);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qPrintable(golden));
    return QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

std::unique_ptr<SqlConnection> connectTo(const QString &file, SqlConnection::Access access)
{
    SqlSource source;
    source.database = file;
    return SqlConnection::open(source, access).take();
}

QStringList rows(SqlConnection &connection, const QString &name, const QString &statement)
{
    QSqlQuery query = connection.prepare(statement).take();
    if (!connection.execute(query))
        return {u"failed: "_s + statement};
    QStringList lines;
    while (query.next()) {
        QStringList values;
        for (int i = 0; query.value(i).isValid(); ++i)
            values.append(query.value(i).toString());
        lines.append((name.isEmpty() ? QString() : name + u": "_s) + values.join(u'|'));
    }
    return lines;
}

} // namespace

void TestMigration::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestMigration::make(const QString &golden)
{
    const auto connection = connectTo(database(), SqlConnection::Access::ReadWrite);
    for (const QString &line : linesOf(golden)) {
        if (!line.startsWith(u"--"))
            QVERIFY2(connection->run(line), qPrintable(line));
    }
}

QStringList TestMigration::dump(const QString &file)
{
    const auto connection = connectTo(file, SqlConnection::Access::ReadOnly);
    QStringList lines = rows(*connection, {},
                             u"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
                             " AND name NOT LIKE 'messages\\_text\\_%' ESCAPE '\\' ORDER BY name"_s);
    for (QString &line : lines)
        line = line.replace(u"\"messages\""_s, u"messages"_s).simplified();
    lines += rows(*connection, u"rooms"_s, u"SELECT number, key, name, head, created, topic, slow_mode, frozen, locked FROM rooms ORDER BY number"_s);
    lines += rows(*connection, u"heads"_s, u"SELECT number, head FROM room_heads ORDER BY number"_s);
    lines += rows(*connection, u"epochs"_s, u"SELECT * FROM epochs ORDER BY number"_s);
    lines += rows(*connection, u"messages"_s,
                  u"SELECT id, epoch, kind, target, author, person, cid, timestamp, edited, content FROM messages ORDER BY id"_s);
    lines += rows(*connection, u"journal"_s, u"SELECT id, last, epoch, hex(data) FROM journal ORDER BY id"_s);
    return lines;
}

void TestMigration::fromOlder_data()
{
    QTest::addColumn<QString>("version");
    for (int version = 1; version < Schema::kVersion; ++version)
        QTest::addRow("version %d", version) << u"version-%1"_s.arg(version);
}

void TestMigration::fromOlder()
{
    QFETCH(QString, version);
    make(version + u".sql"_s);
    QVERIFY(open());
    const QStringList now = dump(database());
    const QStringList golden = linesOf(u"from-"_s + version + u".txt"_s);
    for (qsizetype i = 0; i < std::min(now.size(), golden.size()); ++i)
        QCOMPARE(now.at(i), golden.at(i));
    QCOMPARE(now.size(), golden.size());
    QVERIFY(open()); // and once more, with nothing to do
    QCOMPARE(dump(database()), now);
}

void TestMigration::oldMessagesAreThere()
{
    make(u"version-1.sql"_s);
    StoreDesk desk(open().take());
    desk.open(u"general"_s);
    desk.answers();
    const RoomRecord record = desk.records.constFirst();
    QCOMPARE(record.head, 3u);
    QCOMPARE(record.newest.size(), 3);
    QCOMPARE(record.newest.at(0).id.toString(), u"9d1c6e0b7f2a4c559d1c6e0b7f2a4c55-1-1"_s);
    QCOMPARE(record.newest.at(1).content, u"Привет 😀"_s);
    desk.append(u"general"_s, u"the first of all"_s, u"c-1"_s, u"p1"_s, u"Anna"_s); // sent again
    desk.append(u"general"_s, u"new"_s, u"c-3"_s, u"p1"_s, u"Anna"_s);
    QCOMPARE(desk.answers(), (QStringList {u"repeated 1=1"_s, u"2=4"_s}));
    SearchHits hits;
    QObject::connect(desk.store.get(), &MessageStore::found, desk.store.get(), [&hits](quint64, const SearchHits &found) { hits = found; });
    const auto search = [&desk](const QString &text) { desk.store->search(1, {searchTerms(text)}); };
    QTRY_VERIFY((search(u"привет"_s), hits.messages.size() == 1)); // indexed in the background
}

void TestMigration::aCopyIsMadeFirst()
{
    make(u"version-1.sql"_s);
    QVERIFY(open());
    const QString copy = database() + u".version-1"_s;
    QVERIFY(QFileInfo::exists(copy));
    QCOMPARE(QFile::permissions(copy) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const auto connection = connectTo(copy, SqlConnection::Access::ReadOnly);
    QCOMPARE(Schema::version(*connection).value(), 1);
    QCOMPARE(rows(*connection, {}, u"SELECT count(*) FROM messages"_s), QStringList {u"4"_s});
    QCOMPARE(rows(*connection, {}, u"PRAGMA integrity_check"_s), QStringList {u"ok"_s});
}

void TestMigration::noCopyOfANewDatabase()
{
    QVERIFY(open());
    QVERIFY(open());
    QCOMPARE(QDir(m_directory->path()).entryList({u"*.version-*"_s}, QDir::Files), QStringList());
}

void TestMigration::anotherAttemptAfterOneThatWasBrokenOff()
{
    make(u"version-1.sql"_s);
    QFile half(database() + u".version-1"_s);
    QVERIFY(half.open(QIODevice::WriteOnly));
    half.write("half a copy");
    half.close();
    QVERIFY(open());
    const auto connection = connectTo(half.fileName(), SqlConnection::Access::ReadOnly);
    QCOMPARE(rows(*connection, {}, u"SELECT count(*) FROM messages"_s), QStringList {u"4"_s});
}

void TestMigration::withoutPlaceForTheCopyNothingChanges()
{
    make(u"version-1.sql"_s);
    QVERIFY(QDir(m_directory->path()).mkdir(u"chat.db.version-1"_s)); // cannot be written over
    const auto opened = open();
    QVERIFY(!opened);
    QVERIFY(!opened.error().detail.isEmpty());
    const auto connection = connectTo(database(), SqlConnection::Access::ReadOnly);
    QCOMPARE(Schema::version(*connection).value(), 1);
}

void TestMigration::newerIsRefused()
{
    QVERIFY(open());
    {
        const auto connection = connectTo(database(), SqlConnection::Access::ReadWrite);
        QVERIFY(connection->run(u"UPDATE meta SET value = '%1' WHERE name = 'schema'"_s.arg(Schema::kVersion + 1)));
    }
    const auto opened = open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::DataUnusable);
    QVERIFY2(opened.error().detail.contains(u"newer"_s), qPrintable(opened.error().detail));
}

QTEST_GUILESS_MAIN(TestMigration)
#include "tst_migration.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/exitcodes.h"
#include "daemonprocess.h"
#include "support/wsclient.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// `parlanced` and its data: kept over a kill, locked against a second one, refused where it is not to be trusted.
class TestParlancedStorage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void historySurvivesAKill();
    void aSecondOneIsRefused();
    void whatIsNoDatabaseIsRefused();
    void neverAnEmptyOneOverWhatIsLeft_data();
    void neverAnEmptyOneOverWhatIsLeft();
    void aDatabaseThatIsAway();
    void memoryTouchesNoDirectory();
    void aFullDiskIsTold();

private:
    QStringList inDirectory() const { return {u"--data-dir"_s, m_directory->filePath(u"data"_s)}; }
    QString file(const QString &name) const { return m_directory->filePath(u"data/"_s + name); }

    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

/// No file of \a daemon may grow above \a bytes.
void limitFiles(const DaemonProcess &daemon, rlim_t bytes)
{
    const rlimit limit {bytes, RLIM_INFINITY};
    QCOMPARE(prlimit(pid_t(daemon.processId()), RLIMIT_FSIZE, &limit, nullptr), 0);
}

} // namespace

void TestParlancedStorage::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void TestParlancedStorage::historySurvivesAKill()
{
    QList<QJsonObject> told;
    {
        DaemonProcess daemon;
        daemon.serve(inDirectory());
        QTRY_VERIFY(daemon.isListening());
        WsClient anna(daemon.ws(u"general"_s, u"anna"_s));
        QTRY_VERIFY(anna.isConnected());
        anna.say(u"before"_s, u"c1"_s);
        QTRY_COMPARE(anna.events(u"message"_s).size(), 1);
        told = anna.events(u"message"_s);
        daemon.kill();
        QTRY_VERIFY(daemon.hasEnded());
    }
    DaemonProcess daemon;
    daemon.serve(inDirectory());
    QTRY_VERIFY2(daemon.isListening(), qPrintable(daemon.errors()));
    WsClient ben(daemon.ws(u"general"_s, u"ben"_s));
    QTRY_COMPARE(ben.events(u"message"_s), told);
}

void TestParlancedStorage::aSecondOneIsRefused()
{
    DaemonProcess first;
    first.serve(inDirectory());
    QTRY_VERIFY(first.isListening());
    DaemonProcess second;
    second.serve(inDirectory());
    QTRY_VERIFY(second.hasEnded());
    QCOMPARE(second.exitCode(), int(ExitCode::DataInUse));
    QVERIFY2(second.errors().contains(u"another Parlance server"_s), qPrintable(second.errors()));
    QVERIFY2(second.errors().contains(QString::number(first.processId())), qPrintable(second.errors()));
    QCOMPARE(second.output(), QString());
}

void TestParlancedStorage::whatIsNoDatabaseIsRefused()
{
    QVERIFY(QDir(m_directory->path()).mkpath(u"data"_s));
    const QByteArray letter = QByteArray("This is no database. ").repeated(500);
    QFile database(file(u"parlance.db"_s));
    QVERIFY(database.open(QIODevice::WriteOnly));
    QCOMPARE(database.write(letter), letter.size());
    database.close();
    DaemonProcess daemon;
    daemon.serve(inDirectory());
    QTRY_VERIFY(daemon.hasEnded());
    QCOMPARE(daemon.exitCode(), int(ExitCode::DataUnusable));
    QVERIFY2(daemon.errors().contains(u"Nothing was changed"_s), qPrintable(daemon.errors()));
    QVERIFY(database.open(QIODevice::ReadOnly));
    QCOMPARE(database.readAll(), letter);
}

void TestParlancedStorage::neverAnEmptyOneOverWhatIsLeft_data()
{
    QTest::addColumn<QString>("left");
    QTest::newRow("the log with what was not yet moved") << u"parlance.db-wal"_s;
    QTest::newRow("what a restore put aside") << u"parlance.db.before-restore-20261127T000000000"_s;
}

void TestParlancedStorage::neverAnEmptyOneOverWhatIsLeft()
{
    QFETCH(QString, left);
    QVERIFY(QDir(m_directory->path()).mkpath(u"data"_s));
    QFile found(file(left));
    QVERIFY(found.open(QIODevice::WriteOnly));
    QCOMPARE(found.write("messages"), 8);
    found.close();
    DaemonProcess daemon;
    daemon.serve(inDirectory());
    QTRY_VERIFY(daemon.hasEnded());
    QCOMPARE(daemon.exitCode(), int(ExitCode::DataUnusable));
    QVERIFY2(daemon.errors().contains(left), qPrintable(daemon.errors()));
    QVERIFY(!QFile::exists(file(u"parlance.db"_s)));
    QCOMPARE(found.size(), 8);
}

void TestParlancedStorage::aDatabaseThatIsAway()
{
    DaemonProcess daemon;
    daemon.serve(inDirectory() + QStringList {u"--storage"_s, u"postgresql://chat:hunter2@127.0.0.1:1/chat"_s});
    QTRY_VERIFY_WITH_TIMEOUT(daemon.hasEnded(), 20'000);
    QCOMPARE(daemon.exitCode(), int(ExitCode::StorageDown));
    QVERIFY2(!daemon.errors().contains(u"hunter2"_s), qPrintable(daemon.errors()));
}

void TestParlancedStorage::memoryTouchesNoDirectory()
{
    DaemonProcess daemon;
    daemon.serve(inDirectory() + QStringList {u"--storage"_s, u"memory"_s});
    QTRY_VERIFY(daemon.isListening());
    QVERIFY(!QFile::exists(m_directory->filePath(u"data"_s)));
}

/// The limit that a quota or a small disk would set: the message is refused, nobody sees it, the server lives on, and when
/// there is space again the same message goes through.
void TestParlancedStorage::aFullDiskIsTold()
{
    DaemonProcess daemon;
    daemon.serve(inDirectory());
    QTRY_VERIFY(daemon.isListening());
    WsClient anna(daemon.ws(u"general"_s, u"anna"_s), WsClient::Speaks::Parlance);
    WsClient ben(daemon.ws(u"general"_s, u"ben"_s));
    QTRY_VERIFY(anna.isConnected() && ben.isConnected());
    anna.say(u"before"_s);
    QTRY_COMPARE(ben.contents(), QStringList {u"before"_s});

    limitFiles(daemon, rlim_t(QFile(file(u"parlance.db-wal"_s)).size()));
    anna.say(u"in vain"_s, u"c1"_s);
    QTRY_COMPARE(anna.events(u"error"_s).size(), 1);
    const QJsonObject error = anna.events(u"error"_s).constFirst();
    QCOMPARE(error[u"code"].toString(), u"storage_full"_s);
    QCOMPARE(error[u"cid"].toString(), u"c1"_s);
    QVERIFY(error[u"retry_after_ms"].toInt() > 0);
    WsClient carl(daemon.ws(u"general"_s, u"carl"_s)); // reading goes on
    QTRY_COMPARE(carl.contents(), QStringList {u"before"_s});

    limitFiles(daemon, RLIM_INFINITY);
    anna.say(u"in vain"_s, u"c1"_s);
    QTRY_COMPARE(ben.contents(), (QStringList {u"before"_s, u"in vain"_s}));
    QCOMPARE(ben.events(u"message"_s).constLast()[u"seq"].toInteger(), 2);
    QVERIFY(daemon.isRunning());
}

QTEST_GUILESS_MAIN(TestParlancedStorage)
#include "tst_parlancedstorage.moc"

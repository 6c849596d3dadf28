// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/exitcodes.h"
#include "daemonprocess.h"

#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What `parlanced` says and how it ends when it does not serve.
class TestParlancedOptions : public QObject
{
    Q_OBJECT

private slots:
    void answers_data();
    void answers();
    void everyFaultIsNamed();
    void faultsOfEverySource();
    void unreadableFile_data();
    void unreadableFile();
    void printedConfigIsGood();
    void environmentFileIsRead();
    void portInUse();
    void notThisHostsAddress();
    void faultyConfigDoesNotServe();

private:
    QString writeFile(const QByteArray &text);

    QTemporaryDir m_dir;
};

QString TestParlancedOptions::writeFile(const QByteArray &text)
{
    const QString path = m_dir.filePath(u"parlanced.ini"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

void TestParlancedOptions::answers_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("begins");
    QTest::newRow("help") << QStringList {u"--help"_s} << u"Usage: parlanced [options]\n"_s;
    QTest::newRow("help wins") << QStringList {u"--port"_s, u"no"_s, u"--help"_s} << u"Usage: parlanced [options]\n"_s;
    QTest::newRow("version") << QStringList {u"--version"_s} << u"parlanced "_s;
    QTest::newRow("good configuration") << QStringList {u"--check-config"_s, u"--port"_s, u"0"_s}
                                        << u"the configuration is good\n"_s;
}

void TestParlancedOptions::answers()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, begins);
    DaemonProcess daemon;
    daemon.start(arguments);
    QTRY_VERIFY(daemon.hasEnded());
    QVERIFY2(daemon.output().startsWith(begins), qPrintable(daemon.output()));
    QVERIFY(daemon.output().endsWith(u'\n'));
    QCOMPARE(daemon.errors(), QString());
    QCOMPARE(daemon.exitCode(), int(ExitCode::Ok));
}

void TestParlancedOptions::everyFaultIsNamed()
{
    DaemonProcess daemon;
    daemon.start({u"--check-config"_s, u"--port"_s, u"99999"_s, u"--listen"_s, u"localhost"_s, u"--colour"_s,
                  u"--set"_s, u"limits.room=5"_s, u"--set"_s, u"limits.messages=often"_s, u"--event-loop"_s, u"poll"_s});
    QTRY_VERIFY(daemon.hasEnded());
    QCOMPARE(daemon.exitCode(), int(ExitCode::BadOption));
    QCOMPARE(daemon.output(), QString());
    const QStringList faults = daemon.errors().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(faults.size(), 6);
    for (const QString &word : {u"99999"_s, u"localhost"_s, u"--colour"_s, u"limits.room"_s, u"often"_s, u"poll"_s})
        QVERIFY2(faults.filter(word).size() == 1, qPrintable(daemon.errors()));
}

void TestParlancedOptions::faultsOfEverySource()
{
    DaemonProcess daemon;
    daemon.setEnvironment(u"PARLANCE_HISTORY_RING"_s, u"many"_s);
    const QString file = writeFile("[heartbeat]\ninterval=2min\ntimeout=1min\n[limits]\nconnections=few\n");
    daemon.start({u"--check-config"_s, u"--config"_s, file});
    QTRY_VERIFY(daemon.hasEnded());
    QCOMPARE(daemon.exitCode(), int(ExitCode::BadConfig));
    QVERIFY2(daemon.errors().contains(file + u":5"_s), qPrintable(daemon.errors())); // the line
    QVERIFY(daemon.errors().contains(u"PARLANCE_HISTORY_RING"));
    QVERIFY(daemon.errors().contains(u"heartbeat.timeout")); // what contradicts itself too
}

void TestParlancedOptions::unreadableFile_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("missing") << u"/nowhere/parlanced.ini"_s;
    QTest::newRow("a directory") << m_dir.path();
}

void TestParlancedOptions::unreadableFile()
{
    QFETCH(QString, path);
    DaemonProcess daemon;
    daemon.start({u"--config"_s, path});
    QTRY_VERIFY(daemon.hasEnded());
    QCOMPARE(daemon.exitCode(), int(ExitCode::UnreadableFile));
    QVERIFY2(daemon.errors().contains(path), qPrintable(daemon.errors()));
    QCOMPARE(daemon.output(), QString());
}

void TestParlancedOptions::printedConfigIsGood()
{
    DaemonProcess printer;
    printer.start({u"--print-config"_s, u"--name"_s, u"Chess; \"club\" 😀"_s, u"--port"_s, u"81"_s});
    QTRY_VERIFY(printer.hasEnded());
    QCOMPARE(printer.exitCode(), int(ExitCode::Ok));
    QCOMPARE(printer.errors(), QString());

    DaemonProcess again;
    again.start({u"--print-config"_s, u"--config"_s, writeFile(printer.output().toUtf8())});
    QTRY_VERIFY(again.hasEnded());
    QCOMPARE(again.errors(), QString());
    QCOMPARE(again.output(), printer.output());
    QVERIFY(again.output().contains(u"Chess"));
}

void TestParlancedOptions::environmentFileIsRead()
{
    DaemonProcess daemon;
    daemon.setEnvironment(u"PARLANCE_CONFIG"_s, writeFile("port=8123\nname=From the file\n"));
    daemon.setEnvironment(u"PARLANCE_NAME"_s, u"From outside"_s);
    daemon.start({u"--print-config"_s});
    QTRY_VERIFY(daemon.hasEnded());
    QCOMPARE(daemon.errors(), QString());
    QVERIFY(daemon.output().contains(u"port = 8123"));
    QVERIFY(daemon.output().contains(u"From outside"));
    QVERIFY(!daemon.output().contains(u"From the file"));
}

void TestParlancedOptions::portInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const QString port = QString::number(other.serverPort());
    DaemonProcess daemon;
    daemon.start({u"--listen"_s, u"127.0.0.1"_s, u"--port"_s, port});
    QTRY_VERIFY(daemon.hasEnded());
    QCOMPARE(daemon.exitCode(), int(ExitCode::AddressInUse));
    QCOMPARE(daemon.output(), QString());
    QVERIFY2(daemon.errors().contains(port), qPrintable(daemon.errors()));
    QVERIFY2(daemon.errors().contains(u"--port"), qPrintable(daemon.errors())); // and what to do about it
}

void TestParlancedOptions::notThisHostsAddress()
{
    DaemonProcess daemon;
    daemon.start({u"--listen"_s, u"192.0.2.1"_s, u"--port"_s, u"0"_s});
    QTRY_VERIFY(daemon.hasEnded());
    QCOMPARE(daemon.exitCode(), int(ExitCode::CannotListen));
    QVERIFY2(daemon.errors().contains(u"192.0.2.1"), qPrintable(daemon.errors()));
    QCOMPARE(daemon.output(), QString());
}

void TestParlancedOptions::faultyConfigDoesNotServe()
{
    DaemonProcess daemon;
    daemon.serve({u"--set"_s, u"history.ring=10"_s, u"--set"_s, u"history.replay=20"_s});
    QTRY_VERIFY(daemon.hasEnded());
    QVERIFY(daemon.exitCode() == int(ExitCode::BadOption) || daemon.exitCode() == int(ExitCode::BadConfig));
    QCOMPARE(daemon.output(), QString());
    QVERIFY(daemon.errors().contains(u"history.replay"));
}

QTEST_GUILESS_MAIN(TestParlancedOptions)
#include "tst_parlancedoptions.moc"

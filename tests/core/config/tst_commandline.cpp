// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/commandline.h"
#include "config/exitcodes.h"
#include "config/helptext.h"
#include "config/settings.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestCommandLine : public QObject
{
    Q_OBJECT

private slots:
    void bothForms();
    void everyOption();
    void listenAdds();
    void set();
    void modes_data();
    void modes();
    void faults_data();
    void faults();
    void allFaultsAtOnce();
    void optionsNameSettings();
    void help();
};

void TestCommandLine::bothForms()
{
    const QList<Assignment> expected {{u"port"_s, u"80"_s, u"--port"_s}};
    QCOMPARE(parseCommandLine({u"--port"_s, u"80"_s}).assignments, expected);
    QCOMPARE(parseCommandLine({u"--port=80"_s}).assignments, expected);
    // Only the first sign parts: a value may contain more.
    QCOMPARE(parseCommandLine({u"--name=a=b"_s}).assignments.first().value, u"a=b"_s);
    QCOMPARE(parseCommandLine({u"--name="_s}).assignments.first().value, QString());
    QCOMPARE(parseCommandLine({u"--name"_s, u"-x"_s}).assignments.first().value, u"-x"_s);
}

void TestCommandLine::everyOption()
{
    const CommandLine line = parseCommandLine(
        {u"--port"_s, u"1"_s, u"--name"_s, u"n"_s, u"--data-dir"_s, u"d"_s, u"--storage"_s, u"s"_s, u"--durability"_s,
         u"fast"_s, u"--event-loop"_s, u"qt"_s, u"--log-format"_s, u"json"_s, u"--log-level"_s, u"debug"_s, u"--config"_s,
         u"f.ini"_s});
    QCOMPARE(line.faults, QList<ConfigFault>());
    QCOMPARE(line.assignments,
             (QList<Assignment> {{u"port"_s, u"1"_s, u"--port"_s},
                                 {u"name"_s, u"n"_s, u"--name"_s},
                                 {u"data_dir"_s, u"d"_s, u"--data-dir"_s},
                                 {u"storage"_s, u"s"_s, u"--storage"_s},
                                 {u"durability"_s, u"fast"_s, u"--durability"_s},
                                 {u"event_loop"_s, u"qt"_s, u"--event-loop"_s},
                                 {u"log.format"_s, u"json"_s, u"--log-format"_s},
                                 {u"log.level"_s, u"debug"_s, u"--log-level"_s}}));
    QCOMPARE(line.configFile, std::optional<QString>(u"f.ini"_s));
    QVERIFY(!parseCommandLine({}).configFile.has_value());
}

void TestCommandLine::listenAdds()
{
    const CommandLine line = parseCommandLine({u"--listen"_s, u"::1"_s, u"--port=1"_s, u"--listen=127.0.0.1"_s});
    QCOMPARE(line.assignments.size(), 2);
    QCOMPARE(line.assignments.last(), (Assignment {u"listen"_s, u"::1,127.0.0.1"_s, u"--listen"_s}));
}

void TestCommandLine::set()
{
    const CommandLine line = parseCommandLine({u"--set"_s, u"limits.messages=10/1s"_s, u"--set=name=a=b"_s});
    QCOMPARE(line.faults, QList<ConfigFault>());
    QCOMPARE(line.assignments,
             (QList<Assignment> {{u"limits.messages"_s, u"10/1s"_s, u"--set limits.messages"_s},
                                 {u"name"_s, u"a=b"_s, u"--set name"_s}}));
}

void TestCommandLine::modes_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("expected");
    QTest::newRow("none") << QStringList() << int(RunMode::Serve);
    QTest::newRow("check") << QStringList {u"--check-config"_s} << int(RunMode::CheckConfig);
    QTest::newRow("print") << QStringList {u"--print-config"_s} << int(RunMode::PrintConfig);
    QTest::newRow("version") << QStringList {u"--version"_s} << int(RunMode::Version);
    QTest::newRow("help") << QStringList {u"--help"_s} << int(RunMode::Help);
    QTest::newRow("-h") << QStringList {u"-h"_s} << int(RunMode::Help);
    QTest::newRow("help wins") << QStringList {u"--help"_s, u"--check-config"_s, u"--version"_s} << int(RunMode::Help);
}

void TestCommandLine::modes()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, expected);
    const CommandLine line = parseCommandLine(arguments);
    QCOMPARE(int(line.mode), expected);
    QCOMPARE(line.faults, QList<ConfigFault>());
}

void TestCommandLine::faults_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown") << QStringList {u"--frobnicate"_s} << u"no such option; --help"_s;
    QTest::newRow("slip") << QStringList {u"--prot"_s} << u"did you mean --port?"_s;
    QTest::newRow("underscore") << QStringList {u"--log_level=debug"_s} << u"did you mean --log-level?"_s;
    QTest::newRow("one dash") << QStringList {u"-port"_s} << u"did you mean --port?"_s;
    QTest::newRow("a setting as option") << QStringList {u"--limits.rooms=5"_s} << u"--set limits.rooms=VALUE"_s;
    QTest::newRow("abbreviation") << QStringList {u"--check"_s} << u"no such option"_s;
    QTest::newRow("value missing at the end") << QStringList {u"--port"_s} << u"needs a value"_s;
    QTest::newRow("value missing before an option")
        << QStringList {u"--port"_s, u"--check-config"_s} << u"needs a value"_s;
    QTest::newRow("value for a flag") << QStringList {u"--check-config=yes"_s} << u"takes no value"_s;
    QTest::newRow("not an option") << QStringList {u"8000"_s} << u"not an option"_s;
    QTest::newRow("dash") << QStringList {u"-"_s} << u"not an option"_s;
    QTest::newRow("two dashes") << QStringList {u"--"_s} << u"no such option"_s;
    QTest::newRow("empty") << QStringList {QString()} << u"not an option"_s;
    QTest::newRow("set without sign") << QStringList {u"--set"_s, u"port"_s} << u"NAME=VALUE"_s;
    QTest::newRow("set without name") << QStringList {u"--set"_s, u"=5"_s} << u"NAME=VALUE"_s;
    QTest::newRow("set unknown") << QStringList {u"--set"_s, u"limits.message=5/1s"_s}
                                 << u"did you mean limits.messages?"_s;
    QTest::newRow("config without file") << QStringList {u"--config="_s} << u"needs a file"_s;
    QTest::newRow("huge") << QStringList {u"--"_s + QString(100'000, u'x')} << u"no such option"_s;
}

void TestCommandLine::faults()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const CommandLine line = parseCommandLine(arguments);
    QCOMPARE(line.faults.size(), 1);
    QCOMPARE(line.faults.first().kind, ConfigFault::Kind::Option);
    QVERIFY2(line.faults.first().what.contains(says), qPrintable(line.faults.first().what));
    QVERIFY(describe(line.faults.first()).size() < 300);
}

void TestCommandLine::allFaultsAtOnce()
{
    const CommandLine line
        = parseCommandLine({u"--prot"_s, u"--bogus=1"_s, u"--set"_s, u"x=1"_s, u"--log-level=debug"_s, u"--port"_s});
    QCOMPARE(line.faults.size(), 4);
    QCOMPARE(line.assignments.size(), 1);
}

void TestCommandLine::optionsNameSettings()
{
    for (const CommandOption &option : commandOptions()) {
        QVERIFY2(option.setting.isEmpty() || findSetting(option.setting), qPrintable(option.name));
        QVERIFY2(!option.help.isEmpty() || findSetting(option.setting), qPrintable(option.name));
    }
}

void TestCommandLine::help()
{
    const QString text = helpText(u"parlanced"_s, {u"/etc/parlance/parlanced.ini"_s});
    for (const CommandOption &option : commandOptions())
        QVERIFY2(text.contains(u"  "_s + option.name), qPrintable(option.name));
    QVERIFY(text.startsWith(u"Usage: parlanced"_s));
    QVERIFY(text.simplified().contains(u"default: 8000"_s));
    QVERIFY(text.simplified().contains(u"debug, info, warning or error; default: info"_s));
    QVERIFY(text.contains(u"/etc/parlance/parlanced.ini"_s));
    for (const QString &line : text.split(u'\n'))
        QVERIFY2(line.size() <= 80, qPrintable(line));
    const QString codes = text.section(u"Exit codes:"_s, 1).simplified().prepend(u' ');
    for (int code = int(ExitCode::Ok); code <= int(ExitCode::StorageDown); ++code)
        QVERIFY2(codes.contains(u" %1 "_s.arg(code)), qPrintable(QString::number(code)));
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/iniprinter.h"
#include "config/loader.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestLoader : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_directory.isValid()); }
    void nothingGivesDefaults();
    void precedence();
    void listIsReplaced();
    void whichFile();
    void unreadable_data();
    void unreadable();
    void fileFaults();
    void environmentFaults();
    void allFaultsAtOnce();
    void overriddenFaultStaysFault();
    void noContradictionWithAFault();
    void contradictionNamesItsPlaces();
    void setTwiceInFile();
    void faultsAreBounded();
    void secretsNeverInFaults();
    void idleSettingsWarn();
    void helpLooksAtNothing();
    void printedIsLoadedBack();
    void exitCodes();
    void defaultFiles();

private:
    QString write(const QByteArray &text);
    static ConfigSources sources(const QStringList &arguments, const QHash<QString, QString> &variables = {});
    static QStringList places(const LoadedConfig &loaded);

    QTemporaryDir m_directory;
    int m_files = 0;
};

QString TestLoader::write(const QByteArray &text)
{
    const QString path = m_directory.filePath(u"%1.ini"_s.arg(++m_files));
    QFile file(path);
    const bool written = file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    return written ? path : QString();
}

ConfigSources TestLoader::sources(const QStringList &arguments, const QHash<QString, QString> &variables)
{
    ConfigSources made {arguments, QProcessEnvironment(), {}};
    for (auto it = variables.cbegin(); it != variables.cend(); ++it)
        made.environment.insert(it.key(), it.value());
    return made;
}

QStringList TestLoader::places(const LoadedConfig &loaded)
{
    QStringList out;
    for (const ConfigFault &fault : loaded.faults)
        out += fault.where;
    return out;
}

void TestLoader::nothingGivesDefaults()
{
    const LoadedConfig loaded = loadConfig(sources({}));
    QVERIFY(loaded.isValid());
    QVERIFY(loaded.config == Config());
    QCOMPARE(loaded.mode, RunMode::Serve);
    QCOMPARE(loaded.file, QString());
    QVERIFY(loaded.warnings.isEmpty());
}

void TestLoader::precedence()
{
    const QString file = write("port = 1\n[server]\nname = file\n[limits]\nrooms = 1\nunjoined = 1\n[history]\nring = 99\n");
    const LoadedConfig loaded = loadConfig(sources({u"--config"_s, file, u"--port=3"_s, u"--set"_s, u"limits.rooms=3"_s},
                                                   {{u"PARLANCE_PORT"_s, u"2"_s},
                                                    {u"PARLANCE_LIMITS_ROOMS"_s, u"2"_s},
                                                    {u"PARLANCE_LIMITS_UNJOINED"_s, u"2"_s},
                                                    {u"PARLANCE_HISTORY_RING"_s, QString()}}));
    QVERIFY(loaded.isValid());
    QCOMPARE(loaded.file, file);
    QCOMPARE(loaded.config.limits.connections, Config().limits.connections); // default
    QCOMPARE(loaded.config.name, u"file"_s); // file
    QCOMPARE(loaded.config.history.ring, 99); // file: an empty variable is not set
    QCOMPARE(loaded.config.limits.unjoined, 2); // environment over file
    QCOMPARE(loaded.config.port, quint16(3)); // command line over all
    QCOMPARE(loaded.config.limits.rooms, 3);
}

void TestLoader::listIsReplaced()
{
    const QString file = write("listen = 10.0.0.1, 10.0.0.2\n");
    LoadedConfig loaded = loadConfig(sources({u"--config"_s, file}));
    QCOMPARE(loaded.config.listen, (QStringList {u"10.0.0.1"_s, u"10.0.0.2"_s}));
    loaded = loadConfig(sources({u"--config"_s, file, u"--listen=::1"_s, u"--listen=127.0.0.1"_s}));
    QCOMPARE(loaded.config.listen, (QStringList {u"::1"_s, u"127.0.0.1"_s}));
    loaded = loadConfig(sources({u"--config"_s, file, u"--set"_s, u"listen="_s}));
    QVERIFY(loaded.isValid());
    QVERIFY(loaded.config.listen.isEmpty());
}

void TestLoader::whichFile()
{
    const QString first = write("name = first\n");
    const QString second = write("name = second\n");
    const QString named = write("name = named\n");
    const QString missing = m_directory.filePath(u"missing.ini"_s);

    ConfigSources from = sources({});
    from.configFiles = QStringList {missing, first, second};
    QCOMPARE(loadConfig(from).config.name, u"first"_s);
    from.environment.insert(u"PARLANCE_CONFIG"_s, named);
    QCOMPARE(loadConfig(from).config.name, u"named"_s);
    QVERIFY(loadConfig(from).warnings.isEmpty());
    from.arguments = QStringList {u"--config="_s + second};
    QCOMPARE(loadConfig(from).config.name, u"second"_s);
    QCOMPARE(loadConfig(from).file, second);

    from = sources({});
    from.configFiles = QStringList {missing};
    QVERIFY(loadConfig(from).isValid());
}

void TestLoader::unreadable_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("missing") << m_directory.filePath(u"missing.ini"_s);
    QTest::newRow("directory") << m_directory.path();
    QTest::newRow("too large") << write(QByteArray(1024 * 1024 + 1, '#'));
}

void TestLoader::unreadable()
{
    QFETCH(QString, path);
    for (const ConfigSources &from : {sources({u"--config"_s, path, u"--port=x"_s}),
                                      sources({u"--port=x"_s}, {{u"PARLANCE_CONFIG"_s, path}})}) {
        const LoadedConfig loaded = loadConfig(from);
        QCOMPARE(loaded.faults.size(), 2); // the other fault is told as well
        QCOMPARE(loaded.faults.first().kind, ConfigFault::Kind::UnreadableFile);
        QCOMPARE(loaded.faults.first().where, path);
        QCOMPARE(exitCodeFor(loaded.faults), ExitCode::UnreadableFile);
    }
}

void TestLoader::fileFaults()
{
    const QString file = write("port = http\n" // 1
                               "nonsense\n"
                               "[limits]\n"
                               "mesages = 5/1s\n" // 4
                               "rooms = 0\n"
                               "messages = 5 per second\n"
                               "[limit]\n"
                               "unjoined = 5\n" // 8
                               "[heartbeat]\n"
                               "interval = 25\n");
    const LoadedConfig loaded = loadConfig(sources({u"--config"_s, file}));
    QStringList expected;
    for (const int line : {1, 2, 4, 5, 6, 8, 10})
        expected += u"%1:%2"_s.arg(file).arg(line);
    QCOMPARE(places(loaded), expected);
    QCOMPARE(loaded.faults.at(0).what, u"port must be a whole number, not “http”"_s);
    QCOMPARE(loaded.faults.at(2).what, u"there is no setting “limits.mesages”; did you mean limits.messages?"_s);
    QCOMPARE(loaded.faults.at(3).what, u"limits.rooms must be 1 to 1000000, not 0"_s);
    QVERIFY(loaded.faults.at(5).what.contains(u"did you mean limits.unjoined?"_s));
    QCOMPARE(exitCodeFor(loaded.faults), ExitCode::BadConfig);
}

void TestLoader::environmentFaults()
{
    const LoadedConfig loaded = loadConfig(sources({}, {{u"PARLANCE_PORT"_s, u"tcp://10.0.0.1:80"_s},
                                                        {u"PARLANCE_LIMIT_ROOMS"_s, u"5"_s},
                                                        {u"PARLANCE_SERVICE_HOST"_s, u"10.0.0.1"_s},
                                                        {u"OTHER"_s, u"x"_s}}));
    QCOMPARE(places(loaded), QStringList {u"PARLANCE_PORT"_s});
    QCOMPARE(loaded.warnings.size(), 2);
    QCOMPARE(loaded.warnings.at(0).where, u"PARLANCE_LIMIT_ROOMS"_s);
    QVERIFY(loaded.warnings.at(0).what.contains(u"did you mean PARLANCE_LIMITS_ROOMS?"_s));
    QCOMPARE(loaded.warnings.at(1).where, u"PARLANCE_SERVICE_HOST"_s);
}

void TestLoader::allFaultsAtOnce()
{
    const QString file = write("port = x\n[history]\nring = 10\n");
    const LoadedConfig loaded
        = loadConfig(sources({u"--config"_s, file, u"--prot=1"_s, u"--log-level=loud"_s, u"--set"_s, u"storage=sqlight"_s,
                              u"--check-config"_s},
                             {{u"PARLANCE_LIMITS_JOINS"_s, u"many"_s}}));
    QCOMPARE(loaded.mode, RunMode::CheckConfig);
    QCOMPARE(places(loaded), (QStringList {file + u":1"_s, u"PARLANCE_LIMITS_JOINS"_s, u"“--prot”"_s, u"--log-level"_s,
                                           u"--set storage"_s, file + u":3"_s}));
    QVERIFY(!loaded.isValid());
    QCOMPARE(exitCodeFor(loaded.faults), ExitCode::BadOption);
    for (const ConfigFault &fault : loaded.faults)
        QVERIFY(!describe(fault).contains(u'\n'));
}

void TestLoader::overriddenFaultStaysFault()
{
    const LoadedConfig loaded = loadConfig(sources({u"--port=80"_s}, {{u"PARLANCE_PORT"_s, u"x"_s}}));
    QCOMPARE(places(loaded), QStringList {u"PARLANCE_PORT"_s});
}

void TestLoader::noContradictionWithAFault()
{
    const LoadedConfig loaded
        = loadConfig(sources({u"--set=heartbeat.interval=5"_s, u"--set=heartbeat.timeout=10s"_s}));
    QCOMPARE(places(loaded), QStringList {u"--set heartbeat.interval"_s});
}

void TestLoader::contradictionNamesItsPlaces()
{
    const QString file = write("[heartbeat]\ninterval = 30s\n");
    LoadedConfig loaded = loadConfig(sources({u"--config"_s, file, u"--set=heartbeat.timeout=20s"_s}));
    QCOMPARE(places(loaded), QStringList {file + u":2, --set heartbeat.timeout"_s});
    QCOMPARE(loaded.faults.first().kind, ConfigFault::Kind::Setting);
    // One of the two has its default, which nobody wrote anywhere.
    loaded = loadConfig(sources({u"--set=heartbeat.timeout=20s"_s}));
    QCOMPARE(places(loaded), QStringList {u"--set heartbeat.timeout"_s});
}

void TestLoader::setTwiceInFile()
{
    const QString file = write("port = 1\nlimits.rooms = 5\n[server]\nport = 2\n[limits]\nrooms = 6\n");
    const LoadedConfig loaded = loadConfig(sources({u"--config"_s, file}));
    QCOMPARE(places(loaded), (QStringList {file + u":4"_s, file + u":6"_s}));
    QVERIFY(loaded.faults.first().what.contains(u"line 1"_s));
}

void TestLoader::faultsAreBounded()
{
    const QString file = write(QByteArray("unknown = 1\n").repeated(50'000));
    const LoadedConfig loaded = loadConfig(sources({u"--config"_s, file}));
    QVERIFY(!loaded.isValid());
    QVERIFY(loaded.faults.size() <= 100);
}

void TestLoader::secretsNeverInFaults()
{
    const QString file = write("[metrics]\ntoken = hunter2 hunter2 hunter2\nhunter2\ntokn \"hunter2\"\n[x\n");
    const LoadedConfig loaded = loadConfig(
        sources({u"--config"_s, file, u"--storage"_s, u"postgresql://chat:hunter2@db"_s, u"--metrics.token=hunter2"_s},
                {{u"PARLANCE_METRICS_TOKEN"_s, u"hunter2"_s}, {u"PARLANCE_METRICS_TOKN"_s, u"hunter2"_s}}));
    QCOMPARE(loaded.faults.size(), 7);
    for (const ConfigFault &fault : loaded.faults + loaded.warnings)
        QVERIFY2(!describe(fault).contains(u"hunter2"_s), qPrintable(describe(fault)));
}

/// Whoever sets what has no effect learns it; that is no fault.
void TestLoader::idleSettingsWarn()
{
    const QString file = write("data_dir = /srv/chat\n[limits]\nlogins = 9/1min\nupload_bytes = 25MiB\n");
    const LoadedConfig loaded = loadConfig(sources({u"--config"_s, file, u"--set"_s, u"limits.upload_bytes=1MiB"_s},
                                                   {{u"PARLANCE_DURABILITY"_s, u"fast"_s}}));
    QVERIFY(loaded.isValid());
    QStringList places;
    for (const ConfigFault &warning : loaded.warnings) {
        QVERIFY2(warning.what.contains(u"no effect"_s), qPrintable(warning.what));
        places += warning.where;
    }
    QCOMPARE(places.size(), 2);
    QVERIFY(places.contains(file + u":3"_s));
    // Its default, even where it is written down, promises nothing.
    QVERIFY(loadConfig(sources({u"--set"_s, u"durability=durable"_s, u"--set"_s, u"limits.logins=5/1min"_s})).warnings.isEmpty());
}

void TestLoader::helpLooksAtNothing()
{
    const LoadedConfig loaded = loadConfig(
        sources({u"--help"_s, u"--bogus"_s, u"--config"_s, u"/nowhere/at/all"_s}, {{u"PARLANCE_PORT"_s, u"x"_s}}));
    QCOMPARE(loaded.mode, RunMode::Help);
    QVERIFY(loaded.isValid());
}

void TestLoader::printedIsLoadedBack()
{
    const LoadedConfig loaded = loadConfig(sources({u"--print-config"_s, u"--name"_s, u" \"Zoë's\" # chat "_s,
                                                    u"--listen=::1"_s, u"--set=limits.messages=off"_s,
                                                    u"--set=limits.send_stall=1500ms"_s}));
    QVERIFY(loaded.isValid());
    QCOMPARE(loaded.mode, RunMode::PrintConfig);
    const LoadedConfig back = loadConfig(sources({u"--config"_s, write(printIni(loaded.config).toUtf8())}));
    QVERIFY(back.isValid());
    QVERIFY(back.config == loaded.config);
    QVERIFY(back.config != Config());
}

void TestLoader::exitCodes()
{
    const ConfigFault option {ConfigFault::Kind::Option, {}, {}};
    const ConfigFault setting {ConfigFault::Kind::Setting, {}, {}};
    const ConfigFault file {ConfigFault::Kind::UnreadableFile, {}, {}};
    QCOMPARE(exitCodeFor({}), ExitCode::Ok);
    QCOMPARE(exitCodeFor({setting}), ExitCode::BadConfig);
    QCOMPARE(exitCodeFor({setting, option}), ExitCode::BadOption);
    QCOMPARE(exitCodeFor({setting, option, file}), ExitCode::UnreadableFile);
}

void TestLoader::defaultFiles()
{
    const QStringList files = defaultConfigFiles();
    QVERIFY(files.contains(u"/etc/parlance/parlanced.ini"_s));
    QVERIFY(std::all_of(files.cbegin(), files.cend(), [](const QString &path) { return QDir::isAbsolutePath(path); }));
    QCOMPARE(processSources({u"parlanced"_s, u"--port=1"_s}).arguments, QStringList {u"--port=1"_s});
}

QTEST_GUILESS_MAIN(TestLoader)
#include "tst_loader.moc"

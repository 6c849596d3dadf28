// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/iniprinter.h"
#include "config/inireader.h"
#include "config/nearestname.h"
#include "config/settings.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

const QString kToken = u"0123456789abcdef-secret"_s;

/// A value for every setting that is not its default.
const QHash<QString, QString> &otherValues()
{
    static const QHash<QString, QString> values {
        {u"listen"_s, u"127.0.0.1, ::1"_s},
        {u"port"_s, u"8080"_s},
        {u"name"_s, u"\"Chess\" # club; Zoë \\o/"_s},
        {u"data_dir"_s, u"/srv/my chat"_s},
        {u"durability"_s, u"fast"_s},
        {u"event_loop"_s, u"qt"_s},
        {u"log.format"_s, u"json"_s},
        {u"log.level"_s, u"warning"_s},
        {u"access.origins"_s, u"https://a.example, http://b.example:81"_s},
        {u"access.hosts"_s, u"chat.example.org, www.example.org"_s},
        {u"access.proxies"_s, u"127.0.0.1, 10.1.0.0/16"_s},
        {u"limits.connections"_s, u"11"_s},
        {u"limits.connections_per_address"_s, u"12"_s},
        {u"limits.unjoined"_s, u"13"_s},
        {u"limits.rooms"_s, u"14"_s},
        {u"limits.sessions_per_user"_s, u"15"_s},
        {u"limits.messages"_s, u"16/2s"_s},
        {u"limits.messages_per_address"_s, u"160/2s"_s},
        {u"limits.commands"_s, u"300/7s"_s},
        {u"limits.joins"_s, u"off"_s},
        {u"limits.logins"_s, u"17/500ms"_s},
        {u"limits.room_name_chars"_s, u"50"_s},
        {u"limits.user_name_chars"_s, u"20"_s},
        {u"limits.json_depth"_s, u"8"_s},
        {u"limits.head_fields"_s, u"60"_s},
        {u"limits.content_chars"_s, u"1800"_s},
        {u"limits.message_bytes"_s, u"65537B"_s},
        {u"limits.head_bytes"_s, u"32KiB"_s},
        {u"limits.body_bytes"_s, u"128KiB"_s},
        {u"limits.upload_bytes"_s, u"0"_s},
        {u"limits.send_queue_bytes"_s, u"3MiB"_s},
        {u"limits.send_stall"_s, u"1500ms"_s},
        {u"limits.head_timeout"_s, u"2s"_s},
        {u"limits.body_timeout"_s, u"3s"_s},
        {u"history.ring"_s, u"200"_s},
        {u"history.bytes"_s, u"32MiB"_s},
        {u"history.replay"_s, u"20"_s},
        {u"history.keep_age"_s, u"30d"_s},
        {u"history.keep_messages"_s, u"100000"_s},
        {u"history.keep_bytes"_s, u"1GiB"_s},
        {u"chat_logs.enabled"_s, u"on"_s},
        {u"chat_logs.file_bytes"_s, u"1MiB"_s},
        {u"chat_logs.keep_age"_s, u"90d"_s},
        {u"heartbeat.interval"_s, u"26s"_s},
        {u"heartbeat.timeout"_s, u"61s"_s},
        {u"kick.rejoin_after"_s, u"1h"_s},
        {u"metrics.listen"_s, u"[::1]:9100"_s},
        {u"metrics.token"_s, kToken},
    };
    return values;
}

/// What this version has one value for.
const QSet<QString> kFixed {u"storage"_s, u"access.mode"_s};

} // namespace

class TestSettings : public QObject
{
    Q_OBJECT

private slots:
    void tableIsSound();
    void eachSettingSetsItsOwnField();
    void failureChangesNothing();
    void ranges_data();
    void ranges();
    void names();
    void suggestions_data();
    void suggestions();
    void printedIniIsReadBack();
    void secretsAreHidden();
    void reference();
};

void TestSettings::tableIsSound()
{
    static const QRegularExpression form(u"^[a-z]+(_[a-z]+)*(\\.[a-z]+(_[a-z]+)*)?$"_s);
    QSet<QString> names;
    QSet<QString> variables;
    QSet<QString> sections;
    QString section;
    for (const Setting &setting : settings()) {
        QVERIFY2(form.match(setting.name).hasMatch(), qPrintable(setting.name));
        QVERIFY2(!setting.help.isEmpty() && !setting.help.endsWith(u'.'), qPrintable(setting.name));
        QVERIFY2(!setting.form.isEmpty(), qPrintable(setting.name));
        QVERIFY2(setting.check(Config()), qPrintable(setting.name));
        names.insert(setting.name);
        variables.insert(setting.environmentName());
        if (setting.iniSection() != section) {
            section = setting.iniSection();
            QVERIFY2(!sections.contains(section), qPrintable(section)); // printed as two sections otherwise
            sections.insert(section);
        }
    }
    QCOMPARE(names.size(), settings().size());
    QCOMPARE(variables.size(), settings().size());
    QVERIFY(!variables.contains(u"PARLANCE_CONFIG"_s)); // names the file
}

void TestSettings::eachSettingSetsItsOwnField()
{
    Config all;
    for (const Setting &setting : settings()) {
        if (kFixed.contains(setting.name))
            continue;
        QVERIFY2(otherValues().contains(setting.name), qPrintable(setting.name));
        const QString value = otherValues().value(setting.name);
        Config config;
        const Status done = setting.apply(config, value);
        QVERIFY2(done, qPrintable(setting.name));
        QCOMPARE(setting.print(config), value);
        QVERIFY2(config != Config(), qPrintable(setting.name));
        for (const Setting &other : settings()) {
            if (other.name != setting.name)
                QCOMPARE(other.print(config), other.print(Config()));
        }
        QVERIFY(setting.apply(all, value));
    }
    QCOMPARE(all.port, quint16(8080));
    QCOMPARE(all.listen, (QStringList {u"127.0.0.1"_s, u"::1"_s}));
    QCOMPARE(all.log.level, LogLevel::Warning);
    QCOMPARE(all.limits.messages, (Rate {16, Config::Millis {2000}}));
    QCOMPARE(all.limits.messagesPerAddress, (Rate {160, Config::Millis {2000}}));
    QVERIFY(all.limits.joins.isOff());
    QCOMPARE(all.limits.connectionsPerAddress, 12);
    QCOMPARE(all.limits.sendQueueBytes, qint64(3) * 1024 * 1024);
    QCOMPARE(all.history.bytes, 32 * 1024 * 1024);
    QCOMPARE(all.history.replay, 20);
    QCOMPARE(all.heartbeat.timeout, Config::Millis {61'000});
}

void TestSettings::failureChangesNothing()
{
    for (const Setting &setting : settings()) {
        Config config;
        const Status done = setting.apply(config, u"\x01 definitely, not"_s);
        QVERIFY2(!done, qPrintable(setting.name));
        QCOMPARE(done.error().field, setting.name);
        QCOMPARE(done.error().code, ErrorCode::BadParameter);
        QVERIFY2(config == Config(), qPrintable(setting.name));
    }
}

void TestSettings::ranges_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("good");
    QTest::newRow("port 0") << u"port"_s << u"0"_s << true;
    QTest::newRow("port 65535") << u"port"_s << u"65535"_s << true;
    QTest::newRow("port 65536") << u"port"_s << u"65536"_s << false;
    QTest::newRow("port that wraps") << u"port"_s << u"73536"_s << false;
    QTest::newRow("port -1") << u"port"_s << u"-1"_s << false;
    QTest::newRow("no connections") << u"limits.connections"_s << u"0"_s << false;
    QTest::newRow("number over int") << u"limits.rooms"_s << u"4294967297"_s << false;
    QTest::newRow("size too small") << u"limits.message_bytes"_s << u"1023B"_s << false;
    QTest::newRow("size too large") << u"limits.message_bytes"_s << u"17MiB"_s << false;
    QTest::newRow("no uploads") << u"limits.upload_bytes"_s << u"0"_s << true;
    QTest::newRow("no time") << u"limits.head_timeout"_s << u"0s"_s << false;
    QTest::newRow("too much time") << u"limits.head_timeout"_s << u"2h"_s << false;
    QTest::newRow("rejoin at once") << u"kick.rejoin_after"_s << u"0s"_s << true;
    QTest::newRow("rate of nothing") << u"limits.messages"_s << u"0/1s"_s << false;
    QTest::newRow("rate over two days") << u"limits.messages"_s << u"1/2d"_s << false;
    QTest::newRow("rate too large") << u"limits.messages"_s << u"1000001/1s"_s << false;
    QTest::newRow("empty number") << u"limits.rooms"_s << QString() << false;
    QTest::newRow("empty list") << u"listen"_s << QString() << true;
    QTest::newRow("gap in the list") << u"listen"_s << u"::1,,127.0.0.1"_s << false;
    QTest::newRow("comma at the end") << u"listen"_s << u"::1,"_s << false;
    QTest::newRow("word in capitals") << u"log.level"_s << u"DEBUG"_s << false;
    QTest::newRow("join code") << u"access.mode"_s << u"code"_s << false;
    QTest::newRow("accounts") << u"access.mode"_s << u"accounts"_s << false;
    QTest::newRow("open") << u"access.mode"_s << u"open"_s << true;
    QTest::newRow("sqlite") << u"storage"_s << u"sqlite"_s << true;
    QTest::newRow("another database") << u"storage"_s << u"oracle"_s << false;
}

void TestSettings::ranges()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(bool, good);
    Config config;
    const Status done = findSetting(name)->apply(config, value);
    QCOMPARE(bool(done), good);
}

void TestSettings::names()
{
    const Setting *rooms = findSetting(u"limits.rooms");
    QVERIFY(rooms);
    QCOMPARE(rooms->environmentName(), u"PARLANCE_LIMITS_ROOMS"_s);
    QCOMPARE(rooms->iniSection(), u"limits"_s);
    QCOMPARE(rooms->iniKey(), u"rooms"_s);
    const Setting *directory = findSetting(u"data_dir");
    QVERIFY(directory);
    QCOMPARE(directory->environmentName(), u"PARLANCE_DATA_DIR"_s);
    QCOMPARE(directory->iniSection(), u"server"_s);
    QCOMPARE(directory->iniKey(), u"data_dir"_s);
    QVERIFY(!findSetting(u"rooms"));
    QVERIFY(!findSetting(u""));
    QVERIFY(!findSetting(u"LIMITS.ROOMS"));
}

void TestSettings::suggestions_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("expected");
    QTest::newRow("slip") << u"limits.mesages"_s << u"limits.messages"_s;
    QTest::newRow("swapped") << u"limits.romos"_s << u"limits.rooms"_s;
    QTest::newRow("section wrong") << u"limit.rooms"_s << u"limits.rooms"_s;
    QTest::newRow("section missing") << u"rejoin_after"_s << u"kick.rejoin_after"_s;
    QTest::newRow("section too much") << u"server.port"_s << u"port"_s;
    QTest::newRow("separator") << u"log-level"_s << u"log.level"_s;
    QTest::newRow("case") << u"Limits.Rooms"_s << u"limits.rooms"_s;
    QTest::newRow("another word") << u"frobnicate"_s << QString();
    QTest::newRow("short") << u"x"_s << QString();
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("huge") << QString(1'000'000, u'x') << QString();
}

void TestSettings::suggestions()
{
    QFETCH(QString, typed);
    QFETCH(QString, expected);
    QCOMPARE(nearestName(typed, settingNames()), expected);
    QCOMPARE(unknownSetting(typed).contains(u"did you mean"_s), !expected.isEmpty());
}

void TestSettings::printedIniIsReadBack()
{
    Config config;
    for (auto it = otherValues().cbegin(); it != otherValues().cend(); ++it)
        QVERIFY(findSetting(it.key())->apply(config, it.value()));
    const QString text = printIni(config, Secrets::Shown);
    const IniDocument document = readIni(text.toUtf8());
    QCOMPARE(document.faults, QList<IniFault>());
    QCOMPARE(document.entries.size(), settings().size());
    Config back;
    for (const IniEntry &entry : document.entries) {
        const QString name = entry.section == u"server"_s ? entry.key : entry.section + u'.' + entry.key;
        QVERIFY2(findSetting(name), qPrintable(name));
        QVERIFY2(findSetting(name)->apply(back, entry.value), qPrintable(name));
    }
    QVERIFY(back == config);
    for (const Setting &setting : settings())
        QVERIFY2(text.contains(u"# "_s + setting.help + u'.'), qPrintable(setting.name));
}

void TestSettings::secretsAreHidden()
{
    Config config;
    config.metrics.token = kToken;
    config.storage = u"postgresql://chat:hunter2@db/chat"_s;
    const QString hidden = printIni(config);
    QVERIFY(!hidden.contains(kToken));
    QVERIFY(!hidden.contains(u"hunter2"_s));
    QVERIFY(hidden.contains(u"# token is set"_s));
    // A mask that is read back as the value would be a password that everybody knows.
    for (const IniEntry &entry : readIni(hidden.toUtf8()).entries)
        QVERIFY(entry.key != u"token"_s && entry.key != u"storage"_s);
    QVERIFY(printIni(config, Secrets::Shown).contains(kToken));
    QVERIFY(printIni(Config()).contains(u"\ntoken =\n"_s));
    QVERIFY(printIni(Config()).contains(u"\nstorage = sqlite\n"_s));
}

void TestSettings::reference()
{
    QFile file(QStringLiteral(REFERENCE_FILE));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QStringList written;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
        if (line.startsWith(u"| `"_s))
            written += line;
    }
    QStringList expected;
    for (const Setting &setting : settings()) {
        const QString usual = setting.print(Config());
        expected += u"| `%1` | %2 | %3 | %4 |"_s.arg(setting.name, usual.isEmpty() ? u"empty"_s : u"`%1`"_s.arg(usual),
                                                     setting.help, setting.form);
    }
    QStringList missing;
    for (const QString &line : expected) {
        if (!written.contains(line))
            missing += line;
    }
    QVERIFY2(missing.isEmpty(), qPrintable(u"the reference lacks\n"_s + missing.join(u'\n')));
    QCOMPARE(written.size(), expected.size());
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/validator.h"

#include <QDir>
#include <QSysInfo>
#include <QTest>

#include <functional>

using namespace Parlance;
using namespace Qt::StringLiterals;
using Change = std::function<void(Config &)>;
Q_DECLARE_METATYPE(Change)

class TestValidator : public QObject
{
    Q_OBJECT

private slots:
    void defaultsAreGood();
    void violations_data();
    void violations();
    void allAtOnce();
    void resolvedName();
    void resolvedDataDirectory();
};

void TestValidator::defaultsAreGood()
{
    QCOMPARE(validate(Config()), QList<Violation>());
}

void TestValidator::violations_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QStringList>("expected"); // empty: good
    const auto row = [](const char *name, const Change &change, const QStringList &expected) {
        QTest::newRow(name) << change << expected;
    };
    row("address", [](Config &c) { c.listen = QStringList {u"chat.example.org"_s}; }, {u"listen"_s});
    row("another database", [](Config &c) { c.storage = u"oracle"_s; }, {u"storage"_s});
    row("accounts", [](Config &c) { c.access.mode = AccessMode::Accounts; }, {u"access.mode"_s});
    row("no rooms", [](Config &c) { c.limits.rooms = 0; }, {u"limits.rooms"_s});
    row("negative limit", [](Config &c) { c.limits.connections = -1; }, {u"limits.connections"_s});
    row("negative upload", [](Config &c) { c.limits.uploadBytes = -1; }, {u"limits.upload_bytes"_s});
    row("negative time", [](Config &c) { c.limits.sendStall = -Config::Millis {1}; }, {u"limits.send_stall"_s});
    row("no rate", [](Config &c) { c.limits.messages = {}; }, {});
    row("port 0", [](Config &c) { c.port = 0; }, {});
    row("heartbeat equal", [](Config &c) { c.heartbeat.timeout = c.heartbeat.interval; },
        {u"heartbeat.interval"_s, u"heartbeat.timeout"_s});
    row("heartbeat just longer",
        [](Config &c) { c.heartbeat.timeout = c.heartbeat.interval + Config::Millis {1}; }, {});
    row("ring equal", [](Config &c) { c.history.ring = c.history.replay; }, {});
    row("ring below", [](Config &c) { c.history.ring = c.history.replay - 1; },
        {u"history.ring"_s, u"history.replay"_s});
    row("message fits", [](Config &c) { c.limits.messageBytes = 4 * c.limits.contentChars + 1024; }, {});
    row("message too small", [](Config &c) { c.limits.messageBytes = 4 * c.limits.contentChars + 1023; },
        {u"limits.message_bytes"_s, u"limits.content_chars"_s});
    row("content too long", [](Config &c) { c.limits.contentChars = 1'000'000; },
        {u"limits.message_bytes"_s, u"limits.content_chars"_s});
    row("queue too small", [](Config &c) { c.limits.sendQueueBytes = 2 * c.limits.messageBytes - 1; },
        {u"limits.send_queue_bytes"_s, u"limits.message_bytes"_s});
    row("metrics on a listener of its own", [](Config &c) { c.metrics.listen = u"127.0.0.1:9100"_s; }, {});
    row("metrics where the chat is", [](Config &c) { c.metrics.listen = u"127.0.0.1:8000"_s; },
        {u"metrics.listen"_s, u"port"_s});
    row("metrics at the chat's port of another address", [](Config &c) {
        c.listen = QStringList {u"127.0.0.2"_s};
        c.metrics.listen = u"127.0.0.1:8000"_s;
    }, {});
    row("size kept in SQLite", [](Config &c) { c.history.keepBytes = 1024; }, {});
    row("size kept in PostgreSQL", [](Config &c) {
        c.storage = u"postgresql://chat@localhost/chat"_s;
        c.history.keepBytes = 1024;
    }, {u"history.keep_bytes"_s, u"storage"_s});
    row("host with a port", [](Config &c) { c.access.hosts = QStringList {u"chat.example.org:80"_s}; },
        {u"access.hosts"_s});
    row("proxy by name", [](Config &c) { c.access.proxies = QStringList {u"proxy"_s}; }, {u"access.proxies"_s});
    row("metrics junk", [](Config &c) { c.metrics.listen = u"9100"_s; }, {u"metrics.listen"_s});
}

void TestValidator::violations()
{
    QFETCH(Change, change);
    QFETCH(QStringList, expected);
    Config config;
    change(config);
    const QList<Violation> found = validate(config);
    QCOMPARE(found.size(), expected.isEmpty() ? 0 : 1);
    if (expected.isEmpty())
        return;
    QCOMPARE(found.first().settings, expected);
    QVERIFY2(found.first().what.contains(expected.first()), qPrintable(found.first().what));
    QVERIFY(!found.first().what.endsWith(u'.'));
}

void TestValidator::allAtOnce()
{
    Config config;
    config.storage = u"oracle"_s;
    config.listen = QStringList {u"nowhere"_s};
    config.limits.rooms = 0;
    config.history.ring = 1;
    config.heartbeat.timeout = Config::Millis {1000};
    QCOMPARE(validate(config).size(), 5);
}

void TestValidator::resolvedName()
{
    Config config;
    QVERIFY(serverName(config).startsWith(u"Parlance"_s));
    QVERIFY(serverName(config).contains(QSysInfo::machineHostName()));
    config.name = u"Chess club"_s;
    QCOMPARE(serverName(config), u"Chess club"_s);
}

void TestValidator::resolvedDataDirectory()
{
    Config config;
    config.dataDir = u"chat"_s;
    QCOMPARE(dataDirectory(config), QDir::current().absoluteFilePath(u"chat"_s));
    config.dataDir.clear();
    const QByteArray before = qgetenv("STATE_DIRECTORY");
    qputenv("STATE_DIRECTORY", "/var/lib/parlance:/var/lib/other");
    QCOMPARE(dataDirectory(config), u"/var/lib/parlance"_s);
    qunsetenv("STATE_DIRECTORY");
    QVERIFY(dataDirectory(config).endsWith(u"/parlance"_s));
    if (!before.isEmpty())
        qputenv("STATE_DIRECTORY", before);
}

QTEST_GUILESS_MAIN(TestValidator)
#include "tst_validator.moc"

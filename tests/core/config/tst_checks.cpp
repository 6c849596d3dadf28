// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/checks.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestChecks : public QObject
{
    Q_OBJECT

private slots:
    void addresses_data();
    void addresses();
    void origins_data();
    void origins();
    void endpoint_data();
    void endpoint();
    void storage_data();
    void storage();
    void token_data();
    void token();
    void hosts_data();
    void hosts();
    void subnets_data();
    void subnets();
    void serverName();
    void loopback();
};

void TestChecks::addresses_data()
{
    QTest::addColumn<QStringList>("texts");
    QTest::addColumn<bool>("good");
    QTest::newRow("none") << QStringList() << true;
    QTest::newRow("IPv4") << QStringList {u"192.168.1.5"_s} << true;
    QTest::newRow("IPv6") << QStringList {u"::1"_s} << true;
    QTest::newRow("both") << QStringList {u"127.0.0.1"_s, u"::1"_s} << true;
    QTest::newRow("any") << QStringList {u"0.0.0.0"_s} << true;
    QTest::newRow("scope") << QStringList {u"fe80::1%eth0"_s} << true;
    QTest::newRow("name") << QStringList {u"localhost"_s} << false;
    QTest::newRow("with port") << QStringList {u"127.0.0.1:80"_s} << false;
    QTest::newRow("brackets") << QStringList {u"[::1]"_s} << false;
    QTest::newRow("short IPv4") << QStringList {u"127.1"_s} << false;
    QTest::newRow("number") << QStringList {u"1"_s} << false;
    QTest::newRow("octal") << QStringList {u"010.0.0.1"_s} << false;
    QTest::newRow("too large") << QStringList {u"256.0.0.1"_s} << false;
    QTest::newRow("empty") << QStringList {QString()} << false;
    QTest::newRow("star") << QStringList {u"*"_s} << false;
    QTest::newRow("subnet") << QStringList {u"10.0.0.0/8"_s} << false;
    QTest::newRow("escape in the scope") << QStringList {u"fe80::1%\x1b[2J"_s} << false;
    QTest::newRow("one bad among good") << QStringList {u"::1"_s, u"x"_s} << false;
    QTest::newRow("twice") << QStringList {u"::1"_s, u"::1"_s} << false;
    QTest::newRow("twice, written otherwise") << QStringList {u"::1"_s, u"0:0:0:0:0:0:0:1"_s} << false;
}

void TestChecks::addresses()
{
    QFETCH(QStringList, texts);
    QFETCH(bool, good);
    QCOMPARE(bool(checkAddresses(texts)), good);
}

void TestChecks::origins_data()
{
    QTest::addColumn<QString>("origin");
    QTest::addColumn<bool>("good");
    QTest::newRow("https") << u"https://chat.example.org"_s << true;
    QTest::newRow("http with port") << u"http://localhost:3000"_s << true;
    QTest::newRow("IPv6") << u"http://[::1]:3000"_s << true;
    QTest::newRow("slash at the end") << u"https://chat.example.org/"_s << false;
    QTest::newRow("path") << u"https://chat.example.org/x"_s << false;
    QTest::newRow("query") << u"https://chat.example.org?x"_s << false;
    QTest::newRow("fragment") << u"https://chat.example.org#x"_s << false;
    QTest::newRow("upper case") << u"https://Chat.example.org"_s << false;
    QTest::newRow("usual port") << u"https://chat.example.org:443"_s << false;
    QTest::newRow("usual port of http") << u"http://chat.example.org:80"_s << false;
    QTest::newRow("port too large") << u"https://chat.example.org:70000"_s << false;
    QTest::newRow("colon without port") << u"https://chat.example.org:"_s << false;
    QTest::newRow("user") << u"https://a@chat.example.org"_s << false;
    QTest::newRow("no scheme") << u"chat.example.org"_s << false;
    QTest::newRow("other scheme") << u"ftp://chat.example.org"_s << false;
    QTest::newRow("null") << u"null"_s << false;
    QTest::newRow("star") << u"*"_s << false;
    QTest::newRow("wild card") << u"https://*.example.org"_s << false;
    QTest::newRow("not in ASCII") << u"https://münchen.example"_s << false;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("no host") << u"https://"_s << false;
    QTest::newRow("huge") << u"https://"_s + QString(10'000, u'a') << false;
}

void TestChecks::origins()
{
    QFETCH(QString, origin);
    QFETCH(bool, good);
    QCOMPARE(bool(checkOrigins({origin})), good);
}

void TestChecks::endpoint_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("address"); // empty: refused
    QTest::addColumn<int>("port");
    QTest::newRow("IPv4") << u"127.0.0.1:9100"_s << u"127.0.0.1"_s << 9100;
    QTest::newRow("IPv6") << u"[::1]:9100"_s << u"::1"_s << 9100;
    QTest::newRow("largest port") << u"0.0.0.0:65535"_s << u"0.0.0.0"_s << 65535;
    QTest::newRow("port too large") << u"127.0.0.1:65536"_s << QString() << 0;
    QTest::newRow("port 0") << u"127.0.0.1:0"_s << QString() << 0;
    QTest::newRow("no port") << u"127.0.0.1"_s << QString() << 0;
    QTest::newRow("empty port") << u"127.0.0.1:"_s << QString() << 0;
    QTest::newRow("no address") << u":9100"_s << QString() << 0;
    QTest::newRow("IPv6 without brackets") << u"::1:9100"_s << QString() << 0;
    QTest::newRow("IPv4 in brackets") << u"[127.0.0.1]:9100"_s << QString() << 0;
    QTest::newRow("blank before the port") << u"127.0.0.1: 9100"_s << QString() << 0;
    QTest::newRow("name") << u"localhost:9100"_s << QString() << 0;
    QTest::newRow("port alone") << u"9100"_s << QString() << 0;
    QTest::newRow("empty") << QString() << QString() << 0;
    QTest::newRow("brackets alone") << u"[]:1"_s << QString() << 0;
    QTest::newRow("one bracket") << u"[:1"_s << QString() << 0;
}

void TestChecks::endpoint()
{
    QFETCH(QString, text);
    QFETCH(QString, address);
    QFETCH(int, port);
    const Result<Endpoint> parsed = parseEndpoint(text);
    QCOMPARE(bool(parsed), !address.isEmpty());
    if (parsed)
        QCOMPARE(parsed.value(), (Endpoint {address, quint16(port)}));
}

void TestChecks::storage_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says"); // empty: good
    QTest::newRow("memory") << u"memory"_s << QString();
    QTest::newRow("sqlite") << u"sqlite"_s << QString();
    QTest::newRow("postgresql") << u"postgresql://chat:hunter2@db/chat"_s << QString();
    QTest::newRow("postgresql, a port") << u"postgresql://chat:hunter2@[::1]:5433/chat"_s << QString();
    QTest::newRow("postgresql, no database") << u"postgresql://chat:hunter2@db"_s << u"a host and a database"_s;
    QTest::newRow("postgresql, no host") << u"postgresql:///chat"_s << u"a host and a database"_s;
    QTest::newRow("postgresql, a bad port") << u"postgresql://chat:hunter2@db:99999/chat"_s << u"a host and a database"_s;
    QTest::newRow("slip of the keyboard") << u"postgre://chat:hunter2@db/chat"_s << u"sqlite, memory or"_s;
    QTest::newRow("empty") << QString() << u"sqlite, memory or"_s;
}

void TestChecks::storage()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const Status status = checkStorage(text);
    QCOMPARE(bool(status), says.isEmpty());
    if (!status) {
        QVERIFY2(status.error().detail.contains(says), qPrintable(status.error().detail));
        QVERIFY(!status.error().detail.contains(u"hunter2"_s));
    }
}

void TestChecks::token_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<bool>("good");
    QTest::newRow("none") << QString() << true;
    QTest::newRow("shortest") << QString(16, u'a') << true;
    QTest::newRow("one too short") << QString(15, u'a') << false;
    QTest::newRow("longest") << QString(256, u'a') << true;
    QTest::newRow("one too long") << QString(257, u'a') << false;
    QTest::newRow("signs") << u"aB3-._~+/=aB3-._~"_s << true;
    QTest::newRow("blank") << u"aaaaaaaa aaaaaaaa"_s << false;
    QTest::newRow("quotation mark") << u"aaaaaaaa\"aaaaaaa"_s << false;
    QTest::newRow("umlaut") << u"aaaaaaaaäaaaaaaaa"_s << false;
    QTest::newRow("line feed") << u"aaaaaaaa\naaaaaaaa"_s << false;
}

void TestChecks::token()
{
    QFETCH(QString, token);
    QFETCH(bool, good);
    const Status status = checkToken(token);
    QCOMPARE(bool(status), good);
    if (!status)
        QVERIFY(!status.error().detail.contains(token));
}

void TestChecks::hosts_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("good");
    const auto row = [](const QString &host, bool good) { QTest::newRow(qPrintable(host.left(40))) << host << good; };
    row(u"chat.example.org"_s, true);
    row(u"chat"_s, true);
    row(u"xn--mller-kva.example"_s, true);
    row(u"my_host.example"_s, true);
    row(u"1.example"_s, true);
    row(u"Chat.example.org"_s, false);
    row(u"müller.example"_s, false);
    row(u"chat.example.org:443"_s, false);
    row(u"https://chat.example.org"_s, false);
    row(u"chat.example.org/"_s, false);
    row(u"*.example.org"_s, false);
    row(u".example.org"_s, false);
    row(u"chat..org"_s, false);
    row(u"chat.example.org."_s, false);
    row(u"-chat.example"_s, false);
    row(u"a b"_s, false);
    row(QString(64, u'a'), false);
    row(QString(63, u'a'), true);
    row(u"a."_s.repeated(127) + u'a', false);
}

void TestChecks::hosts()
{
    QFETCH(QString, host);
    QFETCH(bool, good);
    QCOMPARE(bool(checkHosts({host})), good);
    QVERIFY(checkHosts({}));
}

void TestChecks::subnets_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("address"); // empty: refused
    QTest::addColumn<int>("prefix");
    const auto row = [](const QString &text, const QString &address, int prefix) {
        QTest::newRow(qPrintable(text)) << text << address << prefix;
    };
    row(u"127.0.0.1"_s, u"127.0.0.1"_s, 32);
    row(u"10.0.0.0/8"_s, u"10.0.0.0"_s, 8);
    row(u"10.1.2.3/32"_s, u"10.1.2.3"_s, 32);
    row(u"0.0.0.0/0"_s, u"0.0.0.0"_s, 0);
    row(u"::1"_s, u"::1"_s, 128);
    row(u"fd00::/8"_s, u"fd00::"_s, 8);
    row(u"2001:db8::/33"_s, u"2001:db8::"_s, 33);
    row(u"10.1.2.3/8"_s, {}, 0);
    row(u"fd00::1/64"_s, {}, 0);
    row(u"10.0.0.0/33"_s, {}, 0);
    row(u"fd00::/129"_s, {}, 0);
    row(u"10.0.0.0/"_s, {}, 0);
    row(u"10.0.0.0/-1"_s, {}, 0);
    row(u"10.0.0.0/255.0.0.0"_s, {}, 0);
    row(u"10/8"_s, {}, 0);
    row(u"fe80::1%eth0"_s, {}, 0);
    row(u"localhost"_s, {}, 0);
    row(u"*"_s, {}, 0);
}

void TestChecks::subnets()
{
    QFETCH(QString, text);
    QFETCH(QString, address);
    QFETCH(int, prefix);
    const Result<Subnet> parsed = parseSubnet(text);
    QCOMPARE(bool(parsed), !address.isEmpty());
    QCOMPARE(bool(checkSubnets({text})), !address.isEmpty());
    if (parsed)
        QCOMPARE(parsed.value(), (Subnet {address, prefix}));
}

void TestChecks::serverName()
{
    QVERIFY(checkServerName(QString()));
    QVERIFY(checkServerName(u"𝒳"_s.repeated(64)));
    QVERIFY(!checkServerName(QString(65, u'x')));
    QVERIFY(!checkServerName(u"a\nb"_s));
    QVERIFY(!checkServerName(u"a\u2028b"_s));
    QVERIFY(!checkServerName(u" a"_s)); // reading it back would trim it
    QVERIFY(checkPath(u"/srv/chat"_s));
    QVERIFY(!checkPath(u"/srv/\x1b[2J"_s));
    QVERIFY(!checkPath(QString(5000, u'x')));
}

void TestChecks::loopback()
{
    QVERIFY(isLoopbackAddress(u"127.0.0.1"_s));
    QVERIFY(isLoopbackAddress(u"127.8.9.1"_s));
    QVERIFY(isLoopbackAddress(u"::1"_s));
    QVERIFY(!isLoopbackAddress(u"0.0.0.0"_s));
    QVERIFY(!isLoopbackAddress(u"::"_s));
    QVERIFY(!isLoopbackAddress(u"192.168.1.5"_s));
    QVERIFY(!isLoopbackAddress(QString()));
}

QTEST_GUILESS_MAIN(TestChecks)
#include "tst_checks.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/clientsettings.h"
#include "client-gui/chat/commandline.h"
#include "client-gui/chat/serveraddress.h"
#include "client-gui/widgets/links.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;

/// What people type and paste, and what is remembered of it.
class TestServerAddress : public QObject
{
    Q_OBJECT

private slots:
    void parse_data();
    void parse();
    void faults_data();
    void faults();
    void roomUrl();
    void apiUrl();
    void commandLine_data();
    void commandLine();
    void settings();
    void secretsAreClosed();
    void links_data();
    void links();
};

void TestServerAddress::parse_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("room");
    QTest::newRow("host") << u"chat"_s << u"http://chat:8000"_s << QString();
    QTest::newRow("host and port") << u"192.168.1.5:8000"_s << u"http://192.168.1.5:8000"_s << QString();
    QTest::newRow("spaces") << u"  chat.local:81 \n"_s << u"http://chat.local:81"_s << QString();
    QTest::newRow("pasted") << u"http://host:8000/?room=x"_s << u"http://host:8000"_s << u"x"_s;
    QTest::newRow("pasted, encoded") << u"http://host:8000/?room=reading%20club"_s << u"http://host:8000"_s
                                     << u"reading club"_s;
    QTest::newRow("plus") << u"http://host:8000/?room=reading+club"_s << u"http://host:8000"_s << u"reading club"_s;
    QTest::newRow("scheme's own port") << u"http://host"_s << u"http://host"_s << QString();
    QTest::newRow("encrypted") << u"https://chat.example/"_s << u"https://chat.example"_s << QString();
    QTest::newRow("socket address") << u"wss://chat.example:444"_s << u"https://chat.example:444"_s << QString();
    QTest::newRow("upper case") << u"HTTP://Host:8000"_s << u"http://host:8000"_s << QString();
    QTest::newRow("below a path") << u"https://example.org/chat/"_s << u"https://example.org/chat"_s << QString();
    QTest::newRow("IPv6") << u"[::1]:8000"_s << u"http://[::1]:8000"_s << QString();
    QTest::newRow("bare IPv6") << u"::1"_s << u"http://[::1]:8000"_s << QString();
    QTest::newRow("without scheme, with room") << u"host:8000/?room=y"_s << u"http://host:8000"_s << u"y"_s;
}

void TestServerAddress::parse()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QFETCH(QString, room);
    AddressFault fault = AddressFault::Empty;
    const auto address = ServerAddress::parse(text, &fault);
    QVERIFY(address);
    QCOMPARE(fault, AddressFault::None);
    QCOMPARE(address->toString(), shown);
    QCOMPARE(address->room(), room);
    QCOMPARE(ServerAddress::parse(shown)->toString(), shown);
}

void TestServerAddress::faults_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<AddressFault>("expected");
    QTest::newRow("nothing") << QString() << AddressFault::Empty;
    QTest::newRow("spaces") << u"   "_s << AddressFault::Empty;
    QTest::newRow("scheme") << u"ftp://host"_s << AddressFault::WrongScheme;
    QTest::newRow("script") << u"javascript://alert(1)"_s << AddressFault::WrongScheme;
    QTest::newRow("port 0") << u"host:0"_s << AddressFault::BadPort;
    QTest::newRow("port 65536") << u"host:65536"_s << AddressFault::BadPort;
    QTest::newRow("port of letters") << u"host:eight"_s << AddressFault::BadPort;
    QTest::newRow("no port behind the colon") << u"http://host:/"_s << AddressFault::BadPort;
    QTest::newRow("two words") << u"my server"_s << AddressFault::NoHost;
    QTest::newRow("scheme alone") << u"http://"_s << AddressFault::NoHost;
    QTest::newRow("password") << u"http://me:1@host"_s << AddressFault::BadPort;
    QTest::newRow("user") << u"http://me@host"_s << AddressFault::NoHost;
    QTest::newRow("huge") << QString(100'000, u'a') << AddressFault::NoHost;
}

void TestServerAddress::faults()
{
    QFETCH(QString, text);
    QFETCH(AddressFault, expected);
    AddressFault fault = AddressFault::None;
    QVERIFY(!ServerAddress::parse(text, &fault));
    QCOMPARE(fault, expected);
}

void TestServerAddress::roomUrl()
{
    const ServerAddress address = *ServerAddress::parse(u"https://example.org/chat/"_s);
    QCOMPARE(address.roomUrl(u"a b.ü"_s, u"Ann-a_1"_s, {}).toEncoded(),
             QByteArray("wss://example.org/chat/ws/a%20b.%C3%BC/Ann-a_1"));
    QCOMPARE(address.roomUrl(u"x"_s, u"y"_s, {7, u"e&1"_s, u"tok"_s}).query(QUrl::FullyEncoded),
             u"since=7&epoch=e%261&resume=tok"_s);
    QCOMPARE(address.roomUrl(u"x"_s, u"y"_s, {0, u"e1"_s, u"tok"_s}).query(QUrl::FullyEncoded),
             u"since=0&epoch=e1&resume=tok"_s);
    QCOMPARE(address.roomUrl(u"x"_s, u"y"_s, {0, {}, u"tok"_s}).query(QUrl::FullyEncoded), u"resume=tok"_s);
}

void TestServerAddress::apiUrl()
{
    QCOMPARE(ServerAddress::parse(u"host"_s)->apiUrl(u"/api/rooms"_s).toString(), u"http://host:8000/api/rooms"_s);
}

void TestServerAddress::commandLine_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("action");
    const auto run = int(CommandLine::Action::Run);
    const auto print = int(CommandLine::Action::PrintAndExit);
    const auto fail = int(CommandLine::Action::Fail);
    QTest::newRow("nothing") << QStringList() << run;
    QTest::newRow("all") << QStringList({u"--connect"_s, u"host"_s, u"--name"_s, u"Anna"_s, u"--room"_s, u"a"_s,
                                         u"--room"_s, u"b"_s})
                         << run;
    QTest::newRow("help") << QStringList({u"--help"_s}) << print;
    QTest::newRow("version") << QStringList({u"--version"_s}) << print;
    QTest::newRow("unknown") << QStringList({u"--nonsense"_s}) << fail;
    QTest::newRow("stray") << QStringList({u"host"_s}) << fail;
    QTest::newRow("bad address") << QStringList({u"--connect"_s, u"host:0"_s}) << fail;
    QTest::newRow("bad name") << QStringList({u"--name"_s, u"a/b"_s}) << fail;
    QTest::newRow("bad room") << QStringList({u"--room"_s, u""_s}) << fail;
    QTest::newRow("no value") << QStringList({u"--name"_s}) << fail;
}

void TestServerAddress::commandLine()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, action);
    const CommandLine line = CommandLine::parse(QStringList {u"parlance"_s} + arguments);
    QCOMPARE(int(line.action), action);
    QCOMPARE(line.output.isEmpty(), action == int(CommandLine::Action::Run));
    if (arguments.size() == 8) {
        QCOMPARE(line.server, u"host"_s);
        QCOMPARE(line.name, u"Anna"_s);
        QCOMPARE(line.rooms, QStringList({u"a"_s, u"b"_s}));
    }
}

void TestServerAddress::settings()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"sub/client.ini"_s);
    {
        ClientSettings settings(file);
        QVERIFY(settings.servers().isEmpty());
        settings.rememberServer(u"http://one"_s, u"Anna"_s);
        settings.rememberServer(u"http://two"_s, u"Anna"_s);
        settings.rememberServer(u"http://one"_s, u"Änne"_s);
        settings.setRooms(u"http://one"_s, {u"general"_s});
        settings.setCurrentRoom(u"http://one"_s, u"general"_s);
        settings.setDraft(u"http://one"_s, u"general"_s, u"half a\nsentence, \"quoted\""_s);
        settings.setUnsent(u"http://one"_s, u"general"_s, {{Cid(u"c1"_s), u"unsent ü"_s, 77, {}, {}},
                            {Cid(u"c2"_s), u"refused"_s, 78, Outbox::State::Failed, {ErrorCode::TooLong, u"why"_s}}});
        settings.setResumeToken(u"http://one"_s, u"general"_s, u"Anna"_s, u"secret"_s);
        settings.sync();
    }
    ClientSettings settings(file);
    QCOMPARE(settings.servers(), QStringList({u"http://one"_s, u"http://two"_s}));
    QCOMPARE(settings.name(), u"Änne"_s);
    QCOMPARE(settings.rooms(u"http://one"_s), QStringList({u"general"_s}));
    QCOMPARE(settings.currentRoom(u"http://one"_s), u"general"_s);
    QCOMPARE(settings.draft(u"http://one"_s, u"General"_s), u"half a\nsentence, \"quoted\""_s);
    const QList<Outbox::Entry> unsent = settings.unsent(u"http://one"_s, u"general"_s);
    QCOMPARE(unsent.size(), 2);
    QCOMPARE(unsent.at(0).cid, Cid(u"c1"_s));
    QCOMPARE(unsent.at(0).content, u"unsent ü"_s);
    QCOMPARE(unsent.at(0).writtenAt, 77);
    QCOMPARE(unsent.at(0).state, Outbox::State::Queued);
    QCOMPARE(unsent.at(1).state, Outbox::State::Failed); // not sent by itself at the next start
    QCOMPARE(unsent.at(1).error, Error({ErrorCode::TooLong, u"why"_s}));
    QCOMPARE(settings.resumeToken(u"http://one"_s, u"general"_s, u"Anna"_s), u"secret"_s);
    QCOMPARE(settings.resumeToken(u"http://one"_s, u"a new room"_s, u"Anna"_s), u"secret"_s);
    QCOMPARE(settings.resumeToken(u"http://one"_s, u"general"_s, u"Ben"_s), QString());
    QCOMPARE(settings.resumeToken(u"http://two"_s, u"general"_s, u"Anna"_s), QString());
    settings.setDraft(u"http://one"_s, u"general"_s, {});
    QCOMPARE(settings.draft(u"http://one"_s, u"general"_s), QString());
    for (int i = 0; i < 30; ++i)
        settings.rememberServer(u"http://s%1"_s.arg(i), u"Anna"_s);
    QCOMPARE(settings.servers().size(), ClientSettings::kMaxServers);
}

void TestServerAddress::secretsAreClosed()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"client.ini"_s);
    {
        QFile open(file); // made by somebody careless
        QVERIFY(open.open(QIODevice::WriteOnly));
        QVERIFY(open.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
    }
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    ClientSettings settings(file);
    QVERIFY(!(QFile::permissions(file) & others));
    settings.setResumeToken(u"s"_s, u"r"_s, u"n"_s, u"secret"_s);
    settings.sync();
    QVERIFY(!(QFile::permissions(file) & others));
}

void TestServerAddress::links_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("none") << u"no link here: www.example.org"_s << QStringList();
    QTest::newRow("plain") << u"see https://a.example/b?c=d#e now"_s << QStringList({u"https://a.example/b?c=d#e"_s});
    QTest::newRow("full stop") << u"at http://a.example."_s << QStringList({u"http://a.example"_s});
    QTest::newRow("brackets") << u"(https://a.example/b)"_s << QStringList({u"https://a.example/b"_s});
    QTest::newRow("own brackets") << u"https://a.example/b_(c)"_s << QStringList({u"https://a.example/b_(c)"_s});
    QTest::newRow("two") << u"http://a.example, http://b.example!"_s
                         << QStringList({u"http://a.example"_s, u"http://b.example"_s});
    QTest::newRow("markup") << u"<a href=\"http://a.example\">x</a>"_s << QStringList({u"http://a.example"_s});
    QTest::newRow("other schemes") << u"javascript:alert(1) file:///etc/passwd ftp://x smb://y"_s << QStringList();
    QTest::newRow("no host") << u"https:// and http:///x"_s << QStringList();
    QTest::newRow("turned around") << u"https://a.example/\u202egpj.exe"_s << QStringList({u"https://a.example/"_s});
    QTest::newRow("inside a word") << u"xhttp://a.example"_s << QStringList();
}

void TestServerAddress::links()
{
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    QStringList found;
    for (const TextLink &link : findLinks(text))
        found << text.mid(link.start, link.length);
    QCOMPARE(found, expected);
}

QTEST_GUILESS_MAIN(TestServerAddress)
#include "tst_serveraddress.moc"

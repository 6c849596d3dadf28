// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/ctldesk.h"
#include "storage/historywriter.h"
#include "storage/sqlconnection.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// parlancectl as a program, beside a running daemon and on what one has left.
class TestParlanceCtl : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_desk = std::make_unique<CtlDesk>(); }
    void cleanup() { m_desk.reset(); }
    void backupWhilePeopleChat();
    void backupThereAndBackAgain();
    void restoreKeepsWhatWasThere();
    void restoreThatFailsLeavesWhatWasThere();
    void restoreOfWhatIsNone_data();
    void restoreOfWhatIsNone();
    void deletedTextIsInNoBackup();
    void checkFindsAGap();
    void exports();
    void exportIsNoFormula();
    void pageIsEscaped();
    void exportAndImport();
    void importOfAnything();
    void nothingIsWrittenOver();
    void neverOverTheDatabaseItself();
    void refusals_data();
    void refusals();

private:
    using Ended = CtlDesk::Ended;
    Ended run(const QStringList &arguments) { return m_desk->run(arguments); }
    void serve() { m_desk->serve(); }
    void stop() { m_desk->stop(); }
    std::unique_ptr<WsClient> join(const QString &name, const QString &room = u"general"_s) { return m_desk->join(name, room); }
    void say(WsClient &client, const QStringList &contents) { m_desk->say(client, contents); }
    QByteArray find(const QByteArray &word) { return m_desk->get("/api/search?q=" + word); }
    QString path(const QString &name) const { return m_desk->path(name); }

    std::unique_ptr<CtlDesk> m_desk;
};

/// Whatever was acknowledged before it began is in it, once.
void TestParlanceCtl::backupWhilePeopleChat()
{
    serve();
    const auto anna = join(u"anna"_s);
    QStringList first;
    for (int i = 0; i < 3'000; ++i)
        first.append(QString::number(i));
    say(*anna, first);
    for (int i = 0; i < 2'000; ++i) // on their way meanwhile
        anna->say(u"later %1"_s.arg(i));
    const Ended made = run({u"backup"_s, path(u"copy.db"_s)});
    QCOMPARE(made.err, QString());
    QCOMPARE(made.code, 0);
    QVERIFY(made.out.contains(u"copy.db"_s));
    QTRY_COMPARE_WITH_TIMEOUT(anna->contents().size(), 5'000, 20'000); // nobody was held up
    QVERIFY(!QFile::exists(path(u"copy.db.partial"_s)));
    QCOMPARE(QFile::permissions(path(u"copy.db"_s)) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    anna->socket().abort();
    stop();

    QVERIFY(QDir(path(u"data"_s)).removeRecursively());
    QCOMPARE(run({u"restore"_s, path(u"copy.db"_s)}).code, 0);
    const Ended all = run({u"export"_s});
    QStringList found;
    for (const QString &line : all.out.split(u'\n', Qt::SkipEmptyParts))
        found.append(QJsonDocument::fromJson(line.toUtf8())[u"content"].toString());
    QCOMPARE(found.first(3'000), first);
    QCOMPARE(QSet<QString>(found.cbegin(), found.cend()).size(), found.size());
}

void TestParlanceCtl::backupThereAndBackAgain()
{
    serve();
    {
        const auto anna = join(u"anna"_s);
        say(*anna, {u"one"_s, u"Привет 😀"_s});
        const QString epoch = anna->events(u"welcome"_s).constFirst()[u"epoch"].toString();
        QCOMPARE(run({u"backup"_s, path(u"copy.db"_s)}).code, 0);
        say(*anna, {u"said after it"_s});
        stop();
        QCOMPARE(run({u"restore"_s, path(u"copy.db"_s)}).code, 0);
        serve();
        const auto ben = join(u"ben"_s);
        QCOMPARE(ben->contents(), (QStringList {u"one"_s, u"Привет 😀"_s}));
        // seq 3 is given a second time, so whoever knows the first must begin anew.
        QVERIFY(ben->events(u"welcome"_s).constFirst()[u"epoch"].toString() != epoch);
        say(*ben, {u"another third"_s});
        QVERIFY(ben->events(u"message"_s).constLast()[u"id"] != anna->events(u"message"_s).constLast()[u"id"]);
    }
    stop();
    const Ended checked = run({u"check"_s});
    QCOMPARE(checked.code, 0);
    QVERIFY2(checked.out.contains(u"whole"_s), qPrintable(checked.out));
}

void TestParlanceCtl::restoreKeepsWhatWasThere()
{
    serve();
    const auto anna = join(u"anna"_s);
    say(*anna, {u"one"_s});
    QCOMPARE(run({u"backup"_s, path(u"copy.db"_s)}).code, 0);
    say(*anna, {u"precious"_s});
    m_desk->daemon().kill(); // what was said last stands in the log alone
    QTRY_VERIFY(m_desk->daemon().hasEnded());
    const Ended restored = run({u"restore"_s, path(u"copy.db"_s)});
    QCOMPARE(restored.code, 0);
    const QStringList kept = QDir(path(u"data"_s)).entryList({u"parlance.db.before-restore-*"_s}, QDir::Files);
    QVERIFY(!kept.isEmpty());
    QVERIFY2(restored.out.contains(kept.constFirst()), qPrintable(restored.out));
    const Ended now = run({u"export"_s});
    QVERIFY(now.out.contains(u"\"one\""_s) && !now.out.contains(u"precious"_s));
    QByteArray all;
    for (const QString &name : kept) {
        QFile file(path(u"data/"_s + name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        all += file.readAll();
    }
    QVERIFY(all.contains("precious"));
}

void TestParlanceCtl::restoreThatFailsLeavesWhatWasThere()
{
    serve();
    {
        const auto anna = join(u"anna"_s);
        say(*anna, {u"one"_s});
        QCOMPARE(run({u"backup"_s, path(u"copy.db"_s)}).code, 0);
        say(*anna, {u"precious"_s});
    }
    stop();
    QVERIFY(QDir().mkpath(path(u"data/parlance.db.restoring/in the way"_s)));
    QVERIFY(run({u"restore"_s, path(u"copy.db"_s)}).code != 0);
    QVERIFY(QDir(path(u"data/parlance.db.restoring"_s)).removeRecursively());
    QVERIFY(run({u"export"_s}).out.contains(u"precious"_s));
    QCOMPARE(run({u"restore"_s, path(u"copy.db"_s)}).code, 0);
}

void TestParlanceCtl::restoreOfWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("code");
    QTest::newRow("empty") << QByteArray() << 8;
    QTest::newRow("text") << QByteArray("hello").repeated(2'000) << 8;
    QTest::newRow("the beginning of one") << QByteArray("SQLite format 3\0", 16) << 8;
    QTest::newRow("missing") << QByteArray("-") << 9;
}

void TestParlanceCtl::restoreOfWhatIsNone()
{
    QFETCH(QByteArray, content);
    serve();
    {
        const auto anna = join(u"anna"_s);
        say(*anna, {u"one"_s});
    }
    stop();
    if (content != "-") {
        QFile file(path(u"copy.db"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    const Ended refused = run({u"restore"_s, path(u"copy.db"_s)});
    QTEST(refused.code, "code");
    QVERIFY(!refused.err.isEmpty());
    QVERIFY(run({u"export"_s}).out.contains(u"one"_s)); // nothing was changed
    QCOMPARE(QDir(path(u"data"_s)).entryList({u"*restor*"_s}), QStringList());
}

void TestParlanceCtl::deletedTextIsInNoBackup()
{
    serve();
    const auto anna = join(u"anna"_s);
    say(*anna, {u"watchword sesame"_s, u"stays here"_s});
    const QString id = anna->events(u"message"_s).constFirst()[u"id"].toString();
    QTRY_VERIFY_WITH_TIMEOUT(find("watchword").contains("sesame"), 20'000); // its words are indexed
    anna->send({{u"type"_s, u"delete"_s}, {u"id"_s, id}});
    QTRY_COMPARE(anna->events(u"message_deleted"_s).size(), 1);
    QCOMPARE(run({u"backup"_s, path(u"copy.db"_s)}).code, 0); // at once
    QFile copy(path(u"copy.db"_s));
    QVERIFY(copy.open(QIODevice::ReadOnly));
    const QByteArray bytes = copy.readAll();
    QVERIFY(bytes.contains("stays here"));
    QVERIFY(!bytes.contains("watchword"));
    QVERIFY(!run({u"export"_s}).out.contains(u"sesame"_s));
}

void TestParlanceCtl::checkFindsAGap()
{
    serve();
    {
        const auto anna = join(u"anna"_s);
        say(*anna, {u"one"_s, u"two"_s, u"three"_s});
    }
    stop();
    {
        SqlSource source;
        source.database = path(u"data/parlance.db"_s);
        const auto connection = SqlConnection::open(source, SqlConnection::Access::ReadWrite);
        QVERIFY(connection);
        const auto writer = HistoryWriter::make(*connection.value());
        QVERIFY(writer);
        while (writer.value()->settle(1'000).value()) { }
        QVERIFY(connection.value()->run(u"DELETE FROM messages WHERE content = 'two'"_s));
    }
    const Ended checked = run({u"check"_s});
    QCOMPARE(checked.code, 1);
    QVERIFY2(checked.err.contains(u"general"_s) && checked.err.contains(u"missing"_s), qPrintable(checked.err));
}

void TestParlanceCtl::exports()
{
    serve();
    const auto anna = join(u"Anna"_s);
    const auto other = join(u"Ben"_s, u"Tea time"_s);
    say(*anna, {u"one, \"two\"\nthree"_s});
    say(*other, {u"four"_s});
    Ended made = run({u"export"_s});
    QCOMPARE(made.code, 0);
    const QStringList lines = made.out.split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 2);
    QJsonObject first = QJsonDocument::fromJson(lines.constFirst().toUtf8()).object();
    QCOMPARE(first, anna->events(u"message"_s).constFirst()); // as everybody got it
    made = run({u"export"_s, u"--room"_s, u"tea TIME"_s, u"--format=csv"_s, u"-o"_s, path(u"tea.csv"_s)});
    QCOMPARE(made.code, 0);
    QCOMPARE(made.out, QString());
    QFile csv(path(u"tea.csv"_s));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    const QByteArray text = csv.readAll();
    QVERIFY(text.startsWith("room,seq,time,name,text,id\r\n\"Tea time\",1,\""));
    QCOMPARE(text.count("\r\n"), 2);
    QVERIFY(run({u"export"_s, u"--format"_s, u"csv"_s}).out.contains(u"\"one, \"\"two\"\"\nthree\""_s));
    QCOMPARE(run({u"export"_s, u"--room"_s, u"nowhere"_s}).code, 1);
}

void TestParlanceCtl::exportIsNoFormula()
{
    serve();
    const auto anna = join(u"Anna"_s);
    say(*anna, {u"=HYPERLINK(\"http://evil\")"_s, u"+1"_s, u"-1"_s, u"@SUM(A1)"_s, u"1+1"_s});
    const QString csv = run({u"export"_s, u"--format"_s, u"csv"_s}).out;
    for (const QString &cell : {u"\"'=HYPERLINK"_s, u"\"'+1\""_s, u"\"'-1\""_s, u"\"'@SUM"_s, u"\"1+1\""_s})
        QVERIFY2(csv.contains(cell), qPrintable(cell));
}

void TestParlanceCtl::pageIsEscaped()
{
    serve();
    const auto anna = join(u"Anna"_s);
    say(*anna, {u"<script>alert(1)</script>"_s, u"\" onload='x' & <b>"_s, u"</article></main>"_s, u"مرحبا"_s});
    const QString page = run({u"export"_s, u"--format"_s, u"html"_s}).out;
    QVERIFY(page.contains(u"&lt;script&gt;alert(1)&lt;/script&gt;"_s));
    QCOMPARE(page.count(u"<script>"_s), 1);
    QCOMPARE(page.count(u"<article "_s), 4);
    QCOMPARE(page.count(u"</article>"_s), 4);
    QVERIFY(page.contains(u"مرحبا"_s) && page.trimmed().endsWith(u"</html>"_s));
    QVERIFY(!page.contains(u"http://"_s) && !page.contains(u"https://"_s)); // loads nothing
}

void TestParlanceCtl::exportAndImport()
{
    serve();
    {
        const auto anna = join(u"Anna"_s);
        const auto ben = join(u"Ben"_s, u"Tea time"_s);
        say(*anna, {u"one"_s, u"one"_s, u"Привет 😀\nзавтра"_s});
        say(*ben, {u"two"_s});
    }
    stop();
    QCOMPARE(run({u"export"_s, u"-o"_s, path(u"all.jsonl"_s)}).code, 0);
    QVERIFY(QDir(path(u"data"_s)).removeRecursively());
    Ended made = run({u"import"_s, path(u"all.jsonl"_s)});
    QCOMPARE(made.code, 0);
    QVERIFY2(made.out.contains(u"4 imported, 0 known already, 0 left out"_s), qPrintable(made.out));
    made = run({u"import"_s, path(u"all.jsonl"_s)}); // again: nothing is doubled
    QVERIFY2(made.out.contains(u"0 imported, 4 known already, 0 left out"_s), qPrintable(made.out));
    const auto essence = [](const QString &lines) {
        QStringList list;
        for (const QString &line : lines.split(u'\n', Qt::SkipEmptyParts)) {
            const QJsonObject object = QJsonDocument::fromJson(line.toUtf8()).object();
            list.append(object[u"room"].toString() + object[u"username"].toString() + object[u"timestamp"].toString() + object[u"content"].toString());
        }
        return list;
    };
    QFile file(path(u"all.jsonl"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(essence(run({u"export"_s}).out), essence(QString::fromUtf8(file.readAll())));
    QCOMPARE(run({u"check"_s}).code, 0);
    serve();
    QCOMPARE(join(u"carl"_s)->contents(), (QStringList {u"one"_s, u"one"_s, u"Привет 😀\nзавтра"_s}));
}

void TestParlanceCtl::importOfAnything()
{
    QFile file(path(u"odd.jsonl"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"room":"a","username":"x","content":"good","timestamp":"2026-01-01T00:00:00.000Z"}
{"room":"a","username":"x","content":"good","timestamp":"2026-01-01T00:00:00.000Z"}

not json
[1]
{"room":"","username":"x","content":"y","timestamp":"2026-01-01T00:00:00.000Z"}
{"room":"a","username":"a/b","content":"y","timestamp":"2026-01-01T00:00:00.000Z"}
{"room":"a","username":"x","content":" ","timestamp":"2026-01-01T00:00:00.000Z"}
{"room":"a","username":"x","content":"y","timestamp":"yesterday"}
{"message_type":"user_joined","username":"x"}
{"room":"a","username":"x","content":"torn)");
    file.close();
    Ended made = run({u"import"_s, file.fileName()});
    QCOMPARE(made.code, 1);
    QVERIFY2(made.err.contains(u"line 4:"_s) && made.err.contains(u"line 11:"_s), qPrintable(made.err));
    QVERIFY2(made.err.contains(u"2 imported, 0 known already, 8 left out"_s), qPrintable(made.err)); // alike twice is twice
    made = run({u"import"_s, file.fileName(), u"--strict"_s});
    QCOMPARE(made.code, 1);
    QVERIFY2(made.err.contains(u"line 4:"_s), qPrintable(made.err));
    QCOMPARE(run({u"export"_s}).out.count(u'\n'), 2);
    QCOMPARE(run({u"import"_s, path(u"missing"_s)}).code, 9);
}

/// Not even with --force, under no other name, and not where a part of it is missing at the moment.
void TestParlanceCtl::neverOverTheDatabaseItself()
{
    serve();
    const QString database = path(u"data/parlance.db"_s);
    QVERIFY(QFile::exists(database));
    QVERIFY(QFile::link(database, path(u"link"_s)));
    const QStringList places {database, path(u"data/../data/parlance.db"_s), path(u"link"_s), database + u"-wal"_s, database + u"-journal"_s,
                              path(u"data/lock"_s)};
    for (const QString &place : places) {
        for (const QStringList &command : {QStringList {u"backup"_s, place, u"--force"_s}, QStringList {u"export"_s, u"-o"_s, place, u"--force"_s}}) {
            const Ended refused = run(command);
            QCOMPARE(refused.code, 1);
            QVERIFY2(refused.err.contains(u"part of the database itself"_s), qPrintable(refused.err));
        }
    }
    QVERIFY(!QFile::exists(database + u"-journal"_s));
    QCOMPARE(run({u"check"_s}).code, 0);
}

void TestParlanceCtl::nothingIsWrittenOver()
{
    serve();
    QFile file(path(u"mine"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("mine");
    file.close();
    for (const QStringList &command : {QStringList {u"backup"_s, path(u"mine"_s)}, QStringList {u"export"_s, u"-o"_s, path(u"mine"_s)}}) {
        const Ended refused = run(command);
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains(u"--force"_s), qPrintable(refused.err));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("mine"));
        file.close();
    }
    QCOMPARE(run({u"backup"_s, path(u"mine"_s), u"--force"_s, u"--quiet"_s}).out, QString());
    QVERIFY(file.size() > 1'000);
}

void TestParlanceCtl::refusals_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::newRow("nothing") << QStringList {} << 2;
    QTest::newRow("unknown command") << QStringList {u"frobnicate"_s} << 2;
    QTest::newRow("unknown option") << QStringList {u"check"_s, u"--frobnicate"_s} << 2;
    QTest::newRow("option without its value") << QStringList {u"export"_s, u"--room"_s} << 2;
    QTest::newRow("backup to nowhere") << QStringList {u"backup"_s} << 9;
    QTest::newRow("no database") << QStringList {u"check"_s} << 9;
    QTest::newRow("memory") << QStringList {u"check"_s, u"--storage"_s, u"memory"_s} << 2;
    QTest::newRow("help") << QStringList {u"--help"_s} << 0;
    QTest::newRow("version") << QStringList {u"--version"_s} << 0;
}

void TestParlanceCtl::refusals()
{
    QFETCH(QStringList, arguments);
    const Ended ended = run(arguments);
    QTEST(ended.code, "code");
    QVERIFY(ended.code == 0 ? !ended.out.isEmpty() : !ended.err.isEmpty());
    QVERIFY(!QFile::exists(path(u"data"_s))); // and nothing is made
}

QTEST_GUILESS_MAIN(TestParlanceCtl)
#include "tst_parlancectl.moc"

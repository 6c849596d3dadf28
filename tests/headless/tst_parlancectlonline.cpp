// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/ctldesk.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// parlancectl beside a server that runs: it asks it, and makes it wait where it has to have the data.
class TestParlanceCtlOnline : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_desk = std::make_unique<CtlDesk>(); }
    void cleanup() { m_desk.reset(); }
    void status();
    void who();
    void rooms();
    void badRooms_data();
    void badRooms();
    void withoutAServer();
    void restore();
    void restoreOfADamagedFile();
    void importWhilePeopleAreThere();
    void whoIsKilledGivesTheDataBack();
    void twoAtOnce();
    void endedDuringAPause();
    void endedBeforeAPause();
    void afterAKill();

private:
    static QJsonObject json(const CtlDesk::Ended &ended) { return QJsonDocument::fromJson(ended.out.toUtf8()).object(); }
    /// The server answers again, where it did before.
    void back(quint16 port)
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->get("/readyz").contains("200 OK"), 20'000);
        QCOMPARE(m_desk->daemon().port(), port);
    }

    std::unique_ptr<CtlDesk> m_desk;
};

void TestParlanceCtlOnline::status()
{
    m_desk->serve();
    const auto anna = m_desk->join(u"anna"_s);
    const CtlDesk::Ended told = m_desk->run({u"status"_s});
    QCOMPARE(told.code, 0);
    QVERIFY2(told.out.contains(u"1 people in 1 rooms"_s) && told.out.contains(u"stored: durable"_s), qPrintable(told.out));
    const QJsonObject status = json(m_desk->run({u"status"_s, u"--json"_s}));
    QCOMPARE(status.value("people"_L1).toInt(), 1);
    QCOMPARE(status.value("process"_L1).toInteger(), m_desk->daemon().processId());
    QVERIFY(status.value("database_bytes"_L1).toInteger() > 0);
    QCOMPARE(status.value("fault"_L1).toString(), QString());
}

void TestParlanceCtlOnline::who()
{
    m_desk->serve();
    QCOMPARE(m_desk->run({u"who"_s}).out, u"nobody is here\n"_s);
    const auto anna = m_desk->join(u"Анна"_s);
    const auto ben = m_desk->join(u"ben"_s);
    const auto cleo = m_desk->join(u"cleo"_s, u"Кухня"_s);
    QCOMPARE(m_desk->run({u"who"_s}).out, u"general: Анна, ben\nКухня: cleo\n"_s);
    QCOMPARE(json(m_desk->run({u"who"_s, u"--json"_s})).value("rooms"_L1).toArray().size(), 2);
}

void TestParlanceCtlOnline::rooms()
{
    m_desk->serve();
    QCOMPARE(m_desk->run({u"room"_s, u"general"_s}).out, u"general: no topic, no slow mode\n"_s);
    const auto anna = m_desk->join(u"anna"_s);
    QCOMPARE(m_desk->run({u"room"_s, u"general"_s, u"--topic"_s, u"Привет 😀"_s, u"--slow-mode"_s, u"5"_s, u"--frozen"_s, u"on"_s}).out,
             u"general: topic \"Привет 😀\", slow mode 5 s, frozen\n"_s);
    QTRY_COMPARE(anna->events(u"room_changed"_s).size(), 1);
    QCOMPARE(m_desk->run({u"room"_s, u"general"_s, u"--frozen=off"_s, u"--locked=on"_s, u"--topic="_s}).out,
             u"general: no topic, slow mode 5 s, locked\n"_s);
    m_desk->stop();
    m_desk->serve();
    const QJsonObject kept = json(m_desk->run({u"room"_s, u"general"_s, u"--json"_s}));
    QCOMPARE(kept.value("slow_mode_s"_L1).toInt(), 5);
    QCOMPARE(kept.value("locked"_L1).toBool(), true);
}

void TestParlanceCtlOnline::badRooms_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::newRow("no name") << QStringList {} << 2;
    QTest::newRow("two names") << QStringList {u"a"_s, u"b"_s} << 2;
    QTest::newRow("a bad name") << QStringList {u"/"_s} << 1;
    QTest::newRow("a bad number") << QStringList {u"a"_s, u"--slow-mode"_s, u"soon"_s} << 2;
    QTest::newRow("too slow") << QStringList {u"a"_s, u"--slow-mode"_s, u"100000"_s} << 1;
    QTest::newRow("neither on nor off") << QStringList {u"a"_s, u"--locked"_s, u"yes"_s} << 2;
    QTest::newRow("a long topic") << QStringList {u"a"_s, u"--topic"_s, QString(300, u'x')} << 1;
}

void TestParlanceCtlOnline::badRooms()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    m_desk->serve();
    const CtlDesk::Ended ended = m_desk->run(QStringList {u"room"_s} + arguments);
    QCOMPARE(ended.code, code);
    QVERIFY(!ended.err.isEmpty());
}

void TestParlanceCtlOnline::withoutAServer()
{
    for (const QString &command : {u"status"_s, u"who"_s}) {
        const CtlDesk::Ended ended = m_desk->run({command});
        QCOMPARE(ended.code, 9);
        QVERIFY2(ended.err.contains(u"--data-dir"_s), qPrintable(ended.err));
    }
}

/// Who chats is told to come back, and finds the history of the backup.
void TestParlanceCtlOnline::restore()
{
    m_desk->serve();
    const quint16 port = m_desk->daemon().port();
    const auto anna = m_desk->join(u"anna"_s);
    CtlDesk::say(*anna, {u"before"_s});
    QCOMPARE(m_desk->run({u"backup"_s, m_desk->path(u"copy.db"_s)}).code, 0);
    CtlDesk::say(*anna, {u"after"_s});
    const CtlDesk::Ended restored = m_desk->run({u"restore"_s, m_desk->path(u"copy.db"_s)});
    QCOMPARE(restored.err, QString());
    QCOMPARE(restored.code, 0);
    QTRY_COMPARE(anna->events(u"server_closing"_s).size(), 1);
    QTRY_VERIFY(anna->isClosed());
    back(port);
    const auto again = m_desk->join(u"anna"_s);
    QCOMPARE(again->contents(), QStringList {u"before"_s});
    CtlDesk::say(*again, {u"goes on"_s});
    QCOMPARE(m_desk->run({u"check"_s}).code, 0);
    m_desk->stop();
    QCOMPARE(m_desk->daemon().exitCode(), 0);
}

void TestParlanceCtlOnline::restoreOfADamagedFile()
{
    m_desk->serve();
    const quint16 port = m_desk->daemon().port();
    CtlDesk::say(*m_desk->join(u"anna"_s), {u"one"_s});
    QFile file(m_desk->path(u"copy.db"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(10'000, 'x'));
    file.close();
    QVERIFY(m_desk->run({u"restore"_s, file.fileName()}).code != 0);
    back(port);
    QCOMPARE(m_desk->join(u"anna"_s)->contents(), QStringList {u"one"_s});
}

void TestParlanceCtlOnline::importWhilePeopleAreThere()
{
    m_desk->serve();
    const quint16 port = m_desk->daemon().port();
    const auto anna = m_desk->join(u"anna"_s);
    CtlDesk::say(*anna, {u"one"_s});
    QFile file(m_desk->path(u"some.jsonl"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (int i = 0; i < 500; ++i)
        file.write("{\"room\":\"general\",\"username\":\"old\",\"content\":\"" + QByteArray::number(i) + "\",\"timestamp\":\"2020-01-01T00:00:00Z\"}\n");
    file.close();
    const CtlDesk::Ended imported = m_desk->run({u"import"_s, file.fileName()});
    QVERIFY2(imported.out.startsWith(u"500 imported"_s), qPrintable(imported.out + imported.err));
    back(port);
    const auto again = m_desk->join(u"anna"_s);
    QCOMPARE(again->events(u"message"_s).constLast().value("seq"_L1).toInt(), 501);
    CtlDesk::say(*again, {u"two"_s});
    QCOMPARE(again->events(u"message"_s).constLast().value("seq"_L1).toInt(), 502);
}

void TestParlanceCtlOnline::whoIsKilledGivesTheDataBack()
{
    m_desk->serve();
    const quint16 port = m_desk->daemon().port();
    const auto importing = m_desk->begin({u"import"_s, u"-"_s}); // waits for standard input
    importing->write("{\"room\":\"general\",\"username\":\"old\",\"content\":\"x\",\"timestamp\":\"2020-01-01T00:00:00Z\"}\n");
    QTRY_VERIFY(m_desk->get("/readyz").isEmpty());
    importing->kill();
    CtlDesk::end(*importing);
    back(port);
    CtlDesk::say(*m_desk->join(u"anna"_s), {u"one"_s});
}

void TestParlanceCtlOnline::twoAtOnce()
{
    m_desk->serve();
    const quint16 port = m_desk->daemon().port();
    const auto importing = m_desk->begin({u"import"_s, u"-"_s});
    QTRY_VERIFY(m_desk->get("/readyz").isEmpty());
    const CtlDesk::Ended second = m_desk->run({u"import"_s, u"/dev/null"_s});
    QCOMPARE(second.code, 7);
    QVERIFY2(second.err.contains(u"somebody works on the data already"_s), qPrintable(second.err));
    QVERIFY(m_desk->run({u"status"_s}).err.contains(u"pauses"_s));
    importing->closeWriteChannel();
    QCOMPARE(CtlDesk::end(*importing).code, 0);
    back(port);
}

void TestParlanceCtlOnline::endedDuringAPause()
{
    m_desk->serve();
    const auto importing = m_desk->begin({u"import"_s, u"-"_s});
    QTRY_VERIFY(m_desk->run({u"status"_s}).err.contains(u"pauses"_s));
    m_desk->stop();
    QCOMPARE(m_desk->daemon().exitCode(), 0);
    importing->write("{\"room\":\"general\",\"username\":\"old\",\"content\":\"x\",\"timestamp\":\"2020-01-01T00:00:00Z\"}\n");
    importing->closeWriteChannel();
    QCOMPARE(CtlDesk::end(*importing).out, u"1 imported, 0 known already, 0 left out\n"_s);
}

/// The server ends instead of answering: then nobody has the data.
void TestParlanceCtlOnline::endedBeforeAPause()
{
    m_desk->serve();
    const auto anna = m_desk->join(u"anna"_s);
    m_desk->daemon().signalTermination();
    const CtlDesk::Ended imported = m_desk->run({u"import"_s, u"/dev/null"_s});
    QVERIFY2(imported.code == 0 || imported.err.contains(u"closing"_s), qPrintable(imported.err));
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->daemon().hasEnded(), 20'000);
    QCOMPARE(m_desk->daemon().exitCode(), 0);
}

/// The socket that a killed server left is nobody's.
void TestParlanceCtlOnline::afterAKill()
{
    m_desk->serve();
    m_desk->daemon().kill();
    QTRY_VERIFY(m_desk->daemon().hasEnded());
    QVERIFY(QFile::exists(m_desk->path(u"data/control.sock"_s)));
    QCOMPARE(m_desk->run({u"status"_s}).code, 9);
    QCOMPARE(m_desk->run({u"import"_s, u"/dev/null"_s}).code, 0);
    m_desk->serve();
    QCOMPARE(m_desk->run({u"status"_s}).code, 0);
}

QTEST_GUILESS_MAIN(TestParlanceCtlOnline)
#include "tst_parlancectlonline.moc"

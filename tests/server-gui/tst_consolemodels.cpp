// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeadmin.h"
#include "models/filteredlog.h"
#include "models/messagelogmodel.h"
#include "models/roomtablemodel.h"
#include "models/rowranges.h"
#include "models/sessioncsv.h"
#include "models/sessiontablemodel.h"
#include "models/sortedrooms.h"
#include "models/sortedsessions.h"
#include "sampledata.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

QString shown(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

QStringList column(const QAbstractItemModel &model, int column)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts.append(shown(model, row, column));
    return texts;
}

} // namespace

class TestConsoleModels : public QObject
{
    Q_OBJECT

private slots:
    void rowRanges();
    void randomBatches_data();
    void randomBatches();
    void rooms();
    void sessionsKeepUnrelatedRowsQuiet();
    void sortingAndFilteringRooms();
    void sortingAndFilteringSessions();
    void clientNames_data();
    void clientNames();
    void logIsBounded();
    void logOrder();
    void logFilter();
    void logSurvivesTrimmingWhileFiltered();
    void logFollowsChanges();
    void changesMeetTheFilter();
    void changeOfWhatIsGone();
    void csv();
};

void TestConsoleModels::rowRanges()
{
    QCOMPARE(mergedRows({}), QList<RowRange>());
    QCOMPARE(mergedRows({5, 3, 4, 9}), (QList<RowRange> {{3, 5}, {9, 9}}));
    QCOMPARE(spanOf({5, 3, 9, 4}), (RowRange {3, 9}));
}

void TestConsoleModels::randomBatches_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 6; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestConsoleModels::randomBatches()
{
    QFETCH(quint32, seed);
    using Mode = QAbstractItemModelTester::FailureReportingMode;
    FakeAdmin admin;
    RoomTableModel rooms(admin);
    SessionTableModel sessions(admin);
    MessageLogModel log(admin);
    SortedRooms sortedRooms(rooms);
    SortedSessions sortedSessions(sessions);
    FilteredLog filteredLog(log);
    QAbstractItemModelTester t1(&rooms, Mode::QtTest);
    QAbstractItemModelTester t2(&sessions, Mode::QtTest);
    QAbstractItemModelTester t3(&log, Mode::QtTest);
    QAbstractItemModelTester t4(&sortedRooms, Mode::QtTest);
    QAbstractItemModelTester t5(&sortedSessions, Mode::QtTest);
    QAbstractItemModelTester t6(&filteredLog, Mode::QtTest);
    QSignalSpy resets(&sessions, &QAbstractItemModel::modelReset);

    sortedSessions.sort(SessionTableModel::MessagesColumn, Qt::DescendingOrder);
    Sample::Traffic traffic(seed);
    for (int i = 0; i < 150; ++i) {
        emit admin.changed(traffic.next(i % 40 == 0 ? 300 : 3));
        if (i % 25 == 10)
            filteredLog.setFilter({Sample::room(u"room %1"_s.arg(i % 40)), {}, {}, i % 2 == 0});
        if (i % 25 == 20) {
            filteredLog.setFilter({});
            sortedSessions.setFilterText(i % 2 == 0 ? u"user1"_s : QString());
        }
        if (i == 75) {
            AdminSnapshot snapshot;
            snapshot.rooms = traffic.rooms().values();
            snapshot.sessions = traffic.sessions().values();
            admin.attach(snapshot);
        }
    }
    QCOMPARE(resets.count(), 1); // the snapshot's
    QCOMPARE(rooms.rowCount(), int(traffic.rooms().size()));
    int people = 0;
    for (int row = 0; row < rooms.rowCount(); ++row) {
        const RoomInfo expected = traffic.rooms().value(rooms.room(row).name);
        QCOMPARE(rooms.room(row).users, expected.users);
        QCOMPARE(rooms.rowOf(expected.name), row);
        people += expected.users;
    }
    QCOMPARE(rooms.peopleCount(), people);
    QCOMPARE(sessions.rowCount(), int(traffic.sessions().size()));
    for (int row = 0; row < sessions.rowCount(); ++row) {
        const SessionInfo &session = sessions.session(row);
        QVERIFY(traffic.sessions().contains(session.id));
        QCOMPARE(session.messages, traffic.sessions().value(session.id).messages);
        QCOMPARE(session.room, traffic.sessions().value(session.id).room);
    }
    for (int row = 1; row < sortedSessions.rowCount(); ++row)
        QVERIFY(sortedSessions.session(row - 1).messages >= sortedSessions.session(row).messages);
}

void TestConsoleModels::rooms()
{
    FakeAdmin admin;
    RoomTableModel model(admin);
    AdminSnapshot snapshot;
    snapshot.rooms = {Sample::roomInfo(u"a"_s, 3), Sample::roomInfo(u"b"_s, 1), Sample::roomInfo(u"c"_s, 2)};
    admin.attach(snapshot);
    QCOMPARE(model.peopleCount(), 6);

    AdminBatch batch;
    batch.roomsChanged = {Sample::roomInfo(u"b"_s, 5), Sample::roomInfo(u"d"_s, 1)};
    batch.roomsClosed = {Sample::room(u"a"_s), Sample::room(u"unknown"_s)};
    emit admin.changed(batch);
    QCOMPARE(column(model, RoomTableModel::NameColumn), (QStringList {u"b"_s, u"c"_s, u"d"_s}));
    QCOMPARE(model.peopleCount(), 8);
    QCOMPARE(model.rowOf(Sample::room(u"D"_s)), 2); // names that look alike are one
    QCOMPARE(model.rowOf(Sample::room(u"a"_s)), -1);
}

void TestConsoleModels::sessionsKeepUnrelatedRowsQuiet()
{
    FakeAdmin admin;
    SessionTableModel model(admin);
    AdminSnapshot snapshot;
    for (quint64 id = 1; id <= 100; ++id)
        snapshot.sessions.append(Sample::session(id, u"u%1"_s.arg(id), u"general"_s));
    admin.attach(snapshot);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

    AdminBatch batch;
    SessionInfo busy = snapshot.sessions.at(41);
    busy.messages = 7;
    batch.sessionsChanged = {busy};
    emit admin.changed(batch);
    QCOMPARE(changed.count(), 1);
    const auto first = changed.first().at(0).toModelIndex();
    const auto last = changed.first().at(1).toModelIndex();
    QCOMPARE(first, model.index(41, SessionTableModel::MessagesColumn));
    QCOMPARE(last, first);
}

void TestConsoleModels::sortingAndFilteringRooms()
{
    FakeAdmin admin;
    RoomTableModel model(admin);
    SortedRooms sorted(model);
    AdminSnapshot snapshot;
    snapshot.rooms = {Sample::roomInfo(u"lab 10"_s, 1, 5), Sample::roomInfo(u"lab 2"_s, 3, 1500), Sample::roomInfo(u"Kitchen"_s, 2, 0)};
    admin.attach(snapshot);
    QCOMPARE(column(sorted, RoomTableModel::NameColumn), (QStringList {u"Kitchen"_s, u"lab 2"_s, u"lab 10"_s}));
    sorted.sort(RoomTableModel::PeopleColumn, Qt::DescendingOrder);
    QCOMPARE(column(sorted, RoomTableModel::NameColumn), (QStringList {u"lab 2"_s, u"Kitchen"_s, u"lab 10"_s}));
    QCOMPARE(shown(sorted, 0, RoomTableModel::MessagesColumn), QLocale().toString(1500));

    AdminBatch batch;
    batch.roomsChanged = {Sample::roomInfo(u"lab 10"_s, 9)};
    emit admin.changed(batch);
    QCOMPARE(sorted.room(0).name, Sample::room(u"lab 10"_s)); // sorts itself as numbers change

    sorted.setFilterText(u"LAB"_s);
    QCOMPARE(sorted.rowCount(), 2);
    sorted.setFilterText({});
    QCOMPARE(sorted.rowCount(), 3);
}

void TestConsoleModels::sortingAndFilteringSessions()
{
    FakeAdmin admin;
    SessionTableModel model(admin);
    SortedSessions sorted(model);
    AdminSnapshot snapshot;
    snapshot.sessions = {Sample::session(1, u"user 10"_s, u"general"_s), Sample::session(2, u"user 9"_s, u"kitchen"_s),
                         Sample::session(3, u"Anna"_s, u"general"_s)};
    snapshot.sessions[0].address = u"10.0.0.200"_s;
    snapshot.sessions[1].address = u"10.0.0.30"_s;
    snapshot.sessions[2].agent = u"Mozilla/5.0 Firefox/128.0"_s;
    admin.attach(snapshot);
    QCOMPARE(column(sorted, SessionTableModel::UserColumn), (QStringList {u"Anna"_s, u"user 9"_s, u"user 10"_s}));
    sorted.sort(SessionTableModel::AddressColumn);
    QCOMPARE(shown(sorted, 0, SessionTableModel::AddressColumn), u"10.0.0.30"_s); // by number, not by digit

    for (const QString &filter : {u"firefox 128"_s, u"ANNA"_s}) {
        sorted.setFilterText(filter);
        QCOMPARE(column(sorted, SessionTableModel::UserColumn), QStringList {u"Anna"_s});
    }
    sorted.setFilterText(u"kitchen"_s);
    QCOMPARE(column(sorted, SessionTableModel::UserColumn), QStringList {u"user 9"_s});
    sorted.setFilterText(u"0.0.2"_s);
    QCOMPARE(column(sorted, SessionTableModel::UserColumn), QStringList {u"user 10"_s});
    sorted.setFilterText(u"nothing"_s);
    QCOMPARE(sorted.rowCount(), 0);
}

void TestConsoleModels::clientNames_data()
{
    QTest::addColumn<QString>("agent");
    QTest::addColumn<QString>("expected");
    QTest::newRow("Firefox") << u"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"_s << u"Firefox 128"_s;
    QTest::newRow("Chrome") << u"Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"_s << u"Chrome 126"_s;
    QTest::newRow("Edge") << u"Mozilla/5.0 Chrome/126.0.0.0 Safari/537.36 Edg/125.0"_s << u"Edge 125"_s;
    QTest::newRow("Safari") << u"Mozilla/5.0 (iPhone) AppleWebKit/605 Version/17.5 Mobile Safari/604.1"_s << u"Safari 17"_s;
    QTest::newRow("program") << u"python-websockets/12.0"_s << u"python-websockets/12.0"_s;
    QTest::newRow("none") << QString() << u"Parlance client"_s;
    QTest::newRow("no version") << u"Mozilla/5.0 Firefox/"_s << u"Mozilla/5.0 Firefox/"_s;
    QTest::newRow("bidi and control") << u"a\u202eb\u0007\nc"_s << u"ab↵c"_s;
}

void TestConsoleModels::clientNames()
{
    QFETCH(QString, agent);
    QFETCH(QString, expected);
    SessionInfo session;
    session.kind = ClientKind::Parlance;
    session.agent = agent;
    QCOMPARE(clientName(session), expected);
}

void TestConsoleModels::logIsBounded()
{
    FakeAdmin admin;
    MessageLogModel log(admin);
    FilteredLog filtered(log);
    const AdminBatch batch = Sample::messages(1000);
    for (int i = 0; i < 25; ++i)
        emit admin.changed(batch);
    QCOMPARE(log.rowCount(), MessageLogModel::kMaxRows);
    QCOMPARE(filtered.rowCount(), MessageLogModel::kMaxRows);
    QCOMPARE(log.firstSerial(), quint64(5000));
    emit admin.changed(Sample::messages(1));
    QCOMPARE(log.rowCount(), MessageLogModel::kMaxRows);
    QCOMPARE(log.entry(0).text, u"message 1"_s); // the oldest went
    QCOMPARE(log.entry(MessageLogModel::kMaxRows - 1).text, u"message 0"_s);
    QCOMPARE(filtered.entry(0).text, u"message 1"_s);
    QCOMPARE(filtered.rowOf(5000), -1);
    QCOMPARE(filtered.rowOf(5001), 0);
}

void TestConsoleModels::logOrder()
{
    FakeAdmin admin;
    MessageLogModel log(admin);
    FilteredLog filtered(log);
    filtered.setFilter({{}, {}, {}, true});
    AdminBatch batch;
    batch.messagesSkipped = 1200;
    batch.comings = {{Sample::room(u"r"_s), Sample::user(u"anna"_s), true, {}, 10},
                     {Sample::room(u"r"_s), Sample::user(u"anna"_s), false, u"kicked: spam"_s, 30}};
    batch.messages = {Sample::message(u"r"_s, u"anna"_s, u"hello"_s, 10), Sample::message(u"r"_s, u"bob"_s, u"bye"_s, 20)};
    emit admin.changed(batch);
    QCOMPARE(column(filtered, MessageLogModel::TextColumn),
             (QStringList {u"… %1 messages not shown"_s.arg(QLocale().toString(1200)), u"joined"_s, u"hello"_s, u"bye"_s,
                           u"left: kicked: spam"_s}));
    filtered.setFilter({});
    QCOMPARE(filtered.rowCount(), 3);
    QVERIFY(filtered.quotation(1).endsWith(u"[r] anna: hello"_s));
}

void TestConsoleModels::logFilter()
{
    FakeAdmin admin;
    MessageLogModel log(admin);
    FilteredLog filtered(log);
    AdminBatch batch;
    batch.messagesSkipped = 1;
    batch.messages = {Sample::message(u"general"_s, u"anna"_s, u"Red"_s), Sample::message(u"kitchen"_s, u"anna"_s, u"green"_s),
                      Sample::message(u"general"_s, u"Hannah"_s, u"blue"_s)};
    emit admin.changed(batch);
    const auto texts = [&filtered](const LogFilter &filter) {
        filtered.setFilter(filter);
        return column(filtered, MessageLogModel::TextColumn);
    };
    QCOMPARE(texts({{}, u"ANNA"_s, {}, false}), (QStringList {u"Red"_s, u"green"_s, u"blue"_s}));
    QCOMPARE(texts({{}, {}, u"RE"_s, false}), (QStringList {u"Red"_s, u"green"_s}));
    QCOMPARE(texts({Sample::room(u"general"_s), {}, {}, false}),
             (QStringList {u"… 1 message not shown"_s, u"Red"_s, u"blue"_s}));
    emit admin.changed(batch); // what comes later is filtered alike
    QCOMPARE(filtered.rowCount(), 6);
}

namespace {

Message saidAs(const QString &id, const QString &text)
{
    Message message = Sample::message(u"general"_s, u"anna"_s, text);
    message.id = MessageId(id);
    return message;
}

Message changeOf(const QString &id, ChangeKind kind, const QString &text = {})
{
    Message change = Sample::message(u"general"_s, u"anna"_s, text);
    change.change = std::make_shared<const Change>(Change {kind, MessageId(id)});
    return change;
}

} // namespace

void TestConsoleModels::logFollowsChanges()
{
    FakeAdmin admin;
    MessageLogModel log(admin);
    FilteredLog filtered(log);
    QAbstractItemModelTester tester(&filtered, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Message before = saidAs(u"1"_s, u"corrected"_s);
    Aftermath aftermath;
    aftermath.edited = 5;
    before.aftermath = std::make_shared<const Aftermath>(aftermath);
    AdminSnapshot snapshot;
    snapshot.messages = {before};
    admin.attach(snapshot);
    AdminBatch batch;
    batch.messages = {saidAs(u"2"_s, u"a secret"_s), saidAs(u"3"_s, u"helo"_s), saidAs(u"4"_s, u"both"_s)};
    batch.changes = {changeOf(u"3"_s, ChangeKind::Edit, u"hello"_s), changeOf(u"4"_s, ChangeKind::Deletion)};
    emit admin.changed(batch);
    AdminBatch later;
    later.changes = {changeOf(u"2"_s, ChangeKind::Deletion), changeOf(u"2"_s, ChangeKind::Edit, u"back again"_s)};
    emit admin.changed(later);
    QCOMPARE(column(filtered, MessageLogModel::TextColumn),
             (QStringList {u"corrected (edited)"_s, u"deleted"_s, u"hello (edited)"_s, u"deleted"_s}));
    QVERIFY(!filtered.index(1, 0).data(FilteredLog::IsMessageRole).toBool());
    QCOMPARE(log.entry(1).text, QString()); // gone, not hidden
    QVERIFY(!filtered.quotation(1).contains(u"secret"_s));
}

void TestConsoleModels::changesMeetTheFilter()
{
    FakeAdmin admin;
    MessageLogModel log(admin);
    FilteredLog filtered(log);
    QAbstractItemModelTester tester(&filtered, QAbstractItemModelTester::FailureReportingMode::QtTest);
    AdminBatch batch;
    batch.messages = {saidAs(u"1"_s, u"red"_s), saidAs(u"2"_s, u"green"_s), saidAs(u"3"_s, u"dark red"_s)};
    emit admin.changed(batch);
    filtered.setFilter({{}, {}, u"red"_s, false});
    AdminBatch changes;
    changes.changes = {changeOf(u"1"_s, ChangeKind::Deletion), changeOf(u"2"_s, ChangeKind::Edit, u"redder"_s),
                       changeOf(u"3"_s, ChangeKind::Edit, u"blue"_s)};
    emit admin.changed(changes);
    QCOMPARE(column(filtered, MessageLogModel::TextColumn), QStringList {u"redder (edited)"_s});
    filtered.setFilter({});
    QCOMPARE(column(filtered, MessageLogModel::TextColumn),
             (QStringList {u"deleted"_s, u"redder (edited)"_s, u"blue (edited)"_s}));
}

void TestConsoleModels::changeOfWhatIsGone()
{
    FakeAdmin admin;
    MessageLogModel log(admin);
    AdminBatch batch;
    for (int i = 0; i < MessageLogModel::kMaxRows + 10; ++i)
        batch.messages.append(saidAs(QString::number(i), u"text"_s));
    emit admin.changed(batch);
    AdminBatch changes;
    changes.changes = {changeOf(u"9"_s, ChangeKind::Deletion), changeOf(u"10"_s, ChangeKind::Deletion),
                       changeOf(u"never"_s, ChangeKind::Edit, u"new"_s)};
    emit admin.changed(changes);
    QVERIFY(log.entry(0).isDeleted); // number 10
    QVERIFY(!log.entry(1).isDeleted);
    AdminBatch more;
    more.messages = {saidAs(u"next"_s, u"text"_s)};
    emit admin.changed(more);
    AdminBatch last;
    last.changes = {changeOf(u"10"_s, ChangeKind::Edit, u"new"_s), changeOf(u"next"_s, ChangeKind::Edit, u"new"_s)};
    emit admin.changed(last);
    QVERIFY(!log.entry(0).isEdited);
    QCOMPARE(log.entry(MessageLogModel::kMaxRows - 1).text, u"new"_s);
}

void TestConsoleModels::logSurvivesTrimmingWhileFiltered()
{
    FakeAdmin admin;
    MessageLogModel log(admin);
    FilteredLog filtered(log);
    QAbstractItemModelTester tester(&filtered, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filtered.setFilter({Sample::room(u"rare"_s), {}, {}, false});
    AdminBatch rare;
    rare.messages = {Sample::message(u"rare"_s, u"anna"_s, u"first"_s)};
    emit admin.changed(rare);
    for (int i = 0; i < 20; ++i)
        emit admin.changed(Sample::messages(999));
    rare.messages[0].content = u"second"_s;
    emit admin.changed(rare);
    QCOMPARE(column(filtered, MessageLogModel::TextColumn), (QStringList {u"first"_s, u"second"_s}));
    emit admin.changed(Sample::messages(999));
    QCOMPARE(column(filtered, MessageLogModel::TextColumn), QStringList {u"second"_s});
}

void TestConsoleModels::csv()
{
    SessionInfo session = Sample::session(1, u"anna"_s, u"general"_s);
    session.agent = u"=HYPERLINK(\"http://evil\")"_s;
    session.messages = 12;
    const QStringList lines = sessionsAsCsv({session}).split(u"\r\n"_s);
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines.at(1), u"\"anna\",\"general\",parlance,\"'=HYPERLINK(\"\"http://evil\"\")\",\"192.168.1.31\",2023-11-14T22:13:20.000Z,12"_s);
    QVERIFY(lines.at(2).isEmpty());
}

QTEST_GUILESS_MAIN(TestConsoleModels)
#include "tst_consolemodels.moc"

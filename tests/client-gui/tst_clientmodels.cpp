// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/chatsession.h"
#include "client-gui/chat/room.h"
#include "client-gui/chat/roomlistmodel.h"
#include "client-gui/chat/serverroomsmodel.h"
#include "client-gui/chat/typinglist.h"
#include "client-gui/chat/usermodel.h"
#include "client-gui/support/fakeserver.h"
#include "client-gui/widgets/messagepresenter.h"
#include "client-gui/widgets/roomnames.h"
#include "support/fakeclock.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestClientModels : public QObject
{
    Q_OBJECT

private slots:
    void people();
    void peopleCount();
    void rooms();
    void serverRooms();
    void typing();
    void presenter();
    void sessionWithARoomThatCannotBe();
};

void TestClientModels::people()
{
    UserModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.reset({u"cleo"_s, u"Anna"_s, u"ben"_s, u"Anna"_s}, u"Zoe"_s);
    QCOMPARE(model.names(), QStringList({u"Anna"_s, u"ben"_s, u"cleo"_s, u"Zoe"_s}));
    QCOMPARE(model.index(3).data(UserModel::OwnRole).toBool(), true);
    model.add(u"Bea"_s);
    model.add(u"Bea"_s);
    model.add(QString());
    QCOMPARE(model.names(), QStringList({u"Anna"_s, u"Bea"_s, u"ben"_s, u"cleo"_s, u"Zoe"_s}));
    model.remove(u"nobody"_s);
    model.remove(u"Anna"_s);
    QCOMPARE(model.rowCount(), 4);
    model.reset({}, {});
    QCOMPARE(model.rowCount(), 0);
}

void TestClientModels::peopleCount()
{
    UserModel model;
    model.reset({u"a"_s, u"b"_s}, u"a"_s);
    QSignalSpy changed(&model, &UserModel::countChanged);
    QCOMPARE(model.count(), 2);
    model.setServerCount(500); // the server does not name everybody
    QCOMPARE(model.count(), 500);
    model.add(u"c"_s);
    QCOMPARE(model.count(), 501);
    model.setServerCount(3);
    QCOMPARE(model.count(), 3);
    model.remove(u"c"_s); // goes on from what the server counted
    QCOMPARE(model.count(), 2);
    QCOMPARE(changed.size(), 4);
    QStringList crowd;
    for (int i = 0; i < UserModel::kMaxPeople + 10; ++i)
        crowd << u"p%1"_s.arg(i);
    model.reset(crowd, {});
    QCOMPARE(model.rowCount(), UserModel::kMaxPeople);
}

void TestClientModels::rooms()
{
    FakeClock clock;
    const ServerAddress address = *ServerAddress::parse(u"127.0.0.1:1"_s);
    Room one(address, u"one"_s, u"anna"_s, clock);
    Room two(address, u"two"_s, u"anna"_s, clock);
    RoomListModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.add(&one);
    model.add(&two);
    model.add(&two);
    QCOMPARE(model.rowCount(), 2);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    two.people().reset({u"x"_s, u"y"_s}, {});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 1);
    QCOMPARE(model.index(1).data(RoomListModel::PeopleRole).toInt(), 2);
    QCOMPARE(model.index(1).data(RoomListModel::LinkRole).toInt(), int(Link::Offline));
    RoomNames names(RoomListModel::UnreadRole, RoomListModel::PeopleRole, nullptr);
    names.setSourceModel(&model);
    QCOMPARE(names.index(1, 0).data(Qt::AccessibleTextRole).toString(), u"two, 2 people"_s);
    model.remove(&one);
    model.remove(&one);
    QCOMPARE(model.room(0), &two);
    one.people().reset({}, {});
    QCOMPARE(changed.size(), 1); // no longer listened to
    QCOMPARE(model.room(7), nullptr);
}

void TestClientModels::serverRooms()
{
    ServerRoomsModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto names = [&model] {
        QStringList list;
        for (int row = 0; row < model.rowCount(); ++row)
            list << model.index(row).data().toString();
        return list;
    };
    model.setRooms({{u"beta"_s, 2}, {u"Alpha"_s, 1}, {u"gamma"_s, -1}, {u"beta"_s, 2}});
    QCOMPARE(names(), QStringList({u"Alpha"_s, u"beta"_s, u"gamma"_s}));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    model.setJoined({u"Beta"_s});
    QCOMPARE(names(), QStringList({u"Alpha"_s, u"gamma"_s}));
    QCOMPARE(removed.size(), 1);
    model.setRooms({{u"Alpha"_s, 9}, {u"beta"_s, 2}, {u"aleph"_s, 1}, {u"zeta"_s, 3}});
    QCOMPARE(names(), QStringList({u"aleph"_s, u"Alpha"_s, u"zeta"_s}));
    QCOMPARE(model.index(1).data(ServerRoomsModel::PeopleRole).toInt(), 9);
    model.setRooms({});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(reset.size(), 0); // selection and scrolling survive
}

void TestClientModels::typing()
{
    FakeClock clock;
    TypingList list(clock);
    QSignalSpy changed(&list, &TypingList::changed);
    list.set(u"Ben"_s, true);
    list.set(u"Ben"_s, true);
    list.set(u"Cleo"_s, true);
    QCOMPARE(list.names(), QStringList({u"Ben"_s, u"Cleo"_s}));
    QCOMPARE(changed.size(), 2);
    list.set(u"Ben"_s, false);
    QCOMPARE(list.names(), QStringList({u"Cleo"_s}));
    clock.advance(TypingList::kExpiry + 1ms);
    QTRY_COMPARE_WITH_TIMEOUT(list.names(), QStringList(), 3000);
    for (int i = 0; i < 1000; ++i)
        list.set(u"n%1"_s.arg(i), true);
    QCOMPARE(list.names().size(), TypingList::kMaxNames);
    list.clear();
    QCOMPARE(list.names().size(), 0);
}

void TestClientModels::presenter()
{
    MessageModel model;
    MessagePresenter presenter;
    QAbstractItemModelTester contract(&presenter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    presenter.setSourceModel(&model);
    const qint64 time = QDateTime(QDate(2026, 3, 5), QTime(10, 32)).toMSecsSinceEpoch();
    model.append({{u"1"_s, u"Ben"_s, u"hello <b>you</b>"_s, time, {}, 1, {}},
                  {u"2"_s, u"Cleo"_s, u"hi"_s, time, {}, 2, {}}});
    model.addPresence({u"Dora"_s, u"Emil"_s}, {u"Ben"_s}, time);
    model.addPending({Cid(u"p"_s), u"mine"_s, time, Outbox::State::Failed, {ErrorCode::StorageFull, {}}});
    QCOMPARE(presenter.index(1, 0).data(Qt::AccessibleTextRole).toString(), u"Cleo, 10:32, hi"_s);
    QVERIFY(presenter.index(0, 0).data(Qt::AccessibleTextRole).toString().endsWith(u"Ben, 10:32, hello <b>you</b>"_s));
    QCOMPARE(presenter.index(2, 0).data().toString().remove(QChar(0x2068)).remove(QChar(0x2069)),
             u"Dora and Emil joined, Ben left"_s);
    QVERIFY(presenter.index(3, 0).data(Qt::AccessibleTextRole).toString().endsWith(u"not sent: the server's disk is full"_s));
    QVERIFY(!presenter.index(0, 0).data(Qt::ToolTipRole).toString().contains(u'<'));
    QCOMPARE(MessagePresenter::asLine(presenter.index(1, 0)), u"[10:32] Cleo: hi"_s);
}

void TestClientModels::sessionWithARoomThatCannotBe()
{
    FakeServer server;
    server.manners.welcome = false;
    QTemporaryDir folder;
    ClientSettings settings(folder.filePath(u"client.ini"_s));
    FakeClock clock;
    ConnectionTiming timing;
    timing.firstRetry = timing.longestRetry = 10s;
    ChatSession session(*ServerAddress::parse(server.address()), u"Anna"_s, settings, clock, timing);
    QVERIFY(session.join(u"general"_s));
    QTRY_COMPARE(server.clients(), 1);
    WelcomeEvent welcome;
    welcome.username = u"Anna"_s;
    welcome.room = u"a/b"_s;
    welcome.epoch = u"e1"_s;
    server.send(welcome);
    QTRY_VERIFY(session.current()->connection().faults() > 0 || session.current()->name() != u"general");
    QVERIFY(session.join(u"kitchen"_s));
    QCOMPARE(session.rooms().rowCount(), 2);
    QVERIFY(session.find(u"general"_s));
}

QTEST_GUILESS_MAIN(TestClientModels)
#include "tst_clientmodels.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/room.h"
#include "client-gui/support/fakeserver.h"
#include "client-gui/widgets/bar.h"
#include "client-gui/widgets/connectionbanner.h"
#include "client-gui/widgets/plainlabel.h"
#include "client-gui/widgets/words.h"
#include "support/fakeclock.h"

#include <QPushButton>
#include <QTest>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Subject
{
    explicit Subject(const FakeServer &server)
        : room(*ServerAddress::parse(server.address()), u"general"_s, u"anna"_s, clock, slow()), banner(room)
    {
        room.connection().open();
    }
    static ConnectionTiming slow()
    {
        ConnectionTiming timing;
        timing.firstRetry = timing.longestRetry = 10s;
        timing.random = [] { return 0.0; };
        return timing;
    }

    FakeClock clock;
    Room room;
    ConnectionBanner banner;
};

} // namespace

class TestConnectionBanner : public QObject
{
    Q_OBJECT

private slots:
    void countdownIsNotSpoken();
    void closedRoom_data();
    void closedRoom();
    void refusalsAreInOurWords_data();
    void refusalsAreInOurWords();
};

void TestConnectionBanner::countdownIsNotSpoken()
{
    FakeServer server;
    Subject s(server);
    QTRY_VERIFY(s.room.connection().isOnline());
    server.abort();
    Bar &bar = s.banner.bar();
    // A label without a name of its own would tell each of its texts.
    const QWidget *label = bar.findChild<PlainLabel *>();
    const QString spoken = u"The connection was lost. Trying again soon."_s;
    for (int left = 5; left > 1; --left) {
        QTRY_COMPARE(bar.text(), u"The connection was lost. Trying again in %1 s."_s.arg(left));
        QCOMPARE(bar.accessibleName(), spoken);
        QCOMPARE(label->accessibleName(), spoken);
        s.clock.advance(1s);
    }
    QVERIFY(s.room.say(u"later"_s)); // what is new is told
    QTRY_COMPARE(bar.accessibleName(), spoken + u" One message will be sent then."_s);
    QCOMPARE(label->accessibleName(), bar.accessibleName());
}

void TestConnectionBanner::closedRoom_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("text");
    QTest::newRow("without a reason") << QString() << u"The operator closed this room. You may come back."_s;
    QTest::newRow("with a reason") << u"<b>moved</b>"_s
                                   << u"The operator closed this room: <b>moved</b> You may come back."_s;
}

void TestConnectionBanner::closedRoom()
{
    QFETCH(QString, reason);
    QFETCH(QString, text);
    FakeServer server;
    Subject s(server);
    QTRY_VERIFY(s.room.connection().isOnline());
    KickedEvent kicked;
    kicked.reason = reason;
    server.send(kicked);
    server.close(4404, u"the room was closed"_s);
    QTRY_COMPARE(s.room.connection().state().cause, Cause::RoomClosed);
    Bar &bar = s.banner.bar();
    QCOMPARE(bar.text(), text);
    QCOMPARE(bar.actionButton()->text(), u"Rejoin"_s);
    QVERIFY(bar.actionButton()->isEnabled());
    QCOMPARE(Words::linkShort(s.room.connection().state()), u"closed"_s);
    QCOMPARE(server.connections(), 1); // not by itself
    QTest::mouseClick(bar.actionButton(), Qt::LeftButton);
    QTRY_VERIFY(s.room.connection().isOnline());
    QTRY_VERIFY(s.banner.isHidden());
}

void TestConnectionBanner::refusalsAreInOurWords_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("text");
    QTest::newRow("bad name") << ErrorCode::BadName << u"The server does not accept that name."_s;
    QTest::newRow("forbidden") << ErrorCode::Forbidden << u"You may not enter this room."_s;
    QTest::newRow("kicked") << ErrorCode::Kicked << u"You were removed from this room."_s;
    QTest::newRow("windows") << ErrorCode::TooManySessions << u"Too many windows are open under this name."_s;
    QTest::newRow("no store") << ErrorCode::Unavailable << u"The server cannot let anybody in at the moment."_s;
    QTest::newRow("unknown") << ErrorCode::Internal << u"The server did not let you in: the server's own words"_s;
}

void TestConnectionBanner::refusalsAreInOurWords()
{
    QFETCH(ErrorCode, code);
    QFETCH(QString, text);
    LastWords words;
    words.refusal = Error {code, u"the server's own words"_s};
    const Ending ending = endingOfClose(4999, u"closed"_s, words);
    QCOMPARE(Words::cause({ending.link, ending.cause, ending.detail}), text);
}

QTEST_MAIN(TestConnectionBanner)
#include "tst_connectionbanner.moc"

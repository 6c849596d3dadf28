// SPDX-License-Identifier: GPL-3.0-or-later
// Measures what a busy server costs the GUI thread: 10,000 sessions, batches of 1,000 messages.
#include "consolewindow.h"
#include "fakeadmin.h"
#include "fakeservercontrol.h"
#include "models/sessiontablemodel.h"
#include "pages/sessionspage.h"
#include "sampledata.h"
#include "support/loopturn.h"
#include "widgets/tableview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSessions = 10'000;
constexpr int kRooms = 100;

struct Load
{
    AdminSnapshot snapshot;
    AdminBatch batch(quint64 turn) const
    {
        AdminBatch batch = Sample::messages(1000);
        for (int i = 0; i < 500; ++i) {
            SessionInfo session = snapshot.sessions.at((int(turn) * 97 + i * 19) % kSessions);
            session.messages = turn * 3 + quint64(i % 7);
            batch.sessionsChanged.append(session);
        }
        batch.roomsChanged = snapshot.rooms;
        for (RoomInfo &room : batch.roomsChanged)
            room.messages = turn * 10;
        batch.comings.append({snapshot.rooms.first().name, snapshot.sessions.first().user, true, {}, 1});
        SessionInfo fresh = snapshot.sessions.first();
        fresh.id = SessionId(kSessions + turn);
        batch.sessionsChanged.append(fresh);
        if (turn > 1)
            batch.sessionsClosed.append(SessionId(kSessions + turn - 1));
        return batch;
    }
};

Load makeLoad()
{
    Load load;
    for (int i = 0; i < kRooms; ++i)
        load.snapshot.rooms.append(Sample::roomInfo(u"room %1"_s.arg(i), kSessions / kRooms));
    for (int i = 0; i < kSessions; ++i) {
        SessionInfo session = Sample::session(quint64(i + 1), u"user %1"_s.arg(i), u"room %1"_s.arg(i % kRooms));
        session.agent = u"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"_s;
        load.snapshot.sessions.append(session);
    }
    return load;
}

void measure(const char *what, FakeAdmin &admin, const Load &load, quint64 &turn)
{
    constexpr int kTurns = 60;
    QList<double> milliseconds;
    for (int i = 0; i < kTurns; ++i) {
        const AdminBatch batch = load.batch(++turn);
        const std::clock_t start = std::clock(); // CPU time: others may be busy on this machine
        emit admin.changed(batch);
        turnLoop(); // layouts and paints
        milliseconds.append(double(std::clock() - start) * 1000.0 / CLOCKS_PER_SEC);
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    std::printf("%-28s median %6.2f ms  worst %6.2f ms per batch\n", what, milliseconds.at(kTurns / 2), milliseconds.last());
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    FakeAdmin admin;
    FakeServerControl control;
    ConsoleWindow window(admin, control);
    window.resize(1200, 800);
    window.show();
    control.setState(ServerControl::State::Running);
    const Load load = makeLoad();
    QElapsedTimer timer;
    timer.start();
    admin.attach(load.snapshot);
    std::printf("snapshot of %d sessions: %lld ms\n", kSessions, static_cast<long long>(timer.elapsed()));
    quint64 turn = 0;
    TableView &people = window.findChild<SessionsPage *>()->view();
    measure("overview", admin, load, turn);
    window.showPage(ConsoleWindow::Messages);
    measure("messages", admin, load, turn);
    window.showPage(ConsoleWindow::Rooms);
    measure("rooms", admin, load, turn);
    window.showPage(ConsoleWindow::People);
    measure("people by name", admin, load, turn);
    people.sortByColumn(SessionTableModel::MessagesColumn, Qt::DescendingOrder);
    measure("people by messages", admin, load, turn);
    people.sortByColumn(SessionTableModel::ClientColumn, Qt::AscendingOrder);
    measure("people by client", admin, load, turn);
    timer.start();
    window.findChild<SessionsPage *>()->setFilterText(u"user 1"_s);
    std::printf("filter: %lld ms\n", static_cast<long long>(timer.elapsed()));
    measure("people filtered", admin, load, turn);
    return 0;
}

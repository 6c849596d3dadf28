// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/support/connectionsubject.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

using namespace Client;

ConnectionTiming quick()
{
    ConnectionTiming timing;
    timing.firstRetry = 5ms;
    timing.longestRetry = 20ms;
    timing.ping = 10ms;
    timing.random = [] { return 0.5; };
    return timing;
}

Subject::Subject(const FakeServer &server, const ConnectionTiming &timing) : Subject(server.address(), timing)
{
}

Subject::Subject(const QString &address, const ConnectionTiming &timing)
    : connection(*ServerAddress::parse(address), u"general"_s, u"anna"_s, clock, timing)
{
    QObject::connect(&connection, &RoomConnection::messagesArrived, &connection,
                     [this](const QList<MessageEvent> &messages, Arrival arrival) {
                         if (arrival == Arrival::Replace) {
                             ++replaced;
                             texts.clear();
                         }
                         for (const MessageEvent &message : messages)
                             texts << message.content;
                     });
    QObject::connect(&connection, &RoomConnection::stateChanged, &connection,
                     [this](const ConnectionState &state) { links << state.link; });
}

bool loseAndReturn(FakeServer &server)
{
    Subject other(server);
    other.connection.open();
    if (!QTest::qWaitFor([&other] { return other.connection.isOnline(); }))
        return false;
    server.abort();
    if (!QTest::qWaitFor([&other] { return other.link() == Link::Waiting; }))
        return false;
    return QTest::qWaitFor([&other] { return other.connection.isOnline(); });
}

} // namespace Parlance

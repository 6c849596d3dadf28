// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/fakestore.h"
#include "model/chatmanager.h"
#include "support/fakeclock.h"

#include <QStringList>

#include <functional>

namespace Parlance {

RoomName roomName(const QString &text);
UserName userName(const QString &text);

/// Who comes, and how. The defaults are a plain client without a token.
struct Visitor
{
    QString name = QStringLiteral("anna");
    QString person = {}; ///< empty: a stranger
    QString address = QStringLiteral("10.0.0.1");
    QString room = QStringLiteral("general");
    ClientKind kind = ClientKind::Plain;
    QString network = {}; ///< empty: that of the address
};

/// A ChatManager on a fake store, bus and clock, and the journal of its signals.
///
/// Rate limits are off unless \a adjust sets them. Each signal is one line of the journal: its name and what it said,
/// with sessions as #1, #2… in the order in which they came.
class Chat
{
public:
    explicit Chat(const std::function<void(ModelLimits &)> &adjust = {});

    /// Both halves of a join; the store opens the room if it must. The refusal, or who they are now.
    Result<Joined> tryJoin(const Visitor &visitor);
    /// As tryJoin(); a refusal ends the test program.
    SessionId join(const Visitor &visitor);
    SessionId join(const QString &name) { return join(Visitor {name}); }
    /// The first half alone.
    TicketId request(const Visitor &visitor);
    /// Says it and commits it.
    void say(SessionId session, const QString &content, const QString &cid = {});

    /// The lines since the last call.
    QStringList news();
    /// Of these only those that start with \a prefix.
    QStringList news(const QString &prefix);

    FakeClock clock;
    FakeStore store;
    FakeBus bus;
    ChatManager manager;
    QHash<TicketId, Error> refusals;

private:
    void connectJournal();

    QStringList m_journal;
    quint64 m_lastTicket = 0;
};

} // namespace Parlance

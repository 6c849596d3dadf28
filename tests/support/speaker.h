// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/netserver.h"
#include "support/v1support.h"
#include "support/wsclient.h"

#include <QTest>

namespace Parlance {

/// "anna" in "general", speaking parlance.v1.
class Speaker
{
public:
    explicit Speaker(NetServer &server)
        : m_server(server), client(server.ws(QStringLiteral("general"), QStringLiteral("anna")), WsClient::Speaks::Parlance)
    {
    }
    bool isIn() const { return !client.events(QStringLiteral("history_end")).isEmpty(); }
    QJsonObject welcome() const { return client.events(QStringLiteral("welcome")).value(0); }
    QString epoch() const { return welcome()[QStringLiteral("epoch")].toString(); }
    QString token() const { return welcome()[QStringLiteral("resume_token")].toString(); }
    SessionId session() const { return SessionId {welcome()[QStringLiteral("session")].toString().toULongLong()}; }
    /// Straight to the chat, so that it is quick.
    void post(int count, const QString &content = {})
    {
        for (int i = 1; i <= count; ++i)
            QVERIFY(m_server.chat().post(session(), content.isEmpty() ? QString::number(i) : content, Cid()));
    }

private:
    NetServer &m_server;

public:
    WsClient client;
};

/// The seq of the newest message in "general"; 0 where there is none.
inline quint64 headOf(NetServer &server)
{
    const Room *room = server.chat().room(general());
    return room ? room->head : 0;
}

} // namespace Parlance

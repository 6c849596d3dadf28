// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/pageserver.h"

#include "model/chatmanager.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace Parlance {

bool PageServer::seat(const QString &room, const QString &name)
{
    auto client = std::make_unique<WsClient>(m_server.ws(room, name));
    const WsClient &seated = *client;
    m_seats[room + u'/' + name] = std::move(client);
    return QTest::qWaitFor([&seated] { return seated.isConnected(); }, 5000);
}

void PageServer::say(const QString &room, const QString &name, const QStringList &texts)
{
    WsClient &client = *m_seats.at(room + u'/' + name);
    for (const QString &text : texts)
        client.say(text);
}

bool PageServer::kick(const QString &room, const QString &name, const QString &reason,
                      std::chrono::milliseconds rejoinAfter)
{
    return bool(m_server.app().chat().kick(parseRoomName(room).take(), parseUserName(name).take(), reason, rejoinAfter));
}

bool PageServer::notice(const QString &content)
{
    return bool(m_server.app().chat().notice(Notice {content, Severity::Warning, true}, RoomName()));
}

} // namespace Parlance

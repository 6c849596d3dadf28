// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/testserver.h"
#include "support/wsclient.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <map>
#include <memory>

namespace Parlance {

/// A real server on a free port, with plain clients to fill its rooms and the operator's strings to pull.
///
/// In the thread of the test, as TestServer.
class PageServer final
{
public:
    quint16 port() const { return m_server.port(); }
    TestServer &server() { return m_server; }

    /// A plain client \a name sits in \a room from now on, so that the room and its history stay.
    bool seat(const QString &room, const QString &name);
    /// That client says each of \a texts.
    void say(const QString &room, const QString &name, const QStringList &texts);

    bool kick(const QString &room, const QString &name, const QString &reason, std::chrono::milliseconds rejoinAfter);
    /// To everybody, until they dismiss it.
    bool notice(const QString &content);

private:
    TestServer m_server;
    std::map<QString, std::unique_ptr<WsClient>> m_seats; ///< by room/name
};

} // namespace Parlance

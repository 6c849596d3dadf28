// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/rawclient.h"

#include <QJsonDocument>
#include <QJsonObject>

// What a RawClient says in a room, and how it knows that it is there.

namespace Parlance {

/// The command that says \a content, without a frame around it.
inline QByteArray message(const QString &content, const QString &cid = {})
{
    QJsonObject command {{QStringLiteral("type"), QStringLiteral("message")}, {QStringLiteral("content"), content}};
    if (!cid.isEmpty())
        command.insert(QStringLiteral("cid"), cid);
    return QJsonDocument(command).toJson(QJsonDocument::Compact);
}

/// Whether the whole head of a 101 has come.
inline bool hasJoined(const RawClient &client)
{
    return client.received().startsWith("HTTP/1.1 101 ") && client.received().contains("\r\n\r\n");
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/serverapi.h"

#include "protocol/eventcodec.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

/// "rooms" has the names; a server that counts says more of the same rooms in "details".
QList<ServerRoom> parseRooms(const QJsonObject &answer)
{
    QHash<QString, int> people;
    for (const QJsonValue value : answer.value("details"_L1).toArray()) {
        const QJsonObject detail = value.toObject();
        people.insert(detail.value("name"_L1).toString(), detail.value("users"_L1).toInt(-1));
    }
    QList<ServerRoom> rooms;
    for (const QJsonValue value : answer.value("rooms"_L1).toArray()) {
        const QString name = value.toString();
        if (!name.isEmpty() && rooms.size() < ServerRoomsModel::kMaxRooms)
            rooms.append({name, people.value(name, -1)});
    }
    return rooms;
}

QList<MessageEvent> parseMessages(const QJsonObject &answer)
{
    QList<MessageEvent> messages;
    for (const QJsonValue value : answer.value("messages"_L1).toArray()) {
        const Result<Event> event = decodeEvent(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
        if (!event)
            continue;
        if (const auto *message = std::get_if<MessageEvent>(&event.value()))
            messages.append(*message);
    }
    return messages;
}

} // namespace

ServerApi::ServerApi(const ServerAddress &address, QObject *parent) : QObject(parent), m_address(address)
{
    m_network.setRedirectPolicy(QNetworkRequest::SameOriginRedirectPolicy);
    m_network.setTransferTimeout(kTimeoutMs);
}

QNetworkReply *ServerApi::get(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setRawHeader("Accept", "application/json");
    QNetworkReply *reply = m_network.get(request);
    connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received) {
        if (received > kMaxAnswerBytes)
            reply->abort();
    });
    return reply;
}

void ServerApi::fetchRooms()
{
    if (m_roomsReply)
        return;
    m_roomsReply = get(m_address.apiUrl(u"/api/rooms"_s));
    connect(m_roomsReply, &QNetworkReply::finished, this, [this] {
        QNetworkReply *reply = m_roomsReply;
        m_roomsReply.clear();
        const QJsonDocument document = QJsonDocument::fromJson(reply->readAll());
        if (reply->error() != QNetworkReply::NoError || !document.isObject())
            emit roomsFailed(reply->errorString());
        else
            emit roomsFetched(parseRooms(document.object()));
    });
}

void ServerApi::fetchOlder(const QString &room, quint64 before)
{
    const QString segment = QString::fromLatin1(QUrl::toPercentEncoding(room));
    QUrl url = m_address.apiUrl(u"/api/rooms/%1/messages"_s.arg(segment));
    const QString limit = u"limit=%1"_s.arg(kOlderMessages);
    url.setQuery(before > 0 ? u"%1&before=%2"_s.arg(limit).arg(before) : limit);
    QNetworkReply *reply = get(url);
    connect(reply, &QNetworkReply::finished, this, [this, reply, room] {
        const QJsonDocument document = QJsonDocument::fromJson(reply->readAll());
        if (reply->error() != QNetworkReply::NoError || !document.isObject())
            emit olderFailed(room, reply->errorString());
        else
            emit olderFetched(room, parseMessages(document.object()), document[u"has_more"_s].toBool());
    });
}

} // namespace Parlance::Client

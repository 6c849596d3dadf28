// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/chat/serveraddress.h"
#include "client-gui/chat/serverroomsmodel.h"
#include "protocol/events.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>

#include <functional>

class QNetworkReply;

namespace Parlance::Client {

/// The little of the server's REST interface that the client needs.
///
/// Answers come as signals, in the GUI thread. Every request ends: transfers time out, answers are
/// bounded, redirects to other hosts are not followed, and HTTP/2 is off (CVEs of Qt 6.4).
class ServerApi final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServerApi)

public:
    static constexpr int kTimeoutMs = 10'000;
    static constexpr qint64 kMaxAnswerBytes = 8 * 1024 * 1024;
    static constexpr int kOlderMessages = 1000; ///< the most that the contract allows

    explicit ServerApi(const ServerAddress &address, QObject *parent = nullptr);

    /// roomsFetched or roomsFailed follows. While one request runs another is not started.
    void fetchRooms();
    /// Asks for messages below seq \a before; 0: for the newest. olderFetched or olderFailed follows.
    void fetchOlder(const QString &room, quint64 before);

signals:
    void roomsFetched(const QList<Parlance::Client::ServerRoom> &rooms);
    void roomsFailed(const QString &detail);
    /// At most kOlderMessages of \a room, oldest first. \a hasMore: there are some before them.
    void olderFetched(const QString &room, const QList<Parlance::MessageEvent> &messages, bool hasMore);
    void olderFailed(const QString &room, const QString &detail);

private:
    QNetworkReply *get(const QUrl &url);

    const ServerAddress m_address;
    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_roomsReply;
};

} // namespace Parlance::Client

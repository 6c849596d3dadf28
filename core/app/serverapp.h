// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "config/config.h"

#include <QObject>
#include <QStringList>

#include <memory>

namespace Parlance {

class AdminFeed;
class ChatManager;
class FrontDoor;
class RouteTable;

/// One running chat server: everything built from a configuration, in the order in which it depends.
///
/// Thread: the hub, where it is made, used and destroyed.
class ServerApp final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServerApp)

public:
    /// Builds the server and listens. Fails with AddressInUse, or BadParameter for an address that cannot
    /// be listened on. \a config must be valid; \a clock must outlive the server.
    static Result<std::unique_ptr<ServerApp>> start(const Config &config, const Clock &clock);
    ~ServerApp() override;

    quint16 port() const;
    /// `http://ADDRESS:PORT`, one per address that people can use, the most useful first.
    QStringList urls() const;

    AdminFeed &adminFeed();
    ChatManager &chat();
    const RouteTable &routes() const;

    /// Takes nobody in any more, tells everybody, closes. drained() follows, at most 5 s later. Once.
    void drain();

signals:
    void drained();

private:
    struct Parts;
    explicit ServerApp(std::unique_ptr<Parts> parts);
    void finishWhenDrained();

    std::unique_ptr<Parts> m_parts;
    bool m_draining = false;
};

} // namespace Parlance

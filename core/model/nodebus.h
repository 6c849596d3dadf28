// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/message.h"

#include <QObject>

namespace Parlance {

/// The way to the other nodes of one chat.
///
/// Thread: the hub. What a node commits it publishes; what others committed comes back as delivered().
class NodeBus : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NodeBus)

public:
    explicit NodeBus(QObject *parent = nullptr) : QObject(parent) {}

    /// Called once per message, after its commit, in seq order per room.
    virtual void publish(const Message &message) = 0;

signals:
    /// A message that another node committed; in seq order per room.
    void delivered(const Parlance::Message &message);
};

} // namespace Parlance

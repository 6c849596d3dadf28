// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonObject>

#include <functional>

namespace Parlance {

/// What the control socket is a door to. Thread: the hub.
class ControlHandler
{
public:
    virtual ~ControlHandler() = default;

    using Reply = std::function<void(const Result<QJsonObject> &)>;
    /// Answers \a command with \a request's other members: \a reply is called once, now or later.
    virtual void answer(const QString &command, const QJsonObject &request, const Reply &reply) = 0;

    /// Gives up the data, so that somebody else can work on it: everybody is told to come back, and \a paused is called
    /// once the data directory is free. Fails where that is not possible.
    virtual Status pause(std::function<void()> paused) = 0;
    /// Whoever paused is done, or gone. May come before paused was called.
    virtual void resume() = 0;
};

} // namespace Parlance

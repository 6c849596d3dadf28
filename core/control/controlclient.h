// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>

namespace Parlance {

/// parlancectl's end of the control socket. Waits for answers. Thread: any, one at a time.
class ControlClient
{
public:
    ControlClient() = default;
    ~ControlClient();
    ControlClient(ControlClient &&other) noexcept;
    ControlClient &operator=(ControlClient &&other) noexcept;

    /// To the server that has \a directory. NotFound where there is none.
    static Result<ControlClient> connect(const QString &directory);

    /// The members of the answer; what the server refuses with. Unavailable where it does not answer in time.
    Result<QJsonObject> ask(const QJsonObject &request);

private:
    explicit ControlClient(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor = -1;
    QByteArray m_read; ///< what came behind a line
};

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/fakestream.h"
#include "support/netserver.h"
#include "support/wsframes.h"

#include <QPointer>

#include <memory>

namespace Parlance {

/// Somebody in the room without a socket: what the kernel takes is the test's choice.
class Puppet
{
public:
    Puppet(NetServer &server, const QByteArray &name, bool speaksParlance = true)
    {
        auto stream = std::make_unique<FakeStream>();
        m_stream = stream.get();
        const QByteArray text = upgradeHead("/ws/general/" + name, speaksParlance ? kParlance : "");
        qsizetype scanned = 0;
        server.sockets().upgrade(std::get<RequestHead>(readRequestHead(text, scanned, {})), std::move(stream));
    }

    bool isIn() const { return m_stream && m_stream->written().startsWith("HTTP/1.1 101 "); }
    bool isGone() const { return m_stream.isNull(); }
    FakeStream &stream() { return *m_stream; }
    WsFrames frames() const { return framesAfterUpgrade(m_stream->written()); }

private:
    QPointer<FakeStream> m_stream;
};

} // namespace Parlance

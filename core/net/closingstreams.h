// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "net/httptypes.h"
#include "net/stream.h"

#include <memory>
#include <unordered_map>

namespace Parlance {

/// Connections that got their last answer and are there until the peer has read it.
/// Thread: the hub.
class ClosingStreams
{
    Q_DISABLE_COPY_MOVE(ClosingStreams)

public:
    /// \a clock must outlive it.
    explicit ClosingStreams(const Clock &clock) : m_clock(clock) {}

    /// Writes \a reply, and ends \a stream when it is read, or after kCloseGrace. May be called from inside a call
    /// of the stream's handler.
    void add(std::unique_ptr<Stream> stream, const HttpReply &reply);
    /// Ends those whose time is over. To be called about twice a second.
    void sweep();

private:
    struct Closing final : Stream::Handler
    {
        Closing(ClosingStreams &owner, std::unique_ptr<Stream> stream, Clock::Millis deadline);
        void onStreamReceived(QByteArrayView) override {} // nothing is of interest any more
        void onStreamClosed() override;

        ClosingStreams &owner;
        std::unique_ptr<Stream> stream;
        Clock::Millis deadline;
    };

    const Clock &m_clock;
    std::unordered_map<Stream *, Closing> m_closing;
};

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/closingstreams.h"

#include "net/netlimits.h"

#include <utility>

namespace Parlance {

ClosingStreams::Closing::Closing(ClosingStreams &owner_, std::unique_ptr<Stream> stream_, Clock::Millis deadline_)
    : owner(owner_), stream(std::move(stream_)), deadline(deadline_)
{
    stream->setHandler(this);
}

void ClosingStreams::Closing::onStreamClosed()
{
    owner.m_closing.erase(stream.get()); // and this with it
}

void ClosingStreams::add(std::unique_ptr<Stream> stream, const HttpReply &reply)
{
    Stream *raw = stream.get();
    m_closing.try_emplace(raw, *this, std::move(stream), m_clock.monotonic() + kCloseGrace);
    raw->write(serialise(reply, false, true));
    raw->closeWhenWritten();
}

void ClosingStreams::sweep()
{
    const Clock::Millis now = m_clock.monotonic();
    std::erase_if(m_closing, [now](const auto &entry) { return now >= entry.second.deadline; });
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <QObject>
#include <QTimer>

#include <deque>

namespace Parlance {

class HttpConnection;

/// Shares the event loop between HTTP and the chat.
///
/// In one pass of the loop requests are begun for kSlice at most, and at least one; who comes later waits for the
/// next pass, one request of each connection in turn. So a client that sends thousands of requests at once delays
/// a chat message by little more than a slice in each of the passes that it takes, and other clients by one request
/// each. A pass costs some microseconds, so that one request for each would cost a third of what HTTP can do.
/// Thread: the hub.
class HttpTurns final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::microseconds kSlice {100};

    /// \a clock must outlive the turns.
    explicit HttpTurns(const Clock &clock, QObject *parent = nullptr);

    /// True: answer one request now. False: \a connection stands in line, and its takeTurn() is called.
    bool begin(HttpConnection *connection);
    /// Out of the line, if it stands there.
    void forget(HttpConnection *connection);

private:
    void nextPass();
    bool isOver() const { return m_isBusy && m_clock.monotonicMicros() - m_began >= kSlice; }
    void start();
    void awaitPass();

    const Clock &m_clock;
    std::deque<HttpConnection *> m_line; ///< each at most once; bounded by the number of connections
    QTimer m_pass; ///< of zero milliseconds: due once in each pass of the loop
    std::chrono::microseconds m_began {0}; ///< when this pass began its first request
    bool m_isBusy = false; ///< this pass has begun one
};

} // namespace Parlance

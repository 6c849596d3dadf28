// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/poller.h"
#include "loadgen/histogram.h"
#include "loadgen/options.h"
#include "loadgen/report.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace Parlance::Bench {

class HttpConnection;

/// GET requests over a few connections: as fast as they are answered, or at a fixed rate with the intended time
/// as their start. Counts the answers that are complete and 200.
class HttpLoad
{
public:
    HttpLoad(Poller &poller, const Options &options);
    ~HttpLoad();

    /// Starts at once; answers count from \a countFromNs.
    void start(int64_t countFromNs);
    /// Sends what is due; returns when it wants to be called again.
    int64_t tick(int64_t nowNs);
    /// No further requests; ends the account.
    void stop();

    uint64_t failed() const { return m_failed; }
    void describe(Report &report) const;

private:
    friend class HttpConnection;

    void answered(HttpConnection &connection, int64_t intendedNs, bool good, size_t bytes);

    Poller &m_poller;
    const Options &m_options;
    sockaddr_in m_address;
    std::string m_request;
    std::vector<std::unique_ptr<HttpConnection>> m_connections;
    std::vector<HttpConnection *> m_free;
    std::deque<int64_t> m_due; // intended times that no connection was free for
    Histogram m_latency;
    int64_t m_startNs = 0;
    int64_t m_countFromNs = 0;
    int64_t m_stopNs = 0;
    uint64_t m_asked = 0;
    uint64_t m_opened = 0;
    uint64_t m_good = 0;
    uint64_t m_failed = 0;
    uint64_t m_bytes = 0;
    bool m_running = false;
};

} // namespace Parlance::Bench

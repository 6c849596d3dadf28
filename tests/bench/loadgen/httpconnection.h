// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/poller.h"

#include <cstdint>
#include <string>

namespace Parlance::Bench {

class HttpLoad;

/// One connection of HttpLoad; connects again where it was closed.
class HttpConnection final : public Pollable
{
public:
    explicit HttpConnection(HttpLoad &load) : m_load(load) {}
    ~HttpConnection();

    /// One request; HttpLoad::answered() tells how it went.
    void ask(int64_t intendedNs);
    void ready(uint32_t events) override;

private:
    void open();
    void write();
    void read();
    /// Whether the whole answer is there; \a good: with status 200.
    bool complete(bool closed, bool &good) const;
    void done(bool good);
    void close();

    HttpLoad &m_load;
    int m_fd = -1;
    bool m_waiting = false;
    int64_t m_intendedNs = 0;
    size_t m_written = 0;
    std::string m_answer;
};

} // namespace Parlance::Bench

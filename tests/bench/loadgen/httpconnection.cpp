// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadgen/httpconnection.h"

#include "loadgen/httpload.h"

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <utility>

namespace Parlance::Bench {

HttpConnection::~HttpConnection()
{
    close();
}

void HttpConnection::ask(int64_t intendedNs)
{
    m_intendedNs = intendedNs;
    m_waiting = true;
    m_written = 0;
    m_answer.clear();
    if (m_fd < 0)
        open();
    else
        write();
}

void HttpConnection::open()
{
    m_fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_fd < 0) {
        done(false);
        return;
    }
    const int on = 1;
    setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    bindSource(m_fd, m_load.m_options, m_load.m_opened++);
    const auto &address = m_load.m_address;
    if (connect(m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 && errno != EINPROGRESS) {
        close();
        done(false);
        return;
    }
    m_load.m_poller.add(m_fd, EPOLLIN | EPOLLOUT, this);
}

void HttpConnection::ready(uint32_t events)
{
    if (m_fd < 0)
        return;
    if ((events & EPOLLOUT) != 0 && m_written < m_load.m_request.size())
        write();
    if (m_fd >= 0 && (events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0)
        read();
}

void HttpConnection::write()
{
    const std::string &request = m_load.m_request;
    const ssize_t sent = send(m_fd, request.data() + m_written, request.size() - m_written, MSG_NOSIGNAL);
    if (sent > 0)
        m_written += size_t(sent);
    m_load.m_poller.change(m_fd, m_written < request.size() ? EPOLLIN | EPOLLOUT : EPOLLIN, this);
}

void HttpConnection::read()
{
    static std::array<char, 64 * 1024> buffer;
    const ssize_t got = recv(m_fd, buffer.data(), buffer.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got > 0)
        m_answer.append(buffer.data(), size_t(got));
    const bool closed = got <= 0;
    bool good = false;
    const bool whole = m_waiting && complete(closed, good);
    if (closed || (whole && m_load.m_options.httpClose))
        close();
    if (m_waiting && (whole || closed))
        done(good);
}

bool HttpConnection::complete(bool closed, bool &good) const
{
    const size_t end = m_answer.find("\r\n\r\n");
    if (end == m_answer.npos)
        return false;
    std::string head = m_answer.substr(0, end + 2);
    std::transform(head.begin(), head.end(), head.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    constexpr std::string_view field = "\r\ncontent-length:";
    const size_t at = head.find(field);
    const size_t body = m_answer.size() - end - 4;
    bool whole = closed;
    if (at != head.npos) {
        const size_t number = head.find_first_not_of(' ', at + field.size());
        size_t length = 0;
        std::from_chars(head.data() + number, head.data() + head.size(), length);
        whole = body >= length;
    }
    good = whole && head.starts_with("http/1.1 200 ");
    return whole;
}

void HttpConnection::done(bool good)
{
    m_waiting = false;
    m_load.answered(*this, m_intendedNs, good, m_answer.size());
}

void HttpConnection::close()
{
    if (const int fd = std::exchange(m_fd, -1); fd >= 0)
        ::close(fd);
}

} // namespace Parlance::Bench

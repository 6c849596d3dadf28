// SPDX-License-Identifier: GPL-3.0-or-later
// The peer in C++: Boost.Beast, one thread, built like its own chat example: each session has a queue of shared
// messages and writes them one after the other.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <nlohmann/json.hpp>

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using Tcp = asio::ip::tcp;

namespace {

class Session;

struct Room {
    std::unordered_set<Session *> members;
    std::uint64_t seq = 0;
};

using Rooms = std::unordered_map<std::string, Room>;

std::string timestamp()
{
    using namespace std::chrono;
    const auto now = floor<milliseconds>(system_clock::now());
    const auto day = floor<days>(now);
    const year_month_day date {day};
    const hh_mm_ss time {now - day};
    char text[80];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), int(time.hours().count()), int(time.minutes().count()),
                  int(time.seconds().count()), int(time.subseconds().count()));
    return text;
}

class Session : public std::enable_shared_from_this<Session>
{
public:
    Session(Tcp::socket socket, Rooms &rooms) : m_stream(std::move(socket)), m_rooms(rooms) {}

    ~Session()
    {
        if (m_room == nullptr)
            return;
        m_room->members.erase(this);
        if (m_room->members.empty())
            m_rooms.erase(m_roomName);
    }

    void start()
    {
        beast::get_lowest_layer(m_stream).socket().set_option(Tcp::no_delay(true));
        beast::http::async_read(beast::get_lowest_layer(m_stream), m_buffer, m_request,
                                [self = shared_from_this()](beast::error_code error, std::size_t) {
                                    if (!error)
                                        self->upgrade();
                                });
    }

    void send(const std::shared_ptr<const std::string> &text)
    {
        m_queue.push_back(text);
        if (m_queue.size() == 1)
            write();
    }

private:
    void upgrade()
    {
        const std::string target(m_request.target());
        const std::size_t slash = target.rfind('/');
        if (!target.starts_with("/ws/") || slash < 5)
            return;
        m_roomName = target.substr(4, slash - 4);
        m_user = target.substr(slash + 1);
        m_stream.async_accept(m_request, [self = shared_from_this()](beast::error_code error) {
            if (error)
                return;
            self->m_request = {};
            self->m_stream.text(true);
            self->m_room = &self->m_rooms[self->m_roomName];
            self->m_room->members.insert(self.get());
            self->read();
        });
    }

    void read()
    {
        m_stream.async_read(m_buffer, [self = shared_from_this()](beast::error_code error, std::size_t) {
            if (error)
                return;
            self->received();
            self->m_buffer.consume(self->m_buffer.size());
            self->read();
        });
    }

    void received()
    {
        const auto data = m_buffer.cdata();
        const char *begin = static_cast<const char *>(data.data());
        const nlohmann::json command = nlohmann::json::parse(begin, begin + data.size(), nullptr, false);
        if (!command.is_object() || command.value("type", "") != "message")
            return;
        const std::uint64_t seq = ++m_room->seq;
        const nlohmann::ordered_json event {{"id", "0123456789abcdef0123456789abcdef-" + std::to_string(seq)},
                                            {"username", m_user},
                                            {"content", command.value("content", "")},
                                            {"timestamp", timestamp()},
                                            {"message_type", "message"},
                                            {"room", m_roomName},
                                            {"seq", seq}};
        const auto text = std::make_shared<const std::string>(event.dump());
        for (Session *member : m_room->members)
            member->send(text);
    }

    void write()
    {
        m_stream.async_write(asio::buffer(*m_queue.front()), [self = shared_from_this()](beast::error_code error, std::size_t) {
            if (error)
                return;
            self->m_queue.pop_front();
            if (!self->m_queue.empty())
                self->write();
        });
    }

    websocket::stream<beast::tcp_stream> m_stream;
    Rooms &m_rooms;
    beast::flat_buffer m_buffer;
    beast::http::request<beast::http::string_body> m_request;
    std::string m_roomName;
    std::string m_user;
    Room *m_room = nullptr;
    std::deque<std::shared_ptr<const std::string>> m_queue;
};

void accept(Tcp::acceptor &acceptor, Rooms &rooms)
{
    acceptor.async_accept([&acceptor, &rooms](beast::error_code error, Tcp::socket socket) {
        if (!error)
            std::make_shared<Session>(std::move(socket), rooms)->start();
        accept(acceptor, rooms);
    });
}

} // namespace

int main()
{
    rlimit descriptors;
    getrlimit(RLIMIT_NOFILE, &descriptors);
    descriptors.rlim_cur = descriptors.rlim_max;
    setrlimit(RLIMIT_NOFILE, &descriptors);

    Rooms rooms; // outlives the sessions that the context keeps
    asio::io_context context(1);
    Tcp::acceptor acceptor(context, {asio::ip::make_address("127.0.0.1"), 0});
    acceptor.listen(4096);
    accept(acceptor, rooms);
    asio::signal_set signals(context, SIGTERM, SIGINT);
    signals.async_wait([&context](beast::error_code, int) { context.stop(); });
    std::printf("listening on http://127.0.0.1:%d\n", int(acceptor.local_endpoint().port()));
    std::fflush(stdout);
    context.run();
    return 0;
}

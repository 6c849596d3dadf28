// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadgen/options.h"

#include "loadgen/marker.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string_view>
#include <vector>

namespace Parlance::Bench {

namespace {

struct Option {
    std::string_view name;
    std::string_view value; // what the help calls it; empty for a switch
    const char *help;
    std::function<bool(std::string_view)> set;
};

template <typename Number>
Option number(std::string_view name, const char *help, Number &target, std::string_view value = "N")
{
    return {name, value, help, [&target](std::string_view text) {
                const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), target);
                return error == std::errc() && end == text.data() + text.size() && target >= 0;
            }};
}

Option text(std::string_view name, std::string_view value, const char *help, std::string &target)
{
    return {name, value, help, [&target](std::string_view given) {
                target = given;
                return true;
            }};
}

Option flag(std::string_view name, const char *help, bool &target)
{
    return {name, {}, help, [&target](std::string_view) { return target = true; }};
}

bool setMode(std::string_view name, Mode &mode)
{
    constexpr std::pair<std::string_view, Mode> modes[] = {
        {"closed", Mode::Closed}, {"open", Mode::Open}, {"idle", Mode::Idle}, {"joins", Mode::Joins}, {"http", Mode::Http}};
    for (const auto &[known, value] : modes) {
        if (known == name) {
            mode = value;
            return true;
        }
    }
    return false;
}

std::vector<Option> optionTable(Options &o)
{
    return {
        {"mode", "MODE", "closed: senders keep a window of messages in flight; open: a fixed rate of messages;\n"
                         "idle: connections that only hold; joins: connections as fast as they come; http: REST",
         [&o](std::string_view name) { return setMode(name, o.mode); }},
        text("address", "IPV4", "where the server listens (127.0.0.1)", o.address),
        number("port", "the server's port", o.port),
        text("path", "TEMPLATE", "path of the upgrade (/ws/{room}/{user})", o.path),
        text("subprotocol", "NAME", "WebSocket subprotocol to ask for (none)", o.subprotocol),
        text("room-prefix", "TEXT", "how the rooms' names start (bench)", o.roomPrefix),
        number("clients", "connections that chat (100)", o.clients),
        number("rooms", "rooms that they are spread over (1)", o.rooms),
        number("senders", "how many of them send (10)", o.senders),
        number("idle", "further connections in silent rooms of a hundred (0)", o.idle),
        number("slow-readers", "further members of the first rooms that stop reading once they have joined (0)", o.slowReaders),
        number("window", "closed: messages that a sender has in flight (1)", o.window),
        number("rate", "open: messages per second of all senders together (500)", o.rate),
        number("messages", "open: ends after this many messages in the measured window, not after a time (0: off)", o.messages),
        number("content", "bytes of content of a message, from 38 (64)", o.contentBytes),
        flag("cid", "each message has a random cid", o.hasCid),
        flag("check-all", "follow the order at each receiver, not at one per room (open and idle do always)", o.checkAll),
        number("warmup", "seconds of traffic before the measured window (1)", o.warmupSeconds, "S"),
        number("seconds", "length of the measured window (5)", o.seconds, "S"),
        number("quiet", "seconds of silence between joining and traffic (0.3)", o.quietSeconds, "S"),
        number("inflight", "connections under way at once (64)", o.inflight),
        number("step", "joins: how many joins each reported time is for (100)", o.step),
        flag("proof", "joins: afterwards each client says something and must hear it", o.proof),
        number("watch", "process whose processor time and memory are reported", o.watchPid, "PID"),
        text("http-path", "PATH", "REST request to send beside the chat, or in mode http", o.httpPath),
        number("http-connections", "connections for it (16)", o.httpConnections),
        number("http-rate", "requests per second, with the intended time as start (0: as fast as they are answered)", o.httpRate),
        flag("http-close", "a new connection for each request", o.httpClose),
    };
}

[[noreturn]] void printHelp(const std::vector<Option> &table)
{
    std::puts("Usage: loadgen --port N --mode MODE [options]\n\n"
              "Puts load on a chat server and prints one JSON object. Clients are spread over the rooms in turn, and the\n"
              "first ones send. The exit code is 1 where a connection failed or a delivery was lost, repeated, out of\n"
              "order or in the wrong room.\n");
    for (const Option &option : table) {
        std::string head = "  --" + std::string(option.name) + (option.value.empty() ? "" : ' ' + std::string(option.value));
        head.resize(std::max<size_t>(head.size() + 1, 24), ' ');
        for (const char *c = option.help; *c != 0; ++c)
            head += *c == '\n' ? "\n" + std::string(24, ' ') : std::string(1, *c);
        std::puts(head.c_str());
    }
    std::exit(0);
}

[[noreturn]] void fail(const std::string &what)
{
    std::fprintf(stderr, "loadgen: %s (--help shows the options)\n", what.c_str());
    std::exit(2);
}

void checkTogether(const Options &o)
{
    in_addr parsed;
    if (inet_pton(AF_INET, o.address.c_str(), &parsed) != 1)
        fail("--address is not an IPv4 address");
    if (o.port == 0)
        fail("--port is missing");
    if (o.contentBytes < Marker::kBytes)
        fail("--content is too small");
    if (o.rooms == 0 || o.inflight == 0 || o.step == 0)
        fail("--rooms, --inflight and --step are at least 1");
    if (o.senders > o.clients)
        fail("more --senders than --clients");
    if (o.mode == Mode::Http && o.httpPath.empty())
        fail("--http-path is missing");
    if (o.mode == Mode::Open && (o.rate <= 0 || o.senders == 0))
        fail("--rate and --senders are above 0 in mode open");
}

} // namespace

Options readOptions(int argc, char **argv)
{
    Options options;
    const std::vector<Option> table = optionTable(options);
    for (int i = 1; i < argc; ++i) {
        std::string_view given = argv[i];
        if (given == "--help" || given == "-h")
            printHelp(table);
        const auto it = std::find_if(table.begin(), table.end(), [given](const Option &option) {
            return given.starts_with("--") && given.substr(2) == option.name;
        });
        if (it == table.end())
            fail("unknown option " + std::string(given));
        if (!it->value.empty() && ++i == argc)
            fail(std::string(given) + " needs a value");
        if (!it->set(it->value.empty() ? std::string_view() : argv[i]))
            fail("bad value for " + std::string(given) + ": " + argv[i]);
    }
    checkTogether(options);
    return options;
}

sockaddr_in serverAddress(const Options &options)
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(options.port);
    inet_pton(AF_INET, options.address.c_str(), &address.sin_addr);
    return address;
}

void bindSource(int fd, const Options &options, uint64_t connection)
{
    constexpr uint64_t perAddress = 20'000, addresses = 250;
    if (!options.address.starts_with("127."))
        return;
    sockaddr_in source {};
    source.sin_family = AF_INET;
    source.sin_addr.s_addr = htonl(INADDR_LOOPBACK + uint32_t(connection / perAddress % addresses));
    const int on = 1; // the port is chosen by connect(), which knows that another destination does not clash
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    bind(fd, reinterpret_cast<const sockaddr *>(&source), sizeof source);
}

} // namespace Parlance::Bench

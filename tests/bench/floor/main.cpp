// SPDX-License-Identifier: GPL-3.0-or-later
#include "floor/server.h"

#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string_view>

namespace {

volatile bool stopping = false;

void stop(int)
{
    stopping = true;
}

} // namespace

int main(int argc, char **argv)
{
    uint16_t port = 0;
    const std::string_view value = argc == 3 ? argv[2] : "";
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), port);
    if (argc != 1 && (argc != 3 || std::strcmp(argv[1], "--port") != 0 || error != std::errc() || *end != 0)) {
        std::puts("Usage: floor [--port N]\n\nThe bare chat server that the others are measured against. Port 0, the default, takes any.");
        return argc == 2 && std::strcmp(argv[1], "--help") == 0 ? 0 : 2;
    }
    std::signal(SIGTERM, stop);
    std::signal(SIGINT, stop);
    if (!Parlance::Bench::allowDescriptors(100'000))
        Parlance::Bench::allowDescriptors(20'000);
    Parlance::Bench::FloorServer server;
    port = server.listen(port);
    if (port == 0) {
        std::perror("floor: cannot listen");
        return 1;
    }
    std::printf("listening on http://127.0.0.1:%d\n", port);
    std::fflush(stdout);
    server.run(stopping);
    return 0;
}

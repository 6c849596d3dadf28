// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <netinet/in.h>

#include <cstdint>
#include <string>

namespace Parlance::Bench {

enum class Mode { Closed, Open, Idle, Joins, Http };

struct Options {
    Mode mode = Mode::Closed;
    std::string address = "127.0.0.1"; // IPv4
    uint16_t port = 0;
    std::string path = "/ws/{room}/{user}";
    std::string subprotocol;
    std::string roomPrefix = "bench";

    uint32_t clients = 100;
    uint32_t rooms = 1;
    uint32_t senders = 10;
    uint32_t idle = 0;
    uint32_t slowReaders = 0;
    uint32_t window = 1;
    double rate = 500;
    uint64_t messages = 0;
    uint32_t contentBytes = 64;
    bool hasCid = false;
    bool checkAll = false;

    double warmupSeconds = 1;
    double seconds = 5;
    double quietSeconds = 0.3;
    uint32_t inflight = 64;
    uint32_t step = 100;
    bool proof = false;
    int watchPid = 0;

    std::string httpPath;
    uint32_t httpConnections = 16;
    double httpRate = 0;
    bool httpClose = false;
};

/// Reads the command line. Prints the help (exit code 0) or what is wrong (exit code 2) and ends the program.
Options readOptions(int argc, char **argv);

/// Where the server listens.
sockaddr_in serverAddress(const Options &options);

/// Binds \a fd to one of the addresses 127.0.0.1, 127.0.0.2, …, 20,000 connections to each: an address has no
/// more than some 28,000 ports to connect from. Does nothing for a server elsewhere.
void bindSource(int fd, const Options &options, uint64_t connection);

} // namespace Parlance::Bench

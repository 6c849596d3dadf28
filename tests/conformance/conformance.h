// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "rawframe.h"
#include "support/netserver.h"
#include "support/rawclient.h"
#include "support/wsframes.h"

#include <QByteArrayList>

#include <functional>

namespace Parlance {

/// What a server says, one entry for each frame: "message TEXT" for a chat message that came back, "error CODE",
/// "pong PAYLOAD", "close CODE".
using Answers = QByteArrayList;

/// One row: what a client sends once it is in a room, and what RFC 6455 and the contract want to hear.
struct WsCase
{
    QByteArray name;
    QByteArray section; ///< of RFC 6455
    QByteArray bytes;
    Answers answers;
    Answers instead = {}; ///< what this server says; empty: what it should
    QByteArray reason = {}; ///< for the deviation
};

/// Runs the event loop until \a isTrue; false after ten seconds. Sleeps only where there is nothing to do.
bool until(const std::function<bool()> &isTrue);

/// Plays cases against a server of its own. Thread: the test's.
class Conformance
{
public:
    explicit Conformance(QByteArray group) : m_group(std::move(group)) {}

    /// Makes the rows of a Qt Test table: each case once in one write, once in pieces, once octet by octet.
    static void addRows(const QList<WsCase> &cases);
    /// Plays the current row and compares.
    void playRow();

    /// In a room of its own, with nothing received yet. Null, and a failure, where that did not work.
    std::unique_ptr<RawClient> join();
    NetServer &server() { return m_server; }
    /// The room that join() entered last.
    QByteArray room() const { return "r" + QByteArray::number(m_rooms); }

    /// What \a client heard since it is in. "fault …" is an entry too: a frame that no server may send.
    static Answers heard(const RawClient &client);
    /// Sends \a bytes cut after each \a pieceSize (0: not at all), and lets the server read each piece by itself.
    void sendInPieces(RawClient &client, const QByteArray &bytes, qsizetype pieceSize);
    /// Writes a line for the report, where one is asked for by PARLANCE_CONFORMANCE_REPORT.
    void record(const QByteArray &name, const QByteArray &section, const QByteArray &expected,
                const QByteArray &instead, const QByteArray &reason) const;

private:
    void compare(RawClient &client, const Answers &expected, bool isPongPerPing);

    QByteArray m_group;
    NetServer m_server;
    int m_rooms = 0;
};

} // namespace Parlance

Q_DECLARE_METATYPE(Parlance::WsCase)

// SPDX-License-Identifier: GPL-3.0-or-later
// How QWebSocket reads and writes frames.
#include "qtwebsockets.h"
#include "support/wsframes.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

namespace {

constexpr qint64 kMegabyte = 1024 * 1024;

/// What a client that is told \a bytes hears: texts that the server got, and its close code.
struct Outcome
{
    QStringList texts;
    int closeCode = 0;
};

Outcome outcomeOf(const QByteArray &bytes)
{
    QtWebSocketPair pair;
    pair.client.send(bytes);
    until([&pair] { return pair.client.isEnded() || !pair.server.texts.isEmpty(); }, 2s);
    linger(50ms);
    return {pair.server.texts, readFrames(pair.client.received()).closeCode()};
}

Finding hugeDefaults()
{
    QWebSocket socket;
    return finding(socket.maxAllowedIncomingFrameSize() > quint64(kMegabyte) * 1000,
                   u"frame %1, message %2 bytes"_s.arg(socket.maxAllowedIncomingFrameSize()).arg(socket.maxAllowedIncomingMessageSize()));
}

Finding bufferedAsClaimed()
{
    QtWebSocketPair pair;
    const qint64 before = residentBytes();
    pair.client.send(QByteArray("\x82\xFF\0\0\0\0\x20\0\0\0\0\0\0\0", 14)); // 512 MiB
    for (int i = 0; i < 64 && !pair.client.isEnded(); ++i) {
        pair.client.send(QByteArray(kMegabyte, 'x'));
        until([&pair] { return pair.client.unsentBytes() == 0 || pair.client.isEnded(); });
    }
    linger(500ms);
    const qint64 held = pair.tcp()->bytesAvailable() / kMegabyte;
    return finding(held > 32, u"a frame that claims 512 MiB: 64 MiB were sent, %1 MiB wait in the socket, memory grew by %2 MiB"_s
                       .arg(held).arg((residentBytes() - before) / kMegabyte));
}

QByteArray halfFrame()
{
    return wsText(QByteArray(100, 'x')).first(50);
}

Finding dripNeverEnds()
{
    QtWebSocketPair pair;
    const QByteArray half = halfFrame();
    for (const QByteArray &piece : {half.first(10), half.mid(10, 10), half.mid(20, 10)}) {
        pair.client.send(piece);
        linger(300ms);
    }
    until([&pair] { return pair.client.isEnded(); }, 15s);
    return finding(!pair.client.isEnded(), pair.client.isEnded() ? u"closed"_s
                       : u"three segments of a frame, then nothing: open after 15 s, though Qt's timer is one of 5 s"_s);
}

Finding pauseEnds()
{
    QtWebSocketPair pair;
    pair.client.send(halfFrame());
    until([&pair] { return pair.client.isEnded(); }, 10s);
    const int code = readFrames(pair.client.received()).closeCode();
    return finding(pair.client.isEnded(), pair.client.isEnded() ? u"a pause of over 5 s after the first segment of a frame: close %1"_s.arg(code)
                                                                : u"the connection is open after 10 s"_s);
}

Finding unmasked()
{
    const Outcome outcome = outcomeOf(toBytes({1, "unmasked", true, false}));
    return finding(!outcome.texts.isEmpty(), outcome.texts.isEmpty() ? u"close %1"_s.arg(outcome.closeCode) : u"taken as a message"_s);
}

Finding cutCharacter()
{
    const Outcome outcome = outcomeOf(Hazard::cutCharacter("gr", "n"));
    return finding(outcome.closeCode == 1007, outcome.texts.isEmpty() ? u"close %1"_s.arg(outcome.closeCode) : u"taken as a message"_s);
}

Finding droppedMark()
{
    const Outcome outcome = outcomeOf(Hazard::markedFragment("a", "b"));
    const QString text = outcome.texts.value(0);
    return finding(text == u"ab", u"\"a\" and \"U+FEFF b\" arrive as %1 characters"_s.arg(text.size()));
}

Finding pongsWithoutEnd()
{
    QtWebSocketPair pair(8192);
    pair.client.stopReading();
    const QByteArray pings = toBytes({9, QByteArray(125, 'p')}).repeated(20'000);
    for (int i = 0; i < 8; ++i) {
        pair.client.send(pings);
        until([&pair] { return pair.client.unsentBytes() == 0; });
    }
    until([&pair] { return pair.tcp()->bytesAvailable() == 0; });
    const qint64 waiting = pair.tcp()->bytesToWrite();
    return finding(waiting > 4 * kMegabyte, u"160,000 pings and no reading: %1 MiB of pongs wait"_s.arg(waiting / kMegabyte));
}

Finding writesWithoutEnd()
{
    QtWebSocketPair pair(8192);
    pair.client.stopReading();
    for (int i = 0; i < 64; ++i)
        pair.socket()->sendTextMessage(QString(kMegabyte, u'x'));
    linger(500ms);
    const qint64 waiting = pair.tcp()->bytesToWrite() / kMegabyte;
    return finding(waiting > 32, u"64 MiB for a reader that has stopped: all accepted, %1 MiB wait"_s.arg(waiting));
}

Finding emptyFragmentsWithoutEnd()
{
    QtWebSocketPair pair;
    pair.client.send(toBytes({1, "", false}));
    const qint64 before = residentBytes();
    for (int i = 0; i < 10 && !pair.client.isEnded(); ++i) {
        pair.client.send(toBytes({0, "", false}).repeated(20'000));
        until([&pair] { return pair.client.unsentBytes() == 0; });
        linger(100ms);
    }
    until([&pair] { return pair.tcp()->bytesAvailable() == 0; });
    return finding(!pair.client.isEnded(), u"200,000 empty fragments of one message: %1, memory grew by %2 KiB"_s
                       .arg(pair.client.isEnded() ? u"closed"_s : u"the connection is open"_s)
                       .arg((residentBytes() - before) / 1024));
}

} // namespace

std::vector<Probe> webSocketFrameProbes()
{
    return {
        {"W1", "frames and messages of 2 GiB by default", hugeDefaults},
        {"W2", "what a frame claims is buffered", bufferedAsClaimed},
        {"W3", "a frame that comes in drips is waited for without end", dripNeverEnds},
        {"W4", "an honest pause inside a frame ends the connection", pauseEnds},
        {"W5", "unmasked frames are taken", unmasked},
        {"W6", "a text cut inside a character is refused", cutCharacter},
        {"W17", "pongs without a bound for who does not read", pongsWithoutEnd},
        {"W18", "writes without a bound", writesWithoutEnd},
        {"W19", "empty fragments without end", emptyFragmentsWithoutEnd},
        {"W24", "a byte order mark at the start of a fragment is dropped", droppedMark},
    };
}

} // namespace Parlance

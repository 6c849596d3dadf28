// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <utility>

namespace Parlance {

/// Proves what a client sends by RFC 6455 section 5, and puts its messages together.
///
/// Stands before QWebSocket, whose reader takes unmasked frames, decodes each fragment by itself (a
/// character cut in two ends the connection), drops a byte order mark at the start of a fragment and has
/// timers that honest pauses trip over. What it sees is what comes out here: whole text messages, one masked
/// frame each; of the pings in one read the newest, which is enough to answer (section 5.5.3); no pongs.
/// Holds at most one message.
class FrameReader
{
public:
    enum class Fault { None, Protocol, TooLarge };

    /// \a maxMessage: bytes of one message, however it is cut.
    explicit FrameReader(qint64 maxMessage) : m_maxMessage(maxMessage) {}

    /// Messages and control frames that were complete, since the beginning.
    quint64 completed() const { return m_completed; }

    /// Whole binary messages since the last call. They are counted and not passed on: nobody here speaks binary.
    quint64 takeBinaries() { return std::exchange(m_binaries, 0); }

    /// Appends to \a out what is complete with \a bytes. After a fault nothing is read any more.
    Fault read(QByteArrayView bytes, QByteArray &out);

private:
    /// Bytes that the head needs, as far as the bytes at hand tell.
    qsizetype headSize() const;
    Fault checkHead();
    void readFrames(QByteArrayView bytes, QByteArray &out);
    qsizetype readWholeMessage(QByteArrayView bytes, QByteArray &out);
    void takePayload(QByteArrayView bytes);
    void finishFrame(QByteArray &out);

    qint64 m_maxMessage;
    Fault m_fault = Fault::None;
    quint64 m_completed = 0;
    quint64 m_binaries = 0;
    QByteArray m_head;
    quint64 m_left = 0; ///< bytes of the payload still to come
    quint64 m_taken = 0; ///< bytes of the payload read; tells where in the mask we are
    bool m_inPayload = false;
    int m_messageOpcode = 0; ///< of the message whose fragments are being read; 0: none
    QByteArray m_message;
    QByteArray m_control;
    std::optional<QByteArray> m_ping; ///< the newest of this read
};

} // namespace Parlance

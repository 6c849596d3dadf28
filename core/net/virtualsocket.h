// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>

#include <utility>

namespace Parlance {

/// A QTcpSocket without a socket: QHttpServer and QWebSocketServer talk to it, we feed and drain it.
///
/// What Qt writes is kept for takeOutput(), until somebody stands at the far end.
///
/// It is always connected until disconnectPeer() or until Qt closes it. Nothing is ever waiting in it to
/// be written, so no Qt class keeps buffers for a slow client.
/// Thread: the hub.
class VirtualSocket final : public QTcpSocket
{
    Q_OBJECT

public:
    /// Hears at once what Qt does.
    class FarEnd
    {
    public:
        virtual void onQtWrote(const QByteArray &bytes) = 0;
        /// Qt closed its end.
        virtual void onQtClosed() = 0;

    protected:
        ~FarEnd() = default;
    };

    explicit VirtualSocket(const QHostAddress &peer, QObject *parent = nullptr);

    /// Puts \a bytes in front of the reader and tells it.
    void feed(const QByteArray &bytes);
    /// What Qt has written, forgotten afterwards.
    QByteArray takeOutput() { return std::exchange(m_out, {}); }
    void setFarEnd(FarEnd *farEnd) { m_farEnd = farEnd; }

    /// Keeps little from here on, for the time after the handshake of \a webSocket, which reads from here.
    ///
    /// QIODevice has a buffer of 16 KiB by then, because QWebSocketServer peeks at the handshake, and would keep
    /// it as long as the connection lasts; without one Qt reads straight from what is fed. And QWebSocket is
    /// connected to signals that no virtual socket emits.
    void settle(QObject *webSocket);
    /// The far end is gone: Qt sees a disconnect.
    void disconnectPeer();

    qint64 bytesAvailable() const override;
    qint64 bytesToWrite() const override { return 0; }
    bool canReadLine() const override;
    bool isSequential() const override { return true; }
    void setReadBufferSize(qint64) override {}
    void setSocketOption(SocketOption, const QVariant &) override {}
    void disconnectFromHost() override;
    void close() override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;
    qint64 skipData(qint64 maxSize) override;

private:
    qint64 take(qint64 maxSize);

    FarEnd *m_farEnd = nullptr;
    QByteArray m_out; ///< while nobody stands at the far end
    QByteArray m_in;
    qsizetype m_read = 0; ///< bytes of m_in that are read already
};

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>

namespace Parlance {

/// A QTcpSocket without a socket: QHttpServer and QWebSocketServer talk to it, we feed and drain it.
///
/// It is always connected until disconnectPeer() or until Qt closes it. Nothing is ever waiting in it to
/// be written, so no Qt class keeps buffers for a slow client.
/// Thread: the hub.
class VirtualSocket final : public QTcpSocket
{
    Q_OBJECT

public:
    explicit VirtualSocket(const QHostAddress &peer, QObject *parent = nullptr);

    /// Puts \a bytes in front of the reader and tells it.
    void feed(const QByteArray &bytes);
    /// From here on Qt reads straight from what is fed. Until then QIODevice keeps a buffer of 16 KiB, because
    /// QWebSocketServer peeks at the handshake, and would keep it for as long as the connection lasts.
    void dropReadBuffer();
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

signals:
    /// Qt wrote something.
    void written(const QByteArray &bytes);
    /// Qt closed its end.
    void closedByReader();

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;
    qint64 skipData(qint64 maxSize) override;

private:
    qint64 take(qint64 maxSize);

    QByteArray m_in;
    qsizetype m_read = 0; ///< bytes of m_in that are read already
};

} // namespace Parlance

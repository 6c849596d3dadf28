// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace Parlance {

/// A TCP client that sends exactly the bytes it is given and keeps what comes, straight on a descriptor:
/// no Qt class mends, buffers or reads anything on its own.
class RawClient final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QHostAddress from = QHostAddress(QHostAddress::LocalHost); ///< any of 127.0.0.0/8
        int receiveBuffer = 0; ///< bytes that the kernel keeps; 0: its own choice
    };

    /// Connects to 127.0.0.1:\a port; isOpen() tells whether that worked.
    explicit RawClient(quint16 port) : RawClient(port, Options()) {}
    RawClient(quint16 port, const Options &options);
    ~RawClient() override;

    bool isOpen() const { return m_descriptor >= 0; }
    /// The far end closed, in order or with a reset.
    bool isEnded() const { return m_ended; }
    bool wasReset() const { return m_reset; }

    /// Sends now what the kernel takes and the rest from the event loop.
    void send(const QByteArray &bytes);
    qint64 unsentBytes() const { return m_out.size(); }

    const QByteArray &received() const { return m_in; }
    /// What came so far, forgotten afterwards.
    QByteArray take() { return std::exchange(m_in, {}); }

    /// What comes is left to the kernel, as by a client that hangs.
    void stopReading() { m_readable->setEnabled(false); }
    /// The same as soon as so many bytes have come.
    void stopReadingAfter(qsizetype bytes) { m_stopAfter = bytes; }
    void resumeReading()
    {
        m_stopAfter = -1;
        m_readable->setEnabled(true);
    }
    /// Has said all, still listens.
    void halfClose();
    /// Vanishes with a reset instead of a goodbye.
    void reset();
    void close();

private:
    void onReadable();
    void onWritable();
    void release();

    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_readable;
    std::unique_ptr<QSocketNotifier> m_writable;
    QByteArray m_in;
    QByteArray m_out;
    qsizetype m_stopAfter = -1;
    bool m_halfClose = false;
    bool m_ended = false;
    bool m_reset = false;
};

} // namespace Parlance

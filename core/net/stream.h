// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHostAddress>
#include <QObject>

#include <memory>
#include <utility>
#include <vector>

namespace Parlance {

/// One accepted connection as a stream of bytes. Owns the descriptor.
///
/// Owners for a while listen to the signals. The one that stays for hours sets a handler in their place: a
/// connected signal keeps some 150 bytes per connection.
///
/// Thread: the hub.
class Stream : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Stream)

public:
    /// What the signals of the same names say, in their place.
    class Handler
    {
    public:
        virtual void onStreamReceived(QByteArrayView bytes) = 0;
        virtual void onStreamDrained() = 0;
        virtual void onStreamClosed() = 0;

    protected:
        ~Handler() = default;
    };

    explicit Stream(QObject *parent = nullptr) : QObject(parent) {}
    /// \a handler must outlive the stream, or be taken back with null.
    void setHandler(Handler *handler) { m_handler = handler; }
    /// Keeps \a token until the stream is gone: what stands for the connection in somebody's books.
    void hold(std::shared_ptr<void> token) { m_tokens.push_back(std::move(token)); }

    /// Who is counted, logged and shown for it: the other end, or whom a trusted proxy there asks for.
    virtual QHostAddress peerAddress() const = 0;
    virtual void setPeerAddress(const QHostAddress &peer) = 0;
    virtual bool isOpen() const = 0;

    /// Sends now what the kernel takes, keeps the rest; \a bytes is shared, not copied. Never blocks and
    /// never emits. Ignored when the stream is closed or closing.
    virtual void write(const QByteArray &bytes) = 0;
    /// Bytes that wait for a slow reader.
    virtual qint64 queuedBytes() const = 0;
    /// Bytes that the kernel took so far: when this does not move, the reader has stopped.
    virtual quint64 sentBytes() const = 0;

    /// False: what the peer sends stays in the kernel, so that it feels it.
    virtual void setReading(bool on) = 0;

    /// Sends what waits, then ends the stream and waits for the peer to do the same, so that no reset
    /// destroys what was said last. closed() follows when the peer is done; a deadline is the owner's.
    virtual void closeWhenWritten() = 0;
    /// Drops everything at once. Nothing is emitted afterwards.
    virtual void abort() = 0;

signals:
    /// \a bytes are only valid during the call.
    void received(QByteArrayView bytes);
    /// What had to wait is sent.
    void drained();
    /// The stream ended, by the peer, an error, or after closeWhenWritten(). Once, never from inside a call.
    void closed();

protected:
    void tellReceived(QByteArrayView bytes)
    {
        if (m_handler)
            m_handler->onStreamReceived(bytes);
        else
            emit received(bytes);
    }
    void tellDrained()
    {
        if (m_handler)
            m_handler->onStreamDrained();
        else
            emit drained();
    }
    void tellClosed()
    {
        if (m_handler)
            m_handler->onStreamClosed();
        else
            emit closed();
    }

private:
    Handler *m_handler = nullptr;
    std::vector<std::shared_ptr<void>> m_tokens;
};

} // namespace Parlance

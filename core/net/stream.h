// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHostAddress>

#include <memory>
#include <utility>

namespace Parlance {

/// One accepted connection as a stream of bytes. Owns the descriptor.
///
/// Not a QObject, and it calls a handler instead of emitting: it is there once per connection, and either would
/// keep some 200 bytes of each for nothing. It may be destroyed from inside a call of its handler.
/// Thread: the hub.
class Stream
{
    Q_DISABLE_COPY_MOVE(Stream)

public:
    /// Who owns the stream for the time being.
    class Handler
    {
    public:
        /// \a bytes are only valid during the call.
        virtual void onStreamReceived(QByteArrayView bytes) = 0;
        /// What had to wait is sent.
        virtual void onStreamDrained() {}
        /// The stream ended, by the peer, an error, or after closeWhenWritten(). Once, from the event loop, never
        /// from inside a call.
        virtual void onStreamClosed() = 0;

    protected:
        ~Handler() = default;
    };

    virtual ~Stream() = default;
    /// \a handler must outlive the stream, or be taken back with null: then nobody hears anything.
    void setHandler(Handler *handler) { m_handler = handler; }
    /// Keeps \a token until the stream is gone: what stands for the connection in somebody's books.
    void hold(std::shared_ptr<void> token)
    {
        if (m_token) // seldom more than one
            token = std::make_shared<std::pair<std::shared_ptr<void>, std::shared_ptr<void>>>(std::move(m_token), std::move(token));
        m_token = std::move(token);
    }

    /// Who is counted, logged and shown for it: the other end, or whom a trusted proxy there asks for.
    virtual QHostAddress peerAddress() const = 0;
    virtual void setPeerAddress(const QHostAddress &peer) = 0;
    virtual bool isOpen() const = 0;

    /// Sends now what the kernel takes, keeps the rest; \a bytes is shared, not copied. Never blocks and
    /// never calls the handler. Ignored when the stream is closed or closing.
    virtual void write(const QByteArray &bytes) = 0;
    /// Bytes that wait for a slow reader.
    virtual qint64 queuedBytes() const = 0;
    /// Bytes that the kernel took so far: when this does not move, the reader has stopped.
    virtual quint64 sentBytes() const = 0;

    /// False: what the peer sends stays in the kernel, so that it feels it.
    virtual void setReading(bool on) = 0;

    /// Sends what waits, then ends the stream and waits for the peer to do the same, so that no reset
    /// destroys what was said last. onStreamClosed() follows when the peer is done; a deadline is the owner's.
    virtual void closeWhenWritten() = 0;
    /// Drops everything at once. The handler is not called afterwards.
    virtual void abort() = 0;

protected:
    Stream() = default;

    void tellReceived(QByteArrayView bytes)
    {
        if (m_handler)
            m_handler->onStreamReceived(bytes);
    }
    void tellDrained()
    {
        if (m_handler)
            m_handler->onStreamDrained();
    }
    void tellClosed()
    {
        if (m_handler)
            m_handler->onStreamClosed();
    }

private:
    Handler *m_handler = nullptr;
    std::shared_ptr<void> m_token;
};

} // namespace Parlance

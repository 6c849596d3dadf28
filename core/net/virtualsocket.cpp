// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/virtualsocket.h"

#include <cstring>

namespace Parlance {

VirtualSocket::VirtualSocket(const QHostAddress &peer, QObject *parent) : QTcpSocket(parent)
{
    setOpenMode(QIODevice::ReadWrite);
    setSocketState(QAbstractSocket::ConnectedState);
    setPeerAddress(peer);
    setPeerPort(1);
}

void VirtualSocket::feed(const QByteArray &bytes)
{
    if (!isOpen())
        return;
    if (m_read == m_in.size()) {
        m_in = bytes;
        m_read = 0;
    } else {
        m_in.append(bytes);
    }
    emit readyRead();
}

void VirtualSocket::settle(QObject *webSocket)
{
    Q_ASSERT(isOpen() && bytesAvailable() == 0);
    QIODevice::open(QIODevice::ReadWrite | QIODevice::Unbuffered); // forgets its buffers
    QObject::disconnect(this, &QAbstractSocket::errorOccurred, webSocket, nullptr);
    QObject::disconnect(this, &QAbstractSocket::proxyAuthenticationRequired, webSocket, nullptr);
    QObject::disconnect(this, &QAbstractSocket::hostFound, webSocket, nullptr);
    QObject::disconnect(this, &QIODevice::readChannelFinished, webSocket, nullptr);
    QObject::disconnect(this, &QIODevice::aboutToClose, webSocket, nullptr);
    QObject::disconnect(this, &QIODevice::bytesWritten, webSocket, nullptr);
}

void VirtualSocket::disconnectPeer()
{
    if (state() == QAbstractSocket::UnconnectedState)
        return;
    setSocketState(QAbstractSocket::UnconnectedState);
    emit stateChanged(QAbstractSocket::UnconnectedState);
    emit disconnected();
}

qint64 VirtualSocket::bytesAvailable() const
{
    return QIODevice::bytesAvailable() + m_in.size() - m_read;
}

bool VirtualSocket::canReadLine() const
{
    return m_in.indexOf('\n', m_read) >= 0 || QIODevice::canReadLine();
}

void VirtualSocket::disconnectFromHost()
{
    if (state() == QAbstractSocket::UnconnectedState)
        return;
    disconnectPeer();
    if (m_farEnd)
        m_farEnd->onQtClosed();
}

/// Qt reads in a loop for as long as there are bytes; in a closed device that must be never.
void VirtualSocket::close()
{
    m_in.clear();
    m_read = 0;
    QIODevice::close();
    disconnectFromHost();
}

qint64 VirtualSocket::take(qint64 maxSize)
{
    const qint64 size = qMin(maxSize, qint64(m_in.size() - m_read));
    m_read += size;
    if (m_read == m_in.size()) {
        m_in.clear();
        m_read = 0;
    }
    return size;
}

qint64 VirtualSocket::readData(char *data, qint64 maxSize)
{
    const qint64 size = qMin(maxSize, qint64(m_in.size() - m_read));
    if (size > 0)
        std::memcpy(data, m_in.constData() + m_read, size_t(size));
    return take(size);
}

qint64 VirtualSocket::skipData(qint64 maxSize)
{
    return take(maxSize);
}

qint64 VirtualSocket::writeData(const char *data, qint64 size)
{
    if (m_farEnd)
        m_farEnd->onQtWrote(QByteArray(data, size));
    else
        m_out.append(data, size);
    return size;
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QWebSocket>

#include <utility>

namespace Parlance::Client {

/// Calls \a handler, with a QAbstractSocket::SocketError, when \a socket fails. The signal was called
/// error() before Qt 6.5; this is the one place that knows.
template <typename Context, typename Handler>
void onSocketError(QWebSocket *socket, Context *context, Handler &&handler)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QObject::connect(socket, &QWebSocket::errorOccurred, context, std::forward<Handler>(handler));
#else
    QObject::connect(socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), context,
                     std::forward<Handler>(handler));
#endif
}

/// The HTTP status with which an upgrade was refused; 0 when there was none. QWebSocket tells it only in
/// its error text.
inline int httpStatus(const QWebSocket &socket)
{
    static const QRegularExpression pattern(QStringLiteral("status code: (\\d{3})"));
    return pattern.match(socket.errorString()).captured(1).toInt();
}

} // namespace Parlance::Client

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWebSocket>

#include <utility>

namespace Parlance {

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

} // namespace Parlance

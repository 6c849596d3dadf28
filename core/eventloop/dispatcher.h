// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractEventDispatcher>

#include <memory>

namespace Parlance {

/// What drives the event loop of a server thread.
enum class EventLoopKind {
    Epoll, ///< EpollDispatcher: for many sockets. Linux only.
    Qt, ///< whatever Qt brings: GLib or poll
};

/// A dispatcher for QCoreApplication::setEventDispatcher(), before the application is made, or for
/// QThread::setEventDispatcher(), before the thread starts. Both take ownership.
///
/// nullptr means that Qt's own is to be used: asked for, no epoll on this system, or no descriptor left for
/// one (a warning says so). Neither setEventDispatcher() accepts nullptr: leave the call out then.
std::unique_ptr<QAbstractEventDispatcher> makeEventDispatcher(EventLoopKind kind);

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractEventDispatcher>

#include <memory>

namespace Parlance {

/// A dispatcher for QCoreApplication::setEventDispatcher(), before the application is made, or for
/// QThread::setEventDispatcher(), before the thread starts. Both take ownership.
///
/// nullptr means that Qt's own is to be used: no epoll on this system, or no descriptor left for one (a
/// warning says so). Neither setEventDispatcher() accepts nullptr: leave the call out then.
std::unique_ptr<QAbstractEventDispatcher> makeEpollDispatcher();

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/eventloopchoice.h"

#include "eventloop/dispatcher.h"

#include <QCoreApplication>

namespace Parlance {

void chooseEventLoop(EventLoopKind kind)
{
    if (kind != EventLoopKind::Epoll)
        return;
    if (auto dispatcher = makeEpollDispatcher())
        QCoreApplication::setEventDispatcher(dispatcher.release());
}

} // namespace Parlance

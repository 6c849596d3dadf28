// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventloop/dispatcher.h"

#include "eventloop/epolldispatcher.h"

namespace Parlance {

std::unique_ptr<QAbstractEventDispatcher> makeEventDispatcher(EventLoopKind kind)
{
    switch (kind) {
    case EventLoopKind::Epoll: return EpollDispatcher::create();
    case EventLoopKind::Qt: break;
    }
    return nullptr;
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventloop/dispatcher.h"

#include "eventloop/epolldispatcher.h"

namespace Parlance {

std::unique_ptr<QAbstractEventDispatcher> makeEpollDispatcher()
{
    return EpollDispatcher::create();
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventloop/dispatcher.h"

namespace Parlance {

std::unique_ptr<QAbstractEventDispatcher> makeEpollDispatcher()
{
    return nullptr;
}

} // namespace Parlance

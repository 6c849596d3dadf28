// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/localbus.h"

namespace Parlance {

LocalBus::LocalBus(QObject *parent) : NodeBus(parent) {}

void LocalBus::publish(const Message &) {}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "initresources.h"

#include <QDir>


// Q_INIT_RESOURCE declares a function of the global namespace, so it cannot stand inside another.
static void initAll()
{
    Q_INIT_RESOURCE(parlance_web);
}

namespace Parlance {

void initResources()
{
    initAll();
}

} // namespace Parlance

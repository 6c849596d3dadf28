// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCollator>

namespace Parlance {

/// The order in which people expect names: whatever the case, and "lab 2" before "lab 10".
QCollator nameCollator();

} // namespace Parlance

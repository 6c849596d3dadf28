// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

namespace Parlance {

/// Gives the event loop one turn: sockets and timers that are ready, posted events, and then what is to be deleted
/// later. Waits for nothing to come, so it returns at once where nothing is ready.
///
/// For what must not have happened, and for input that is to arrive in more than one piece. What is to happen is
/// waited for with QTRY_, since one turn may not be enough for it.
inline void turnLoop()
{
    QTest::qWait(0);
}

} // namespace Parlance

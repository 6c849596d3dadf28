// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/requesthead.h"

namespace Parlance::Fuzz {

struct ReferenceHead
{
    enum Verdict { Incomplete, Accepted, Refused } verdict = Incomplete;
    RequestHead head; ///< where accepted
};

/// What readRequestHead() should make of \a buffer, written from its documentation alone: plainly, without
/// regard to cost, and without its order of checks.
ReferenceHead referenceHead(QByteArrayView buffer, const HeadLimits &limits);

/// All that a head says, one thing in a line.
QByteArray describeHead(const RequestHead &head);

} // namespace Parlance::Fuzz

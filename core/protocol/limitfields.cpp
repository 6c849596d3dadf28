// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/limitfields.h"

#include "protocol/jsonwriter.h"

namespace Parlance {

void writeLimits(JsonWriter &out, const LimitsInfo &limits)
{
    out.beginObject();
    for (const LimitField &field : kLimitFields)
        out.member(field.name, limits.*field.member);
    out.endObject();
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rowranges.h"

#include <algorithm>

namespace Parlance {

namespace {
constexpr int kMaxSignals = 8;
}

QList<RowRange> mergedRows(QList<int> rows)
{
    std::sort(rows.begin(), rows.end());
    QList<RowRange> ranges;
    for (const int row : rows) {
        if (!ranges.isEmpty() && ranges.last().last + 1 == row)
            ranges.last().last = row;
        else
            ranges.append({row, row});
    }
    return ranges;
}

QList<RowRange> changedRows(QList<int> rows)
{
    const QList<RowRange> ranges = mergedRows(std::move(rows));
    if (ranges.size() <= kMaxSignals)
        return ranges;
    return {{ranges.first().first, ranges.last().last}};
}

} // namespace Parlance

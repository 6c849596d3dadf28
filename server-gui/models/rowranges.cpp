// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rowranges.h"

#include <algorithm>

namespace Parlance {

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

RowRange spanOf(const QList<int> &rows)
{
    const auto [first, last] = std::minmax_element(rows.cbegin(), rows.cend());
    return {*first, *last};
}

} // namespace Parlance

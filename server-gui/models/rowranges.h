// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

namespace Parlance {

/// Rows from first to last, both included.
struct RowRange
{
    int first = 0;
    int last = 0;
    friend bool operator==(const RowRange &, const RowRange &) = default;
};

/// \a rows in ascending order, neighbours merged. \a rows must not be sorted, but must be free of doubles.
QList<RowRange> mergedRows(QList<int> rows);

/// As mergedRows(), but one range over everything where there would be more than a view can take singly:
/// each change signal costs a sorted proxy a walk over all its rows.
QList<RowRange> changedRows(QList<int> rows);

} // namespace Parlance

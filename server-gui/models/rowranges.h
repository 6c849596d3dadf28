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

/// The one range from the first to the last of \a rows, of which there must be one.
///
/// Changes are told in one signal: a sorted proxy puts the rows of each signal into their new places among
/// the others, which goes wrong while some of those have changed and not been told yet.
RowRange spanOf(const QList<int> &rows);

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tableview.h"

#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

namespace Parlance {

TableView::TableView(QWidget *parent) : QTreeView(parent)
{
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setUniformRowHeights(true); // else every row is measured
    setAllColumnsShowFocus(true);
    setAlternatingRowColors(true);
    setSortingEnabled(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setContextMenuPolicy(Qt::CustomContextMenu);
    header()->setStretchLastSection(false);
    header()->setHighlightSections(false);
    header()->setMinimumSectionSize(fontMetrics().averageCharWidth() * 6);
}

void TableView::setColumnChars(const QList<int> &chars)
{
    for (int column = 0; column < chars.size(); ++column)
        header()->resizeSection(column, chars.at(column) * fontMetrics().averageCharWidth());
}

QList<int> TableView::selectedRows() const
{
    QList<int> rows;
    if (!selectionModel())
        return rows;
    for (const QModelIndex &index : selectionModel()->selectedRows())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        emit copyRequested();
        event->accept();
    } else if (event->matches(QKeySequence::Delete)) {
        emit deleteRequested();
        event->accept();
    } else {
        QTreeView::keyPressEvent(event);
    }
}

void TableView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    const int before = header()->length();
    const int now = viewport()->width();
    if (before <= 0 || before == now)
        return;
    int left = now;
    const int last = header()->count() - 1;
    for (int column = 0; column < last; ++column) {
        const int size = int(qint64(header()->sectionSize(column)) * now / before);
        header()->resizeSection(column, size);
        left -= header()->sectionSize(column);
    }
    header()->resizeSection(last, qMax(header()->minimumSectionSize(), left));
}

} // namespace Parlance

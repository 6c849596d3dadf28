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

} // namespace Parlance

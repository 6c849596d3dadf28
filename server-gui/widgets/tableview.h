// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace Parlance {

/// A sortable list of rows, made for many of them. Enter, Delete and Ctrl+C are told as signals.
class TableView final : public QTreeView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TableView)

public:
    explicit TableView(QWidget *parent = nullptr);

    /// The selected rows of the model, ascending.
    QList<int> selectedRows() const;

signals:
    void copyRequested();
    void deleteRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace Parlance

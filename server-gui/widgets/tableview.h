// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace Parlance {

/// A sortable list of rows, made for many of them. Its columns share the width in the proportion that they
/// have. Delete and Ctrl+C are told as signals.
class TableView final : public QTreeView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TableView)

public:
    explicit TableView(QWidget *parent = nullptr);

    /// The width of each column in average characters, before the columns are fitted to the view.
    void setColumnChars(const QList<int> &chars);
    /// The selected rows of the model, ascending.
    QList<int> selectedRows() const;

signals:
    void copyRequested();
    void deleteRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
};

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

class QAbstractItemView;

namespace Parlance {

/// Draws the rows of a view, greyed where they are no longer true. They can still be read and copied then,
/// as they could not in a disabled view.
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RowDelegate)

public:
    /// Becomes the delegate of \a view.
    explicit RowDelegate(QAbstractItemView &view);

    void setGreyed(bool greyed);
    bool isGreyed() const { return m_greyed; }
    /// A little air above and below the text.
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    QAbstractItemView &m_view;
    bool m_greyed = false;
};

} // namespace Parlance

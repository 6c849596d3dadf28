// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/rowdelegate.h"

#include <QAbstractItemView>

namespace Parlance {

RowDelegate::RowDelegate(QAbstractItemView &view) : QStyledItemDelegate(&view), m_view(view)
{
    view.setItemDelegate(this);
}

void RowDelegate::setGreyed(bool greyed)
{
    m_greyed = greyed;
    m_view.viewport()->update();
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width(), size.height() + option.fontMetrics.height() / 3};
}

void RowDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (m_greyed)
        option->state &= ~QStyle::State_Enabled;
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logdelegate.h"

#include "models/filteredlog.h"
#include "models/messagelogmodel.h"

namespace Parlance {

void LogDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    RowDelegate::initStyleOption(option, index);
    const bool said = index.data(FilteredLog::IsMessageRole).toBool();
    if (!said || index.column() == MessageLogModel::TimeColumn || index.column() == MessageLogModel::RoomColumn)
        option->palette.setColor(QPalette::Text, option->palette.color(QPalette::PlaceholderText));
    if (!said)
        option->font.setItalic(true);
    else if (index.column() == MessageLogModel::UserColumn)
        option->font.setBold(true);
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/messagedelegate.h"

#include <QPainter>

namespace Parlance::Client {

namespace {

constexpr qsizetype kMaxHeights = 4 * MessageModel::kMaxRows;
constexpr int kMaxLayouts = 300;

} // namespace

MessageDelegate::MessageDelegate(QObject *parent) : QAbstractItemDelegate(parent), m_layouts(kMaxLayouts) {}

const MessageLayout &MessageDelegate::layout(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    // Width and row together: after a resize the old layouts are simply not asked for any more.
    const quint64 key = index.data(MessageModel::LayoutKeyRole).toULongLong() << 13 | quint64(m_width & 0x1fff);
    if (const MessageLayout *known = m_layouts.object(key))
        return *known;
    auto *made = new MessageLayout(index, m_width, option.font, option.direction);
    m_layouts.insert(key, made);
    return *made;
}

void MessageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setClipRect(option.rect);
    layout(option, index).paint(*painter, option.rect.topLeft(), option.palette,
                                option.state.testFlag(QStyle::State_Selected),
                                option.state.testFlag(QStyle::State_HasFocus)
                                    && option.state.testFlag(QStyle::State_KeyboardFocusChange));
    painter->restore();
}

QSize MessageDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const quint64 key = index.data(MessageModel::LayoutKeyRole).toULongLong();
    const auto it = m_heights.constFind(key);
    if (it != m_heights.cend()) {
        const bool oneLineFits = it->leastWidth >= 0 && it->leastWidth <= m_width;
        if (it->width == m_width || oneLineFits)
            return {m_width, it->height};
    }
    // Not through the cache: measuring thousands of rows would push the visible ones out of it.
    ++m_measured;
    const MessageLayout measured(index, m_width, option.font, option.direction);
    if (m_heights.size() >= kMaxHeights)
        m_heights.clear();
    m_heights.insert(key, {m_width, measured.height(), measured.leastWidth()});
    return {m_width, measured.height()};
}

MessageHit MessageDelegate::hit(const QStyleOptionViewItem &option, const QModelIndex &index,
                                const QPoint &position) const
{
    return layout(option, index).hit(position - option.rect.topLeft());
}

void MessageDelegate::forget()
{
    m_heights.clear();
    m_layouts.clear();
}

} // namespace Parlance::Client

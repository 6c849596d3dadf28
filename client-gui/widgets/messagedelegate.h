// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/widgets/messagelayout.h"

#include <QAbstractItemDelegate>
#include <QCache>
#include <QHash>

namespace Parlance::Client {

/// Draws the rows of a transcript. Keeps the heights of all rows and the layouts of those seen last.
///
/// One per view, since widths differ.
class MessageDelegate final : public QAbstractItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageDelegate)

public:
    explicit MessageDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// What is at \a position of the view, where the row is at \a option.rect.
    MessageHit hit(const QStyleOptionViewItem &option, const QModelIndex &index, const QPoint &position) const;
    /// Another font or language: nothing kept is right any more.
    void forget();
    /// The width that rows are laid out for: the view's, whatever the option says.
    void setWidth(int width) { m_width = width; }
    /// How many rows were laid out to learn their height, since the start.
    int measured() const { return m_measured; }

private:
    struct Height
    {
        int width = 0;
        int height = 0;
        int leastWidth = -1;
    };

    const MessageLayout &layout(const QStyleOptionViewItem &option, const QModelIndex &index) const;

    int m_width = 400;
    mutable int m_measured = 0;
    mutable QHash<quint64, Height> m_heights;
    mutable QCache<quint64, MessageLayout> m_layouts;
};

} // namespace Parlance::Client

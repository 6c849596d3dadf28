// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QAbstractItemView;

namespace Parlance {

class PlainLabel;

/// Says in the middle of an empty view what to do next; goes as soon as there is a row.
class EmptyHint final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EmptyHint)

public:
    /// \a view owns the hint and has its model set already.
    explicit EmptyHint(QAbstractItemView *view);

    void setText(const QString &text);
    /// What stands in the view; empty while there are rows.
    QString shownText() const;

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    void refresh();

    QAbstractItemView *m_view;
    PlainLabel *m_label;
};

} // namespace Parlance

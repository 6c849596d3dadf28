// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace Parlance {

/// One figure in large digits above what it counts.
class CounterTile final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CounterTile)

public:
    explicit CounterTile(const QString &caption, QWidget *parent = nullptr);

    void setValue(const QString &value);
    QString value() const;

private:
    QLabel *m_value;
    QLabel *m_caption;
};

} // namespace Parlance

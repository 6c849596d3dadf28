// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/tint.h"

#include <QWidget>

namespace Parlance {

/// A coloured dot beside a word that says the same.
class StateDot final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StateDot)

public:
    explicit StateDot(QWidget *parent = nullptr);

    void setHue(Hue hue);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Hue m_hue = Hue::Neutral;
};

} // namespace Parlance

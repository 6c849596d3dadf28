// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/statedot.h"

#include <QPainter>

namespace Parlance {

StateDot::StateDot(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StateDot::setHue(Hue hue)
{
    m_hue = hue;
    update();
}

QSize StateDot::sizeHint() const
{
    const int side = fontMetrics().height() * 3 / 4;
    return {side, side};
}

void StateDot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = tintedMark(m_hue, palette());
    const QRectF circle = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
    // Neutral is a ring, so that running and stopped differ without colour too.
    painter.setPen(QPen(colour, 1.5));
    painter.setBrush(m_hue == Hue::Neutral ? Qt::NoBrush : QBrush(colour));
    painter.drawEllipse(circle);
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/lineicon.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <QPixmap>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

/// In a square of 24 units.
QPainterPath outline(LineShape shape)
{
    QPainterPath path;
    switch (shape) {
    case LineShape::Menu:
        for (const int y : {7, 12, 17}) {
            path.moveTo(4, y);
            path.lineTo(20, y);
        }
        break;
    case LineShape::People:
        path.addEllipse(QPointF(9, 8), 3.5, 3.5);
        path.moveTo(2.5, 19);
        path.cubicTo(2.5, 11.5, 15.5, 11.5, 15.5, 19);
        path.moveTo(15.5, 4.8);
        path.cubicTo(19.5, 5, 19.5, 11, 15.5, 11.2);
        path.moveTo(18, 13.8);
        path.cubicTo(20.5, 14.6, 21.5, 16.5, 21.5, 19);
        break;
    case LineShape::Send:
        path.moveTo(4, 12);
        path.lineTo(19, 12);
        path.moveTo(13, 6);
        path.lineTo(19, 12);
        path.lineTo(13, 18);
        break;
    case LineShape::Plus:
        path.moveTo(12, 5);
        path.lineTo(12, 19);
        path.moveTo(5, 12);
        path.lineTo(19, 12);
        break;
    case LineShape::Close:
        path.moveTo(6.5, 6.5);
        path.lineTo(17.5, 17.5);
        path.moveTo(17.5, 6.5);
        path.lineTo(6.5, 17.5);
        break;
    case LineShape::ArrowDown:
        path.moveTo(12, 5);
        path.lineTo(12, 19);
        path.moveTo(6, 13);
        path.lineTo(12, 19);
        path.lineTo(18, 13);
        break;
    }
    return path;
}

class LineIconEngine final : public QIconEngine
{
public:
    explicit LineIconEngine(LineShape shape) : m_shape(shape) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QGuiApplication::palette();
        QColor color = palette.color(mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active,
                                     mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const double side = std::min(rect.width(), rect.height());
        painter->translate(rect.center() + QPointF(0.5 - side / 2, 0.5 - side / 2));
        painter->scale(side / 24, side / 24);
        painter->setPen(QPen(color, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPath(outline(m_shape));
        painter->restore();
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }
    QIconEngine *clone() const override { return new LineIconEngine(m_shape); }

private:
    LineShape m_shape;
};

/// A dot in the corner: something is unread.
void drawBadge(QPixmap &pixmap)
{
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(pixmap.width() / 64.0, pixmap.height() / 64.0);
    painter.setBrush(QColor(0xd9, 0x3a, 0x2f));
    painter.setPen(QPen(Qt::white, 3));
    painter.drawEllipse(QPointF(50, 14), 12, 12);
}

} // namespace

QIcon lineIcon(LineShape shape)
{
    return QIcon(new LineIconEngine(shape));
}

QIcon appIcon(bool badge)
{
    const QPixmap drawing(u":/icons/parlance.png"_s);
    QIcon icon;
    for (const int side : {16, 22, 32, 48, 64, 128}) {
        QPixmap pixmap = drawing.scaled(side, side, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        if (badge)
            drawBadge(pixmap);
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace Parlance::Client

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <QPixmap>

namespace Parlance {

namespace {

/// The drawing on a field of 16 by 16.
struct Drawing
{
    QPainterPath lines;
    QPainterPath areas;
};

void polyline(QPainterPath &path, std::initializer_list<QPointF> points)
{
    path.moveTo(*points.begin());
    for (const QPointF &point : points)
        path.lineTo(point);
}

void bubble(QPainterPath &path)
{
    path.addRoundedRect(QRectF(1.5, 2.5, 13, 9), 2, 2);
    polyline(path, {{4.5, 11.5}, {4.5, 14.5}, {8, 11.5}});
}

Drawing draw(Glyph glyph)
{
    Drawing d;
    switch (glyph) {
    case Glyph::Start:
        d.areas.addPolygon(QPolygonF({{4, 2.5}, {13.5, 8}, {4, 13.5}, {4, 2.5}}));
        break;
    case Glyph::Stop:
        d.areas.addRoundedRect(QRectF(3, 3, 10, 10), 1, 1);
        break;
    case Glyph::Notice:
        bubble(d.lines);
        polyline(d.lines, {{8, 4.5}, {8, 7.2}});
        d.areas.addEllipse(QPointF(8, 9.3), 0.9, 0.9);
        break;
    case Glyph::Code:
        for (const QPointF &corner : {QPointF(1.5, 1.5), QPointF(9.5, 1.5), QPointF(1.5, 9.5)}) {
            d.lines.addRect(QRectF(corner, QSizeF(5, 5)));
            d.areas.addRect(QRectF(corner + QPointF(1.8, 1.8), QSizeF(1.4, 1.4)));
        }
        for (const QPointF &dot : {QPointF(9, 9), QPointF(12.8, 9), QPointF(10.9, 11), QPointF(9, 12.9), QPointF(12.8, 12.9)})
            d.areas.addRect(QRectF(dot, QSizeF(2.1, 2.1)));
        break;
    case Glyph::Overview:
        d.lines.addRoundedRect(QRectF(1.5, 1.5, 5.5, 7), 1, 1);
        d.lines.addRoundedRect(QRectF(9, 1.5, 5.5, 4), 1, 1);
        d.lines.addRoundedRect(QRectF(1.5, 10.5, 5.5, 4), 1, 1);
        d.lines.addRoundedRect(QRectF(9, 7.5, 5.5, 7), 1, 1);
        break;
    case Glyph::Rooms:
        polyline(d.lines, {{6, 2}, {4.5, 14}});
        polyline(d.lines, {{11.5, 2}, {10, 14}});
        polyline(d.lines, {{2.5, 5.5}, {14, 5.5}});
        polyline(d.lines, {{2, 10.5}, {13.5, 10.5}});
        break;
    case Glyph::People:
        d.lines.addEllipse(QPointF(8, 5), 3, 3);
        d.lines.moveTo(2.2, 14.2);
        d.lines.cubicTo(2.2, 8.8, 13.8, 8.8, 13.8, 14.2);
        d.lines.closeSubpath();
        break;
    case Glyph::Messages:
        bubble(d.lines);
        polyline(d.lines, {{4.5, 5.5}, {11.5, 5.5}});
        polyline(d.lines, {{4.5, 8.5}, {9.5, 8.5}});
        break;
    case Glyph::Copy:
        d.lines.addRoundedRect(QRectF(5.5, 5.5, 9, 9), 1, 1);
        polyline(d.lines, {{10.5, 3.2}, {10.5, 1.5}, {1.5, 1.5}, {1.5, 10.5}, {3.2, 10.5}});
        break;
    case Glyph::Open:
        polyline(d.lines, {{7, 2.5}, {2.5, 2.5}, {2.5, 13.5}, {13.5, 13.5}, {13.5, 9}});
        polyline(d.lines, {{9.5, 1.5}, {14.5, 1.5}, {14.5, 6.5}});
        polyline(d.lines, {{14.5, 1.5}, {7.5, 8.5}});
        break;
    case Glyph::Kick:
        polyline(d.lines, {{8, 2}, {2.5, 2}, {2.5, 14}, {8, 14}});
        polyline(d.lines, {{6, 8}, {14.5, 8}});
        polyline(d.lines, {{11, 4.5}, {14.5, 8}, {11, 11.5}});
        break;
    case Glyph::Close:
        polyline(d.lines, {{3.5, 3.5}, {12.5, 12.5}});
        polyline(d.lines, {{12.5, 3.5}, {3.5, 12.5}});
        break;
    case Glyph::Down:
        polyline(d.lines, {{8, 2}, {8, 13.5}});
        polyline(d.lines, {{3.5, 9}, {8, 13.5}, {12.5, 9}});
        break;
    case Glyph::Filter:
        d.lines.addEllipse(QPointF(6.5, 6.5), 4.5, 4.5);
        polyline(d.lines, {{10, 10}, {14.5, 14.5}});
        break;
    }
    return d;
}

class GlyphEngine final : public QIconEngine
{
public:
    explicit GlyphEngine(Glyph glyph) : m_glyph(glyph), m_drawing(draw(glyph)) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QGuiApplication::palette();
        const QColor colour = mode == QIcon::Disabled ? palette.color(QPalette::Disabled, QPalette::WindowText)
            : mode == QIcon::Selected                 ? palette.color(QPalette::HighlightedText)
                                                      : palette.color(QPalette::WindowText);
        constexpr double kField = 16;
        const double side = qMin(rect.width(), rect.height());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.x() + (rect.width() - side) / 2.0, rect.y() + (rect.height() - side) / 2.0);
        painter->scale(side / kField, side / kField);
        painter->fillPath(m_drawing.areas, colour);
        painter->strokePath(m_drawing.lines, QPen(colour, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect({}, size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new GlyphEngine(m_glyph); }

private:
    Glyph m_glyph;
    Drawing m_drawing;
};

} // namespace

QIcon icon(Glyph glyph)
{
    return QIcon(new GlyphEngine(glyph));
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sparkline.h"

#include "text/format.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace Parlance {

namespace {

/// The next of 1, 2, 5, 10, 20, 50, … at or above \a value: a scale that does not twitch with every sample.
double roundScale(double value)
{
    if (value <= 1)
        return 1;
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (value <= step * decade)
            return step * decade;
    }
    return 10 * decade;
}

} // namespace

Sparkline::Sparkline(const QString &title, QWidget *parent) : QWidget(parent), m_title(title)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setAccessibleName(title);
}

void Sparkline::append(double value)
{
    if (m_samples.size() == kMaxSamples)
        m_samples.removeFirst();
    m_samples.append(std::isfinite(value) ? qMax(0.0, value) : 0.0);
    describe();
    update();
}

void Sparkline::clear()
{
    m_samples.clear();
    describe();
    update();
}

void Sparkline::setSpan(int seconds)
{
    m_span = qBound(10, seconds, kMaxSamples);
    describe();
    update();
}

double Sparkline::peak() const
{
    const qsizetype shown = qMin<qsizetype>(m_span, m_samples.size());
    return shown == 0 ? 0 : *std::max_element(m_samples.cend() - shown, m_samples.cend());
}

void Sparkline::describe()
{
    setAccessibleDescription(m_samples.isEmpty() ? QString()
                                                 : tr("Now %1, highest %2 in the last %3")
                                                       .arg(Format::rate(m_samples.last()), Format::rate(peak()),
                                                            Format::duration(m_span * 1000)));
}

QSize Sparkline::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 7};
}

QSize Sparkline::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 20, fontMetrics().height() * 5};
}

void Sparkline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int line = fontMetrics().height();
    const double scale = roundScale(peak());
    const QString top = Format::count(quint64(scale));
    const int margin = fontMetrics().horizontalAdvance(top) + line / 2;
    const bool leftToRight = layoutDirection() == Qt::LeftToRight;
    const QRectF plot = QRectF(rect()).adjusted(leftToRight ? margin : 1, line / 2.0, leftToRight ? -1 : -margin,
                                                -1.3 * line);

    QColor muted = palette().color(QPalette::WindowText);
    muted.setAlphaF(0.62F);
    QColor grid = muted;
    grid.setAlphaF(0.22F);
    painter.setPen(grid);
    for (const double share : {0.0, 0.5, 1.0}) {
        const double y = std::round(plot.bottom() - share * plot.height()) + 0.5;
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    }
    painter.setPen(muted);
    const double labelLeft = leftToRight ? 0 : plot.right() + line / 2.0;
    const Qt::Alignment labelSide = leftToRight ? Qt::AlignRight : Qt::AlignLeft;
    const double labelWidth = margin - line / 2.0;
    painter.drawText(QRectF(labelLeft, plot.top() - line / 2.0, labelWidth, line), int(labelSide | Qt::AlignVCenter), top);
    painter.drawText(QRectF(labelLeft, plot.bottom() - line / 2.0, labelWidth, line), int(labelSide | Qt::AlignVCenter),
                     Format::count(0));
    const QRectF below(plot.left(), plot.bottom() + line * 0.25, plot.width(), line);
    const QString ago = m_span % 60 == 0 ? tr("%1 min ago").arg(m_span / 60) : tr("%1 s ago").arg(m_span);
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, ago);
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, tr("now"));

    const qsizetype shown = qMin<qsizetype>(m_span, m_samples.size());
    if (shown == 0)
        return;
    // Time runs to the right in every language, as on any chart recorder.
    const double step = plot.width() / (m_span - 1);
    QPainterPath curve;
    for (qsizetype i = 0; i < shown; ++i) {
        const double value = m_samples.at(m_samples.size() - shown + i);
        const QPointF point(plot.right() - step * double(shown - 1 - i), plot.bottom() - value / scale * plot.height());
        if (i == 0)
            curve.moveTo(point);
        else
            curve.lineTo(point);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath area = curve;
    area.lineTo(plot.right(), plot.bottom());
    area.lineTo(plot.right() - step * double(shown - 1), plot.bottom());
    area.closeSubpath();
    QColor accent = palette().color(QPalette::Highlight);
    painter.setPen(QPen(accent, 2.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(curve);
    accent.setAlphaF(0.18F);
    painter.fillPath(area, accent);
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/qrcodewidget.h"

#include "widgets/qrmatrix.h"

#include <QPainter>

namespace Parlance {

QrCodeWidget::QrCodeWidget(QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("QR code"));
}

void QrCodeWidget::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    const std::optional<QrMatrix> code = QrMatrix::encode(text);
    m_image = code ? code->toImage() : QImage();
    setAccessibleDescription(text);
    updateGeometry();
    update();
}

QRectF QrCodeWidget::codeRect() const
{
    if (m_image.isNull())
        return {};
    const qreal ratio = devicePixelRatioF();
    const int room = int(qMin(width(), height()) * ratio);
    const int side = qMax(1, room / m_image.width()) * m_image.width();
    const int left = (int(width() * ratio) - side) / 2;
    const int top = (int(height() * ratio) - side) / 2;
    return {left / ratio, top / ratio, side / ratio, side / ratio};
}

QSize QrCodeWidget::sizeHint() const
{
    const int side = fontMetrics().height() * 12;
    return {side, side};
}

QSize QrCodeWidget::minimumSizeHint() const
{
    // Two pixels a module is the least that a phone reads from a screen.
    const int side = qMax(2 * m_image.width(), fontMetrics().height() * 6);
    return {side, side};
}

void QrCodeWidget::paintEvent(QPaintEvent *)
{
    if (m_image.isNull())
        return;
    QPainter painter(this);
    painter.drawImage(codeRect(), m_image);
}

} // namespace Parlance

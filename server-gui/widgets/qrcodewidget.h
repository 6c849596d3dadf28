// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace Parlance {

/// Shows a text as a QR code: black on white whatever the palette, with its quiet zone, each module a whole
/// number of device pixels, as large as fits.
class QrCodeWidget final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QrCodeWidget)

public:
    explicit QrCodeWidget(QWidget *parent = nullptr);

    /// Shows nothing where \a text is empty or too long for a code.
    void setText(const QString &text);
    const QString &text() const { return m_text; }
    /// The white square with the code, in logical pixels; empty where nothing is shown.
    QRectF codeRect() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return width; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QImage m_image; ///< one pixel per module
};

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/qrmatrix.h"

#include <qrencode.h>

#include <memory>

namespace Parlance {

std::optional<QrMatrix> QrMatrix::encode(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    if (bytes.isEmpty())
        return {};
    constexpr int kSmallestVersion = 0;
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(int(bytes.size()), reinterpret_cast<const unsigned char *>(bytes.constData()),
                          kSmallestVersion, QR_ECLEVEL_M),
        &QRcode_free);
    if (!code)
        return {};
    const int size = code->width;
    QBitArray modules(size * size);
    for (int i = 0; i < size * size; ++i)
        modules.setBit(i, code->data[i] & 1);
    return QrMatrix(size, std::move(modules));
}

QImage QrMatrix::toImage() const
{
    const int side = m_size + 2 * kQuietZone;
    QImage image(side, side, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    for (int y = 0; y < m_size; ++y) {
        for (int x = 0; x < m_size; ++x) {
            if (isDark(x, y))
                image.setPixelColor(x + kQuietZone, y + kQuietZone, Qt::black);
        }
    }
    return image;
}

} // namespace Parlance

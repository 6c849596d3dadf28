// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBitArray>
#include <QImage>
#include <QString>

#include <optional>

namespace Parlance {

/// The dark and light modules of a QR code, as a value.
class QrMatrix
{
public:
    /// Light modules that must surround a code (ISO/IEC 18004).
    static constexpr int kQuietZone = 4;

    /// The smallest code for \a text in UTF-8 with error correction M. None for an empty text or one of
    /// more than 2,331 bytes.
    static std::optional<QrMatrix> encode(const QString &text);

    /// Modules per side, without the quiet zone.
    int size() const { return m_size; }
    bool isDark(int x, int y) const { return m_modules.testBit(y * m_size + x); }
    /// One pixel per module with the quiet zone, black on white.
    QImage toImage() const;

private:
    QrMatrix(int size, QBitArray modules) : m_size(size), m_modules(std::move(modules)) {}

    int m_size;
    QBitArray m_modules;
};

} // namespace Parlance

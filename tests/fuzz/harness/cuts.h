// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <random>

namespace Parlance::Fuzz {

/// Cuts an input into pieces, the same way each time: the input itself is the seed.
class Cuts
{
public:
    explicit Cuts(QByteArrayView input, quint32 salt = 0)
    {
        quint32 hash = 2166136261U ^ salt; // FNV-1a
        for (const char c : input)
            hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
        m_random.seed(hash);
        m_kind = m_random() % 3;
    }

    /// The size of the next piece, from 1 to \a left: tiny ones, larger ones or both.
    qsizetype next(qsizetype left)
    {
        const quint32 most = m_kind == 0 ? 3 : m_kind == 1 ? 200 : (m_random() % 4 == 0 ? 5000 : 8);
        return qMin(left, qsizetype(1 + m_random() % most));
    }

private:
    std::minstd_rand m_random;
    quint32 m_kind = 0;
};

} // namespace Parlance::Fuzz

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Parlance {

/// Whether so much is said that whatever can wait should. It goes by the last whole span, however often it is asked.
///
/// Thread: any, one at a time.
class BusyMeter
{
public:
    static constexpr qint64 kSpanMs = 200;
    static constexpr qsizetype kMessages = 1'000; ///< in a span: more is much

    void note(qsizetype messages) { m_count += messages; }
    /// \a now: milliseconds of a clock that never goes back.
    bool isBusy(qint64 now)
    {
        if (const qint64 span = now - m_since; span >= kSpanMs) {
            m_isBusy = m_count * kSpanMs > kMessages * span;
            m_count = 0;
            m_since = now;
        }
        return m_isBusy;
    }

private:
    qint64 m_since = 0;
    qsizetype m_count = 0;
    bool m_isBusy = false;
};

} // namespace Parlance

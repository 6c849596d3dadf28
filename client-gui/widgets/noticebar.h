// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/events.h"

#include <QList>
#include <QTimer>
#include <QWidget>

namespace Parlance::Client {

class Bar;

/// What the operator has to say, newest first, until it expires or is put away. Bound: kMaxNotices.
class NoticeBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NoticeBar)

public:
    static constexpr qsizetype kMaxNotices = 10;
    static constexpr int kPassingMs = 30'000; ///< a notice that neither sticks nor has an end

    explicit NoticeBar(QWidget *parent = nullptr);

    void add(const NoticeEvent &notice);
    Bar &bar() const { return *m_bar; }

private:
    void dismiss();
    void expire();
    void showTop();

    struct Entry
    {
        NoticeEvent notice;
        qint64 until = 0; ///< milliseconds since the Unix epoch; 0: stays
    };
    Bar *m_bar;
    QList<Entry> m_entries; ///< newest last
    QTimer m_timer;
};

} // namespace Parlance::Client

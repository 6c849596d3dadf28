// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/noticebar.h"

#include "client-gui/widgets/bar.h"

#include <QDateTime>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

constexpr qsizetype kMaxChars = 1000;

} // namespace

NoticeBar::NoticeBar(QWidget *parent) : QWidget(parent), m_bar(new Bar(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_bar);
    m_bar->setDismissable(true);
    hide();
    m_timer.setSingleShot(true);
    connect(m_bar, &Bar::dismissed, this, &NoticeBar::dismiss);
    connect(&m_timer, &QTimer::timeout, this, &NoticeBar::expire);
}

void NoticeBar::add(const NoticeEvent &notice)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const qint64 passing = notice.sticky ? 0 : now + kPassingMs;
    m_entries.append({notice, notice.until > 0 ? notice.until : passing});
    if (m_entries.size() > kMaxNotices)
        m_entries.removeFirst();
    expire();
}

void NoticeBar::dismiss()
{
    if (!m_entries.isEmpty())
        m_entries.removeLast();
    showTop();
}

void NoticeBar::expire()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_entries.removeIf([now](const Entry &entry) { return entry.until > 0 && entry.until <= now; });
    qint64 next = 0;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (entry.until > 0 && (next == 0 || entry.until < next))
            next = entry.until;
    }
    if (next > 0)
        m_timer.start(int(qBound(qint64(50), next - now, qint64(3'600'000))));
    showTop();
}

void NoticeBar::showTop()
{
    if (m_entries.isEmpty()) {
        hide();
        return;
    }
    const NoticeEvent &notice = m_entries.constLast().notice;
    const QString text = notice.content.left(kMaxChars);
    if (notice.severity == u"urgent")
        m_bar->setText(tr("Urgent, from the operator: %1").arg(text));
    else
        m_bar->setText(tr("From the operator: %1").arg(text));
    m_bar->setTone(notice.severity == u"urgent"    ? Bar::Tone::Danger
                   : notice.severity == u"warning" ? Bar::Tone::Warning
                                                   : Bar::Tone::Calm);
    show();
}

} // namespace Parlance::Client

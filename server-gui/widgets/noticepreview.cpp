// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/noticepreview.h"

#include "text/visibletext.h"
#include "widgets/plainlabel.h"
#include "widgets/tint.h"

#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

Hue hueOf(Severity severity)
{
    switch (severity) {
    case Severity::Info: return Hue::Neutral;
    case Severity::Warning: return Hue::Caution;
    case Severity::Urgent: return Hue::Bad;
    }
    return Hue::Neutral;
}

} // namespace

NoticePreview::NoticePreview(QWidget *parent)
    : QWidget(parent), m_heading(new PlainLabel), m_content(new PlainLabel), m_close(new PlainLabel(u"✕"_s))
{
    QFont bold = font();
    bold.setBold(true);
    m_heading->setFont(bold);
    m_content->setWordWrap(true);
    m_content->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 6, 10, 6);
    layout->setSpacing(10);
    layout->addWidget(m_heading, 0, Qt::AlignTop);
    layout->addWidget(m_content, 1);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    setNotice({});
}

void NoticePreview::setNotice(const Notice &notice)
{
    m_severity = notice.severity;
    switch (notice.severity) {
    case Severity::Info: m_heading->setText(tr("Notice")); break;
    case Severity::Warning: m_heading->setText(tr("Warning")); break;
    case Severity::Urgent: m_heading->setText(tr("Urgent")); break;
    }
    constexpr int kPreviewMax = 400;
    m_content->setText(notice.content.isEmpty() ? tr("(no text yet)") : visibleText(notice.content, kPreviewMax));
    m_close->setVisible(notice.sticky);
    setAccessibleName(m_heading->text() + u": "_s + m_content->text());
    update();
}

QString NoticePreview::heading() const
{
    return m_heading->text();
}

QString NoticePreview::content() const
{
    return m_content->text();
}

void NoticePreview::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), tintedBackground(hueOf(m_severity), palette()));
    painter.fillRect(QRect(layoutDirection() == Qt::LeftToRight ? 0 : width() - 4, 0, 4, height()),
                     tintedMark(hueOf(m_severity), palette()));
}

} // namespace Parlance

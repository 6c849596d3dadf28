// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/bar.h"

#include "client-gui/widgets/lineicon.h"
#include "client-gui/widgets/plainlabel.h"
#include "client-gui/widgets/theme.h"
#include "client-gui/widgets/words.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace Parlance::Client {

Bar::Bar(QWidget *parent)
    : QWidget(parent), m_label(new PlainLabel(this)), m_action(new QPushButton(this)), m_dismiss(new QToolButton(this))
{
    m_label->setWordWrap(true);
    m_action->hide();
    m_dismiss->setIcon(lineIcon(LineShape::Close));
    m_dismiss->setAutoRaise(true);
    m_dismiss->setAccessibleName(tr("Put away"));
    m_dismiss->setToolTip(tr("Put away"));
    m_dismiss->hide();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 6, 10, 6);
    row->addWidget(m_label, 1);
    row->addWidget(m_action);
    row->addWidget(m_dismiss);
    connect(m_action, &QPushButton::clicked, this, &Bar::actionTriggered);
    connect(m_dismiss, &QToolButton::clicked, this, &Bar::dismissed);
}

void Bar::setText(const QString &text)
{
    setText(text, text);
}

/// Each setAccessibleName() is an event for screen readers, and so is each text of a label without a name.
void Bar::setText(const QString &text, const QString &spoken)
{
    if (accessibleName() != spoken) {
        m_label->setAccessibleName(spoken);
        setAccessibleName(spoken);
    }
    if (m_label->text() != text)
        m_label->setText(text);
}

QString Bar::text() const
{
    return m_label->text();
}

void Bar::setAction(const QString &text, bool enabled)
{
    m_action->setText(Words::withoutMnemonic(text));
    m_action->setVisible(!text.isEmpty());
    m_action->setEnabled(enabled);
}

void Bar::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void Bar::setDismissable(bool dismissable)
{
    m_dismiss->setVisible(dismissable);
}

void Bar::paintEvent(QPaintEvent *)
{
    const QPalette colours = palette();
    QColor tone = Theme::accent(colours);
    if (m_tone == Tone::Warning)
        tone = Theme::warning(colours);
    else if (m_tone == Tone::Danger)
        tone = Theme::danger(colours);
    QPainter painter(this);
    painter.fillRect(rect(), Theme::blend(colours.color(QPalette::Base), tone, 0.12));
    painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), QRect(0, 0, 4, height())), tone);
    painter.setPen(Theme::line(colours));
    painter.drawLine(0, height() - 1, width(), height() - 1);
}

} // namespace Parlance::Client

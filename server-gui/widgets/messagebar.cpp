// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/messagebar.h"

#include "widgets/icons.h"
#include "widgets/plainlabel.h"
#include "widgets/tint.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>
#include <QToolButton>

#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr auto kNewsTime = 8s;

Hue hueOf(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::News: return Hue::Good;
    case MessageBar::Kind::Warning: return Hue::Caution;
    case MessageBar::Kind::Failure: return Hue::Bad;
    }
    return Hue::Good;
}

QString symbolOf(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::News: return u"✓"_s;
    case MessageBar::Kind::Warning: return u"!"_s;
    case MessageBar::Kind::Failure: return u"✗"_s;
    }
    return {};
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QWidget(parent), m_symbol(new PlainLabel), m_text(new PlainLabel), m_close(new QToolButton), m_timer(new QTimer(this))
{
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QFont bold = font();
    bold.setBold(true);
    m_symbol->setFont(bold);
    m_close->setObjectName(u"closeMessage"_s);
    m_close->setIcon(icon(Glyph::Close));
    m_close->setAutoRaise(true);
    m_close->setFocusPolicy(Qt::TabFocus);
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(tr("Close this message"));
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    m_timer->setSingleShot(true);
    m_timer->setInterval(kNewsTime);
    connect(m_timer, &QTimer::timeout, this, &QWidget::hide);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 6, 4);
    layout->setSpacing(10);
    layout->addWidget(m_symbol);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    hide();
}

void MessageBar::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void MessageBar::tell(Kind kind, const QString &text)
{
    if (kind == Kind::News && m_kind == Kind::Failure && !isHidden())
        return;
    m_kind = kind;
    m_symbol->setText(symbolOf(kind));
    m_text->setText(text);
    setAccessibleName(text);
    setVisible(true);
    update();
    if (kind == Kind::News)
        m_timer->start();
    else
        m_timer->stop();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::dismiss(Kind kind)
{
    if (m_kind == kind)
        hide();
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), tintedBackground(hueOf(m_kind), palette()));
    painter.fillRect(QRect(layoutDirection() == Qt::LeftToRight ? 0 : width() - 4, 0, 4, height()),
                     tintedMark(hueOf(m_kind), palette()));
}

} // namespace Parlance

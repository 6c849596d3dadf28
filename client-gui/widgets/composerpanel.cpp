// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/composerpanel.h"

#include "base/text.h"
#include "client-gui/chat/room.h"
#include "client-gui/widgets/composer.h"
#include "client-gui/widgets/lineicon.h"
#include "client-gui/widgets/plainlabel.h"
#include "client-gui/widgets/theme.h"
#include "client-gui/widgets/words.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

constexpr int kCounterShare = 80; ///< per cent of the limit from which on the counter is shown

} // namespace

ComposerPanel::ComposerPanel(Room &room, QWidget *parent)
    : QWidget(parent)
    , m_room(room)
    , m_composer(new Composer(this))
    , m_send(new QToolButton(this))
    , m_counter(new PlainLabel(this))
{
    m_composer->setAccessibleName(tr("Message"));
    m_composer->setNameSource([&room] {
        QStringList names = room.people().names();
        names.removeAll(room.connection().userName());
        return names;
    });
    m_composer->setPlainText(room.draft());
    m_composer->moveCursor(QTextCursor::End);
    m_send->setObjectName(u"sendButton"_s);
    m_send->setIcon(lineIcon(LineShape::Send));
    m_send->setIconSize({22, 22});
    m_send->setAutoRaise(true);
    m_send->setAccessibleName(tr("Send"));
    m_send->setToolTip(tr("Send (Enter)"));
    m_counter->setObjectName(u"counter"_s);
    m_counter->hide();

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(6);
    row->addWidget(m_composer, 1);
    row->addWidget(m_counter, 0, Qt::AlignBottom);
    row->addWidget(m_send, 0, Qt::AlignBottom);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);

    connect(m_composer, &Composer::sendRequested, this, &ComposerPanel::send);
    connect(m_send, &QToolButton::clicked, this, &ComposerPanel::send);
    connect(m_composer, &QPlainTextEdit::textChanged, this, &ComposerPanel::textChanged);
    connect(&room, &Room::changed, this, &ComposerPanel::roomChanged);
    connect(qApp, &QApplication::focusChanged, this, qOverload<>(&QWidget::update)); // the frame shows it
    roomChanged();
}

void ComposerPanel::send()
{
    const QString text = m_composer->toPlainText();
    if (!m_send->isEnabled() || m_composer->isComposing() || !m_room.say(text))
        return;
    m_composer->takeSent();
    m_composer->setFocus();
}

void ComposerPanel::textChanged()
{
    const QString text = m_composer->toPlainText();
    m_room.setDraft(text);
    const int chars = int(codePointCount(QStringView(text).trimmed()));
    m_room.noteTyping(chars > 0);

    const int limit = m_room.maxContentChars();
    const bool over = chars > limit;
    m_counter->setVisible(chars * 100 >= limit * kCounterShare);
    const QLocale locale;
    m_counter->setText(over ? tr("%n too many", nullptr, chars - limit)
                            : tr("%1 / %2", "characters of so many").arg(locale.toString(chars), locale.toString(limit)));
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, over ? Theme::danger(colours) : Theme::dimText(colours));
    m_counter->setPalette(colours);
    m_send->setEnabled(m_composer->isEnabled() && chars > 0 && !over);
}

void ComposerPanel::roomChanged()
{
    const ConnectionState &state = m_room.connection().state();
    QString hint;
    bool enabled = true;
    switch (state.link) {
    case Link::Kicked:
    case Link::Refused:
        hint = tr("You are not in this room.");
        enabled = false;
        break;
    case Link::Waiting: hint = tr("Offline: what you send now is delivered later."); break;
    case Link::Offline:
    case Link::Connecting:
    case Link::CatchingUp:
    case Link::Online: hint = tr("Message to %1").arg(Words::isolated(m_room.name())); break;
    }
    if (m_room.isFrozen() && enabled) {
        hint = tr("This room is frozen: nobody may write at the moment.");
        enabled = false;
    }
    m_composer->setPlaceholderText(hint);
    m_composer->setAccessibleDescription(hint);
    m_composer->setEnabled(enabled);
    textChanged();
}

void ComposerPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        textChanged();
}

void ComposerPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(m_composer->geometry()).adjusted(-4.5, -1.5, 3.5, 1.5);
    const bool focused = m_composer->hasFocus();
    painter.setPen(QPen(focused ? Theme::accent(palette()) : Theme::blend(Theme::line(palette()), palette().color(QPalette::Text), 0.2),
                        focused ? 1.6 : 1.0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box, 6, 6);
}

} // namespace Parlance::Client

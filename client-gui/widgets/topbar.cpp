// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/topbar.h"

#include "client-gui/chat/room.h"
#include "client-gui/widgets/lineicon.h"
#include "client-gui/widgets/plainlabel.h"
#include "client-gui/widgets/theme.h"
#include "client-gui/widgets/words.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

QToolButton *makeButton(LineShape shape, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(lineIcon(shape));
    button->setIconSize({22, 22});
    button->setAutoRaise(true);
    button->setCheckable(true);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

TopBar::TopBar(QWidget *parent)
    : QWidget(parent)
    , m_roomsButton(makeButton(LineShape::Menu, tr("Show or hide the rooms"), this))
    , m_peopleButton(makeButton(LineShape::People, tr("Show or hide the people"), this))
    , m_title(new ElidedLabel(this))
    , m_subtitle(new ElidedLabel(this))
{
    m_roomsButton->setObjectName(u"roomsButton"_s);
    m_roomsButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_peopleButton->setObjectName(u"peopleButton"_s);
    m_title->setObjectName(u"roomTitle"_s);
    m_title->setFont(Theme::scaled(font(), 1.15, QFont::Bold));
    m_subtitle->setObjectName(u"roomSubtitle"_s);
    m_subtitle->setFont(Theme::scaled(font(), 0.9));
    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(m_title);
    names->addWidget(m_subtitle);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 6, 8, 7);
    row->setSpacing(8);
    row->addWidget(m_roomsButton);
    row->addLayout(names, 1);
    row->addWidget(m_peopleButton);
    update();
}

void TopBar::setRoom(Room *room, bool encrypted)
{
    if (m_room)
        m_room->disconnect(this);
    m_room = room;
    m_encrypted = encrypted;
    if (m_room)
        connect(m_room, &Room::changed, this, &TopBar::update);
    update();
}

void TopBar::setUnreadElsewhere(int unread)
{
    m_unread = unread;
    update();
}

QString TopBar::subtitle() const
{
    return m_subtitle->text();
}

void TopBar::update()
{
    m_roomsButton->setText(m_unread > 0 ? QLocale().toString(m_unread) : QString());
    m_roomsButton->setToolButtonStyle(m_unread > 0 ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    m_roomsButton->setAccessibleDescription(m_unread > 0 ? Words::unread(m_unread) : QString());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, Theme::dimText(colours));
    m_subtitle->setPalette(colours);
    if (!m_room) {
        m_title->setText(tr("Parlance"));
        m_subtitle->setText(tr("Join a room to begin."));
        return;
    }
    const RoomConnection &connection = m_room->connection();
    QStringList parts;
    if (connection.isOnline())
        parts << Words::people(m_room->people().count());
    else
        parts << Words::linkShort(connection.state());
    parts << tr("you are %1").arg(Words::isolated(connection.userName()));
    if (!m_encrypted)
        parts << tr("not encrypted");
    if (!m_room->topic().isEmpty())
        parts << m_room->topic();
    m_title->setText(m_room->name());
    m_subtitle->setText(parts.join(u" \u00b7 "_s));
}

void TopBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.setPen(Theme::line(palette()));
    painter.drawLine(0, height() - 1, width(), height() - 1);
}

} // namespace Parlance::Client

// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/roompage.h"

#include "client-gui/chat/room.h"
#include "client-gui/widgets/composer.h"
#include "client-gui/widgets/composerpanel.h"
#include "client-gui/widgets/connectionbanner.h"
#include "client-gui/widgets/linkprompt.h"
#include "client-gui/widgets/messagelistview.h"
#include "client-gui/widgets/plainlabel.h"
#include "client-gui/widgets/textdialog.h"
#include "client-gui/widgets/theme.h"
#include "client-gui/widgets/words.h"

#include <QEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

RoomPage::RoomPage(Room &room, QWidget *parent)
    : QWidget(parent)
    , m_room(room)
    , m_banner(new ConnectionBanner(room, this))
    , m_older(new QPushButton(tr("Show older messages"), this))
    , m_messages(new MessageListView(this))
    , m_empty(new PlainLabel(m_messages->viewport()))
    , m_typing(new PlainLabel(this))
    , m_foot(new ComposerPanel(room, this))
{
    m_messages->setMessages(&room.messages());
    m_older->setObjectName(u"olderButton"_s);
    m_older->setFlat(true);
    m_older->hide();
    m_typing->setObjectName(u"typing"_s);
    m_typing->setContentsMargins(54, 0, 12, 2);
    m_typing->setMinimumHeight(fontMetrics().height() + 4);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_empty->setForegroundRole(QPalette::WindowText);
    m_messages->viewport()->installEventFilter(this);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_older);
    column->addWidget(m_messages, 1);
    column->addWidget(m_typing);
    column->addWidget(m_foot);
    setFocusProxy(&m_foot->composer());

    connect(m_older, &QPushButton::clicked, this, [this] {
        m_older->setEnabled(false);
        m_older->setText(tr("Loading older messages\u2026"));
        emit olderRequested();
    });
    connect(m_messages, &MessageListView::retryRequested, &room, &Room::retry);
    connect(m_messages, &MessageListView::discardRequested, &room, &Room::discard);
    connect(m_messages, &MessageListView::linkActivated, this, &RoomPage::openLink);
    connect(m_messages, &MessageListView::showTextRequested, this, &RoomPage::showText);
    connect(m_messages->verticalScrollBar(), &QScrollBar::valueChanged, this, &RoomPage::updateOlder);
    connect(m_messages->verticalScrollBar(), &QScrollBar::rangeChanged, this, &RoomPage::updateOlder);
    connect(&room, &Room::changed, this, &RoomPage::updateOlder);
    connect(&room, &Room::changed, this, &RoomPage::updateEmpty);
    connect(&room, &Room::typingChanged, this, &RoomPage::updateTyping);
    connect(&room.messages(), &QAbstractItemModel::rowsInserted, this, &RoomPage::updateEmpty);
    connect(&room.messages(), &QAbstractItemModel::rowsRemoved, this, &RoomPage::updateEmpty);
    updateEmpty();
    updateTyping();
}

Composer &RoomPage::composer() const
{
    return m_foot->composer();
}

void RoomPage::olderLoaded(const QString &fault)
{
    m_older->setEnabled(true);
    m_older->setText(fault.isEmpty() ? tr("Show older messages")
                                     : tr("The older messages could not be loaded. Try again"));
    updateOlder();
}

/// Only where the transcript ends at the top, so that it is not in the way of reading.
void RoomPage::updateOlder()
{
    const QScrollBar *bar = m_messages->verticalScrollBar();
    const bool atTop = bar->value() == bar->minimum() && m_messages->model()->rowCount() > 0;
    const bool wanted = m_room.hasOlder() && atTop;
    if (m_older->isHidden() == wanted)
        m_older->setVisible(wanted);
}

void RoomPage::updateEmpty()
{
    const bool empty = m_messages->model()->rowCount() == 0 && m_room.connection().isOnline();
    m_empty->setVisible(empty);
    if (!empty)
        return;
    m_empty->setText(tr("Nothing has been said here yet.\nWrite the first message below."));
    m_empty->setGeometry(m_messages->viewport()->rect().adjusted(20, 20, -20, -20));
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, Theme::dimText(colours));
    m_empty->setPalette(colours);
}

void RoomPage::updateTyping()
{
    m_typing->setText(Words::typing(m_room.typing()));
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, Theme::dimText(colours));
    m_typing->setPalette(colours);
}

bool RoomPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        updateEmpty();
    return QWidget::eventFilter(watched, event);
}

void RoomPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        updateTyping();
        updateEmpty();
    }
}

void RoomPage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
}

void RoomPage::openLink(const QUrl &url)
{
    promptForLink(url, window());
}

void RoomPage::showText(const QString &author, const QString &text)
{
    auto *dialog = new TextDialog(author, text, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace Parlance::Client

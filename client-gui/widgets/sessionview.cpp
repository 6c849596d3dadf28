// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/sessionview.h"

#include "client-gui/chat/chatsession.h"
#include "client-gui/widgets/composer.h"
#include "client-gui/widgets/messagelistview.h"
#include "client-gui/widgets/noticebar.h"
#include "client-gui/widgets/peoplepanel.h"
#include "client-gui/widgets/plainlabel.h"
#include "client-gui/widgets/roompage.h"
#include "client-gui/widgets/roomspanel.h"
#include "client-gui/widgets/roomswitcher.h"
#include "client-gui/widgets/topbar.h"

#include <QKeyEvent>
#include <QListView>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

constexpr int kRoomsWidth = 220;
constexpr int kPeopleWidth = 190;

bool isWriting(const QKeyEvent &event)
{
    return !event.text().isEmpty() && event.text().at(0).isPrint()
        && !(event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
}

} // namespace

SessionView::SessionView(ChatSession &session, ClientSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_settings(settings)
    , m_top(new TopBar(this))
    , m_notices(new NoticeBar(this))
    , m_splitter(new QSplitter(this))
    , m_rooms(new RoomsPanel(session))
    , m_stack(new QStackedWidget)
    , m_empty(new PlainLabel(tr("You are in no room.\nChoose one from the list, or open a new one.")))
    , m_people(new PeoplePanel)
    , m_wantRooms(settings.isShown(u"rooms"_s, true))
    , m_wantPeople(settings.isShown(u"people"_s, true))
{
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_stack->addWidget(m_empty);
    m_splitter->addWidget(m_rooms);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_people);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 0);
    m_splitter->setSizes({kRoomsWidth, 600, kPeopleWidth});
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_rooms->setMinimumWidth(150);
    m_people->setMinimumWidth(130);
    m_stack->setMinimumWidth(280);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_top);
    column->addWidget(m_notices);
    column->addWidget(m_splitter, 1);

    connect(&m_top->roomsButton(), &QToolButton::clicked, this, &SessionView::toggleRooms);
    connect(&m_top->peopleButton(), &QToolButton::clicked, this, &SessionView::togglePeople);
    connect(m_rooms, &RoomsPanel::chosen, this, &SessionView::focusComposer);
    connect(m_rooms, &RoomsPanel::leaveRequested, &session, &ChatSession::leave);
    connect(m_people, &PeoplePanel::personChosen, this, &SessionView::mention);
    connect(&session, &ChatSession::roomAdded, this, &SessionView::addRoom);
    connect(&session, &ChatSession::roomRemoved, this, &SessionView::removeRoom);
    connect(&session, &ChatSession::currentChanged, this, &SessionView::showRoom);
    connect(&session, &ChatSession::unreadChanged, this, &SessionView::updateUnreadElsewhere);
    connect(&session, &ChatSession::noticeReceived, m_notices, &NoticeBar::add);
    connect(&session, &ChatSession::olderLoaded, this, [this](Room *room, int, const QString &fault) {
        if (RoomPage *page = m_pages.value(room))
            page->olderLoaded(fault);
    });
    for (QWidget *list : {static_cast<QWidget *>(&m_rooms->joined()), static_cast<QWidget *>(&m_rooms->onServer()),
                          static_cast<QWidget *>(&m_people->list())})
        list->installEventFilter(this);
    for (Room *room : session.rooms().rooms())
        addRoom(room);
    showRoom(session.current());
}

RoomPage *SessionView::currentPage() const
{
    return m_pages.value(m_session.current());
}

void SessionView::addRoom(Room *room)
{
    auto *page = new RoomPage(*room);
    connect(page, &RoomPage::olderRequested, &m_session, [this, room] { m_session.loadOlder(room); });
    m_pages.insert(room, page);
    m_stack->addWidget(page);
}

void SessionView::removeRoom(Room *room)
{
    // The page refers to the room. Both go in the next turn of the loop, the page first: what asked for
    // this may be a key or a button of the page itself.
    if (RoomPage *page = m_pages.take(room)) {
        m_stack->removeWidget(page);
        page->hide();
        page->deleteLater();
    }
}

void SessionView::showRoom(Room *room)
{
    RoomPage *page = m_pages.value(room);
    m_stack->setCurrentWidget(page ? static_cast<QWidget *>(page) : m_empty);
    m_top->setRoom(room, m_session.address().isSecure());
    m_people->setRoom(room);
    updateUnreadElsewhere();
    arrange();
    if (page && m_pane == Pane::Conversation)
        page->composer().setFocus();
}

void SessionView::updateUnreadElsewhere()
{
    m_top->setUnreadElsewhere(m_rooms->isVisible() ? 0 : m_session.rooms().unread());
}

void SessionView::toggleRooms()
{
    if (isNarrow()) {
        showPane(m_pane == Pane::Rooms ? Pane::Conversation : Pane::Rooms);
        return;
    }
    m_wantRooms = !m_wantRooms;
    m_settings.setShown(u"rooms"_s, m_wantRooms);
    arrange();
}

void SessionView::togglePeople()
{
    if (width() < kRoomForPeople) {
        showPane(m_pane == Pane::People ? Pane::Conversation : Pane::People);
        return;
    }
    m_wantPeople = !m_wantPeople;
    m_settings.setShown(u"people"_s, m_wantPeople);
    arrange();
}

void SessionView::showPane(Pane pane)
{
    m_pane = pane;
    arrange();
    if (pane == Pane::Rooms)
        m_rooms->joined().setFocus();
    else if (pane == Pane::People)
        m_people->filter().setFocus();
    else if (RoomPage *page = currentPage())
        page->composer().setFocus();
}

void SessionView::arrange()
{
    const bool narrow = isNarrow();
    const bool nothingJoined = m_session.rooms().rowCount() == 0;
    const Pane pane = narrow && nothingJoined ? Pane::Rooms : m_pane;
    const bool rooms = narrow ? pane == Pane::Rooms : m_wantRooms || nothingJoined;
    const bool people = width() < kRoomForPeople ? pane == Pane::People : m_wantPeople;
    m_rooms->setVisible(rooms);
    m_people->setVisible(people && m_session.current());
    m_stack->setVisible(!narrow || pane == Pane::Conversation);
    m_top->roomsButton().setChecked(rooms);
    m_top->peopleButton().setChecked(people);
    m_top->peopleButton().setEnabled(m_session.current());
    updateUnreadElsewhere();
}

void SessionView::focusComposer()
{
    if (isNarrow() || m_pane != Pane::Conversation)
        showPane(Pane::Conversation);
    if (RoomPage *page = currentPage())
        page->composer().setFocus();
}

void SessionView::showSwitcher()
{
    auto *dialog = new RoomSwitcher(m_session, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, &SessionView::focusComposer);
    dialog->open();
}

void SessionView::leaveCurrent()
{
    if (Room *room = m_session.current())
        m_session.leave(room);
}

void SessionView::goToUnread(int step)
{
    const int count = m_session.rooms().rowCount();
    const int from = m_session.rooms().rowOf(m_session.current());
    for (int i = 1; i < count; ++i) {
        Room *room = m_session.rooms().room(((from + step * i) % count + count) % count);
        if (room->unread() > 0) {
            m_session.setCurrent(room);
            return;
        }
    }
}

void SessionView::mention(const QString &name)
{
    focusComposer();
    if (RoomPage *page = currentPage())
        page->composer().insertPlainText(u"@%1 "_s.arg(name));
}

void SessionView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (width() >= kRoomForPeople)
        m_pane = Pane::Conversation;
    arrange();
}

/// Whatever is written where it means nothing belongs into the composer.
void SessionView::keyPressEvent(QKeyEvent *event)
{
    RoomPage *page = currentPage();
    if (page && page->isVisible() && page->composer().isEnabled() && isWriting(*event)) {
        page->composer().setFocus();
        QCoreApplication::sendEvent(&page->composer(), event);
        return;
    }
    QWidget::keyPressEvent(event);
}

bool SessionView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        RoomPage *page = currentPage();
        // The lists would search for the letter; space keeps its meaning for the selection.
        if (page && page->isVisible() && isWriting(*key) && key->key() != Qt::Key_Space) {
            keyPressEvent(key);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Parlance::Client

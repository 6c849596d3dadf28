// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/roomspanel.h"

#include "base/names.h"
#include "client-gui/chat/chatsession.h"
#include "client-gui/widgets/listdelegates.h"
#include "client-gui/widgets/plainlabel.h"
#include "client-gui/widgets/roomnames.h"
#include "client-gui/widgets/theme.h"
#include "client-gui/widgets/words.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

PlainLabel *makeHeading(const QString &text, QWidget *parent)
{
    auto *label = new PlainLabel(text, parent);
    label->setFont(Theme::scaled(parent->font(), 0.86, QFont::DemiBold));
    label->setContentsMargins(12, 10, 12, 4);
    return label;
}

QListView *makeList(const QString &name, QAbstractItemModel *model, QWidget *parent)
{
    auto *list = new QListView(parent);
    list->setAccessibleName(name);
    list->setFrameShape(QFrame::NoFrame);
    list->setModel(model);
    list->setEditTriggers(QListView::NoEditTriggers);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setUniformItemSizes(true);
    list->viewport()->setAutoFillBackground(false);
    return list;
}

} // namespace

RoomsPanel::RoomsPanel(ChatSession &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_hint(new PlainLabel(this)), m_newRoom(new QLineEdit(this)), m_join(new QToolButton(this)), m_fault(new PlainLabel(this))
{
    auto *joinedNames = new RoomNames(RoomListModel::UnreadRole, RoomListModel::PeopleRole, this);
    joinedNames->setSourceModel(&session.rooms());
    auto *serverNames = new RoomNames(-1, ServerRoomsModel::PeopleRole, this);
    serverNames->setSourceModel(&session.serverRooms());
    m_joined = makeList(tr("Your rooms"), joinedNames, this);
    m_joined->setObjectName(u"joinedRooms"_s);
    m_joined->setItemDelegate(
        new RoomDelegate({RoomListModel::UnreadRole, -1, RoomListModel::LinkRole}, m_joined));
    m_joined->setContextMenuPolicy(Qt::CustomContextMenu);
    m_onServer = makeList(tr("Rooms on this server"), serverNames, this);
    m_onServer->setObjectName(u"serverRooms"_s);
    m_onServer->setItemDelegate(new RoomDelegate({-1, ServerRoomsModel::PeopleRole, -1}, m_onServer));
    m_onServer->installEventFilter(this);

    m_hint->setWordWrap(true);
    m_hint->setContentsMargins(12, 2, 12, 6);
    m_newRoom->setObjectName(u"newRoom"_s);
    m_newRoom->setPlaceholderText(tr("Name of a room"));
    m_newRoom->setAccessibleName(tr("Name of the room to join or open"));
    m_newRoom->setMaxLength(NameRules::kRoomNameMax * 2);
    m_join->setObjectName(u"joinButton"_s);
    m_join->setText(tr("Join"));
    m_join->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    m_fault->setWordWrap(true);
    m_fault->setContentsMargins(12, 0, 12, 6);
    m_fault->hide();

    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(10, 6, 10, 10);
    foot->setSpacing(6);
    foot->addWidget(m_newRoom, 1);
    foot->addWidget(m_join);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeading(tr("Your rooms"), this));
    column->addWidget(m_joined);
    column->addWidget(makeHeading(tr("On this server"), this));
    column->addWidget(m_hint);
    column->addWidget(m_onServer, 1);
    column->addWidget(m_fault);
    column->addLayout(foot);

    connect(m_joined->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &now) {
        if (Room *room = m_session.rooms().room(now.row()))
            m_session.setCurrent(room);
    });
    connect(m_joined, &QListView::clicked, this, &RoomsPanel::chosen);
    connect(m_joined, &QListView::activated, this, &RoomsPanel::chosen);
    connect(m_joined, &QWidget::customContextMenuRequested, this, &RoomsPanel::showJoinedMenu);
    connect(m_onServer, &QListView::doubleClicked, this, &RoomsPanel::joinSelected);
    connect(m_join, &QToolButton::clicked, this, &RoomsPanel::joinTyped);
    connect(m_newRoom, &QLineEdit::returnPressed, this, &RoomsPanel::joinTyped);
    connect(m_newRoom, &QLineEdit::textChanged, this, [this] { m_fault->hide(); });
    connect(&session, &ChatSession::currentChanged, this, &RoomsPanel::select);
    connect(&session.rooms(), &QAbstractItemModel::rowsInserted, this, &RoomsPanel::fitJoined);
    connect(&session.rooms(), &QAbstractItemModel::rowsRemoved, this, &RoomsPanel::fitJoined);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&session.serverRooms(), signal, this, &RoomsPanel::updateHint);
    fitJoined();
    updateHint();
    select(session.current());
}

void RoomsPanel::select(Room *room)
{
    const int row = m_session.rooms().rowOf(room);
    m_joined->setCurrentIndex(row < 0 ? QModelIndex() : m_joined->model()->index(row, 0));
}

/// As high as its rows, up to half of the panel; the rest belongs to the server's rooms.
void RoomsPanel::fitJoined()
{
    const int rows = std::clamp(m_joined->model()->rowCount(), 1, 12);
    m_joined->setFixedHeight(rows * (fontMetrics().height() + 12) + 2);
}

void RoomsPanel::updateHint()
{
    const bool none = m_session.serverRooms().rowCount() == 0;
    m_hint->setVisible(none);
    m_hint->setText(tr("No other room is in use. Open one below."));
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, Theme::dimText(colours));
    m_hint->setPalette(colours);
}

void RoomsPanel::joinSelected()
{
    const QModelIndex index = m_onServer->currentIndex();
    if (!index.isValid())
        return;
    const Status status = m_session.join(index.data(ServerRoomsModel::NameRole).toString());
    if (status)
        emit chosen();
}

void RoomsPanel::joinTyped()
{
    const Status status = m_session.join(m_newRoom->text());
    if (status) {
        m_newRoom->clear();
        emit chosen();
        return;
    }
    m_fault->setText(status.error().code == ErrorCode::TooManyRooms
                         ? tr("You are in as many rooms as this program allows. Leave one first.")
                         : Words::nameFault(status.error(), m_newRoom->text()));
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, Theme::danger(colours));
    m_fault->setPalette(colours);
    m_fault->show();
    m_newRoom->setFocus();
}

void RoomsPanel::showJoinedMenu(const QPoint &position)
{
    Room *room = m_session.rooms().room(m_joined->indexAt(position).row());
    if (!room)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Leave this room"), this, [this, name = room->name()] {
        if (Room *still = m_session.find(name))
            emit leaveRequested(still);
    });
    menu->popup(m_joined->viewport()->mapToGlobal(position));
}

bool RoomsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_onServer && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            joinSelected();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Parlance::Client

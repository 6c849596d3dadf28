// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/roomswitcher.h"

#include "client-gui/chat/chatsession.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QStringListModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

RoomSwitcher::RoomSwitcher(ChatSession &session, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_text(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_filtered(new QSortFilterProxyModel(this))
{
    setWindowTitle(tr("Go to a room"));
    // A list of the moment: the dialog is open for seconds. Unread rooms come first.
    QStringList unread;
    QStringList names;
    for (const Room *room : session.rooms().rooms())
        (room->unread() > 0 ? unread : names).append(room->name());
    names = unread + names;
    for (int row = 0; row < session.serverRooms().rowCount(); ++row)
        names.append(session.serverRooms().index(row).data().toString());
    m_filtered->setSourceModel(new QStringListModel(names, this));
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);

    m_text->setObjectName(u"switcherText"_s);
    m_text->setPlaceholderText(tr("Name of a room"));
    m_text->setAccessibleName(tr("Name of a room"));
    m_text->installEventFilter(this);
    m_list->setModel(m_filtered);
    m_list->setAccessibleName(tr("Rooms"));
    m_list->setEditTriggers(QListView::NoEditTriggers);
    m_list->setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_text);
    column->addWidget(m_list);
    resize(320, 300);

    connect(m_text, &QLineEdit::textChanged, this, &RoomSwitcher::filter);
    connect(m_text, &QLineEdit::returnPressed, this, &RoomSwitcher::go);
    connect(m_list, &QListView::clicked, this, &RoomSwitcher::go);
    filter({});
}

void RoomSwitcher::filter(const QString &text)
{
    m_filtered->setFilterFixedString(text.trimmed());
    m_list->setCurrentIndex(m_filtered->index(0, 0));
}

void RoomSwitcher::go()
{
    const QModelIndex current = m_list->currentIndex();
    const QString name = current.isValid() ? current.data().toString() : m_text->text();
    if (m_session.join(name))
        accept();
}

bool RoomSwitcher::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            const int row = m_list->currentIndex().row() + (key == Qt::Key_Up ? -1 : 1);
            if (row >= 0 && row < m_filtered->rowCount())
                m_list->setCurrentIndex(m_filtered->index(row, 0));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace Parlance::Client

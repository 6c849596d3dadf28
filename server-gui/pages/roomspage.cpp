// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/roomspage.h"

#include "models/roomtablemodel.h"
#include "models/sortedrooms.h"
#include "text/format.h"
#include "widgets/emptyhint.h"
#include "widgets/icons.h"
#include "widgets/plainlabel.h"
#include "widgets/rowdelegate.h"
#include "widgets/tableview.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

RoomsPage::RoomsPage(RoomTableModel &rooms, QWidget *parent)
    : ConsolePage(parent), m_sorted(new SortedRooms(rooms, this)), m_view(new TableView), m_delegate(new RowDelegate(*m_view)),
      m_messages(new QPushButton(icon(Glyph::Messages), tr("Show &Messages"))),
      m_notice(new QPushButton(icon(Glyph::Notice), tr("&Notice to Room…"))),
      m_close(new QPushButton(icon(Glyph::Close), tr("&Close Room…"))), m_count(new PlainLabel)
{
    m_view->setModel(m_sorted);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setAccessibleName(tr("Rooms"));
    m_view->sortByColumn(RoomTableModel::NameColumn, Qt::AscendingOrder);
    m_view->setColumnChars({50, 14, 14, 24});
    m_hint = new EmptyHint(m_view);
    m_messages->setObjectName(u"showMessages"_s);
    m_notice->setObjectName(u"noticeToRoom"_s);
    m_close->setObjectName(u"closeRoom"_s);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setObjectName(u"count"_s);

    auto *row = new QHBoxLayout;
    row->addWidget(m_messages);
    row->addWidget(m_notice);
    row->addWidget(m_close);
    row->addStretch();
    row->addWidget(m_count);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(row);
    layout->addWidget(m_view, 1);

    connect(m_messages, &QPushButton::clicked, this, [this] {
        if (const RoomInfo *room = selected())
            emit messagesRequested(room->name);
    });
    connect(m_notice, &QPushButton::clicked, this, [this] {
        if (const RoomInfo *room = selected())
            emit noticeRequested(room->name);
    });
    connect(m_close, &QPushButton::clicked, this, [this] {
        if (const RoomInfo *room = selected())
            emit closeRequested(*room);
    });
    connect(m_view, &QAbstractItemView::activated, m_messages, &QPushButton::click);
    connect(m_view, &TableView::deleteRequested, m_close, &QPushButton::click);
    connect(m_view, &QWidget::customContextMenuRequested, this, &RoomsPage::openMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RoomsPage::refresh);
    // The proxy tells of rows that go while its source still has them: the source is the one to count by.
    for (const QAbstractItemModel *model : {m_sorted->sourceModel(), static_cast<QAbstractItemModel *>(m_sorted)}) {
        connect(model, &QAbstractItemModel::rowsInserted, this, &RoomsPage::refresh);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &RoomsPage::refresh);
        connect(model, &QAbstractItemModel::modelReset, this, &RoomsPage::refresh);
    }
    refresh();
}

const RoomInfo *RoomsPage::selected() const
{
    const QList<int> rows = m_view->selectedRows();
    return rows.size() == 1 ? &m_sorted->room(rows.first()) : nullptr;
}

void RoomsPage::refresh()
{
    const bool one = selected() != nullptr;
    m_messages->setEnabled(one);
    m_notice->setEnabled(one && m_live);
    m_close->setEnabled(one && m_live);
    const int shown = m_sorted->rowCount();
    const int all = m_sorted->sourceModel()->rowCount();
    m_count->setText(shown == all ? tr("Rooms: %1").arg(Format::count(quint64(all)))
                                  : tr("Rooms: %1 of %2").arg(Format::count(quint64(shown)), Format::count(quint64(all))));
    m_hint->setText(all > 0   ? tr("No room has that in its name. Clear the filter to see all.")
                        : m_live ? tr("No room is open. A room opens as soon as somebody joins it.")
                                 : tr("The server is stopped."));
}

void RoomsPage::openMenu(const QPoint &where)
{
    if (!selected())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QPushButton *button : {m_messages, m_notice, m_close}) {
        QAction *action = menu->addAction(button->icon(), button->text());
        action->setEnabled(button->isEnabled());
        connect(action, &QAction::triggered, button, &QPushButton::click);
    }
    menu->popup(m_view->viewport()->mapToGlobal(where));
}

void RoomsPage::setLive(bool live)
{
    m_live = live;
    m_delegate->setGreyed(!live);
    refresh();
}

QString RoomsPage::filterHint() const
{
    return tr("Filter rooms");
}

QString RoomsPage::filterText() const
{
    return m_sorted->filterText();
}

void RoomsPage::setFilterText(const QString &text)
{
    m_sorted->setFilterText(text);
    refresh();
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/messagespage.h"

#include "models/filteredlog.h"
#include "models/messagelogmodel.h"
#include "text/visibletext.h"
#include "widgets/emptyhint.h"
#include "widgets/icons.h"
#include "widgets/logdelegate.h"
#include "widgets/logview.h"
#include "widgets/roomchooser.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

MessagesPage::MessagesPage(MessageLogModel &log, const RoomTableModel &rooms, QWidget *parent)
    : ConsolePage(parent), m_log(new FilteredLog(log, this)), m_view(new LogView), m_delegate(new LogDelegate(*m_view)),
      m_room(new RoomChooser(rooms, tr("All rooms"))), m_person(new QLineEdit),
      m_comings(new QCheckBox(tr("&Joins and leaves"))), m_details(new QPlainTextEdit)
{
    m_view->setModel(m_log);
    m_view->setAccessibleName(tr("Messages"));
    const int unit = fontMetrics().averageCharWidth();
    m_view->setColumnWidth(MessageLogModel::TimeColumn, unit * 11);
    m_view->setColumnWidth(MessageLogModel::RoomColumn, unit * 16);
    m_view->setColumnWidth(MessageLogModel::UserColumn, unit * 18);
    m_hint = new EmptyHint(m_view);
    m_room->setObjectName(u"roomFilter"_s);
    m_room->setAccessibleName(tr("Room"));
    m_person->setObjectName(u"personFilter"_s);
    m_person->setPlaceholderText(tr("Person"));
    m_person->setAccessibleName(tr("Person"));
    m_person->setClearButtonEnabled(true);
    m_person->setMaximumWidth(unit * 26);
    m_comings->setObjectName(u"comings"_s);
    m_details->setObjectName(u"details"_s);
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);
    m_details->setPlaceholderText(tr("Select a message to read all of it."));
    m_details->setAccessibleName(tr("The whole message"));

    auto *row = new QHBoxLayout;
    row->addWidget(m_room);
    row->addWidget(m_person);
    row->addWidget(m_comings);
    row->addStretch();
    auto *split = new QSplitter(Qt::Vertical);
    split->addWidget(m_view);
    split->addWidget(m_details);
    split->setStretchFactor(0, 1);
    split->setChildrenCollapsible(true);
    split->setCollapsible(0, false);
    const int line = fontMetrics().height();
    m_details->setMinimumHeight(line * 2);
    split->setSizes({line * 30, line * 5});
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(row);
    layout->addWidget(split, 1);

    connect(m_room, &RoomChooser::roomChanged, this, &MessagesPage::applyFilter);
    connect(m_person, &QLineEdit::textChanged, this, &MessagesPage::applyFilter);
    connect(m_comings, &QCheckBox::toggled, this, &MessagesPage::applyFilter);
    connect(m_view, &LogView::copyRequested, this, &MessagesPage::copySelected);
    connect(m_view, &QWidget::customContextMenuRequested, this, &MessagesPage::openMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &MessagesPage::showDetails);
    connect(m_log, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first, const QModelIndex &last) {
        // Only if it is the one that is read: who reads another keeps their place in it.
        const QModelIndexList rows = m_view->selectionModel()->selectedRows();
        if (rows.size() == 1 && rows.first().row() >= first.row() && rows.first().row() <= last.row())
            showDetails();
    });
    refreshHint();
}

void MessagesPage::setRoom(const RoomName &room)
{
    m_room->setRoom(room);
}

void MessagesPage::applyFilter()
{
    m_log->setFilter({m_room->room(), m_person->text().trimmed(), m_text, m_comings->isChecked()});
    showDetails();
    refreshHint();
}

void MessagesPage::copySelected() const
{
    QList<int> rows;
    for (const QModelIndex &index : m_view->selectionModel()->selectedRows())
        rows.append(index.row());
    if (rows.isEmpty())
        return;
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const int row : std::as_const(rows))
        lines.append(m_log->quotation(row));
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void MessagesPage::showDetails()
{
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    m_details->setPlainText(rows.size() == 1 ? logText(m_log->entry(rows.first().row())) : QString());
}

void MessagesPage::openMenu(const QPoint &where)
{
    const QModelIndex index = m_view->indexAt(where);
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copy = menu->addAction(icon(Glyph::Copy), tr("&Copy"));
    connect(copy, &QAction::triggered, this, &MessagesPage::copySelected);
    const LogEntry &entry = m_log->entry(index.row());
    if (entry.kind != LogEntry::Kind::Skipped) {
        const Presence author {entry.room, entry.user};
        QAction *only = menu->addAction(icon(Glyph::Rooms), tr("Only the &Room %1").arg(quoted(author.room.text())));
        connect(only, &QAction::triggered, this, [this, author] { setRoom(author.room); });
        QAction *kick = menu->addAction(icon(Glyph::Kick), tr("&Kick %1…").arg(quoted(author.user.text())));
        kick->setObjectName(u"kickAuthor"_s);
        kick->setEnabled(m_live);
        connect(kick, &QAction::triggered, this, [this, author] { emit kickRequested({author}); });
    }
    menu->popup(m_view->viewport()->mapToGlobal(where));
}

void MessagesPage::setLive(bool live)
{
    m_live = live;
    m_delegate->setGreyed(!live);
    refreshHint();
}

void MessagesPage::refreshHint()
{
    const LogFilter &filter = m_log->filter();
    const bool filtered = !filter.room.isNull() || !filter.person.isEmpty() || !filter.text.isEmpty();
    m_hint->setText(filtered    ? tr("No message matches. New ones that do will appear here.")
                        : m_live ? tr("Nothing has been said yet. Messages appear here as they are sent.")
                                 : tr("The server is stopped."));
}

QString MessagesPage::filterHint() const
{
    return tr("Filter messages");
}

QString MessagesPage::filterText() const
{
    return m_text;
}

void MessagesPage::setFilterText(const QString &text)
{
    m_text = text;
    applyFilter();
}

} // namespace Parlance

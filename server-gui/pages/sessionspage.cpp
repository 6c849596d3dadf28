// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/sessionspage.h"

#include "models/sessioncsv.h"
#include "models/sessiontablemodel.h"
#include "models/sortedsessions.h"
#include "text/format.h"
#include "widgets/emptyhint.h"
#include "widgets/icons.h"
#include "widgets/plainlabel.h"
#include "widgets/rowdelegate.h"
#include "widgets/tableview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

SessionsPage::SessionsPage(SessionTableModel &sessions, QWidget *parent)
    : ConsolePage(parent), m_sorted(new SortedSessions(sessions, this)), m_view(new TableView), m_delegate(new RowDelegate(*m_view)),
      m_kick(new QPushButton(icon(Glyph::Kick), tr("&Kick…"))),
      m_copy(new QPushButton(icon(Glyph::Copy), tr("&Copy as CSV"))), m_count(new PlainLabel)
{
    m_view->setModel(m_sorted);
    m_view->setAccessibleName(tr("People"));
    m_view->sortByColumn(SessionTableModel::UserColumn, Qt::AscendingOrder);
    m_view->setColumnChars({32, 22, 22, 22, 24, 14});
    m_hint = new EmptyHint(m_view);
    m_kick->setObjectName(u"kick"_s);
    m_copy->setObjectName(u"copyCsv"_s);
    m_copy->setToolTip(tr("Copies the selected rows, or all of them where none is selected"));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setObjectName(u"count"_s);

    auto *row = new QHBoxLayout;
    row->addWidget(m_kick);
    row->addWidget(m_copy);
    row->addStretch();
    row->addWidget(m_count);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(row);
    layout->addWidget(m_view, 1);

    connect(m_kick, &QPushButton::clicked, this, [this] {
        if (const QList<Presence> chosen = targets(); !chosen.isEmpty())
            emit kickRequested(chosen);
    });
    connect(m_copy, &QPushButton::clicked, this, &SessionsPage::copyAsCsv);
    connect(m_view, &TableView::copyRequested, this, &SessionsPage::copyAsCsv);
    connect(m_view, &TableView::deleteRequested, m_kick, &QPushButton::click);
    connect(m_view, &QWidget::customContextMenuRequested, this, &SessionsPage::openMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SessionsPage::refresh);
    // The proxy tells of rows that go while its source still has them: the source is the one to count by.
    for (const QAbstractItemModel *model : {m_sorted->sourceModel(), static_cast<QAbstractItemModel *>(m_sorted)}) {
        connect(model, &QAbstractItemModel::rowsInserted, this, &SessionsPage::refresh);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &SessionsPage::refresh);
        connect(model, &QAbstractItemModel::modelReset, this, &SessionsPage::refresh);
    }
    refresh();
}

QList<Presence> SessionsPage::targets() const
{
    QList<Presence> chosen;
    for (const int row : m_view->selectedRows()) {
        const SessionInfo &session = m_sorted->session(row);
        const Presence target {session.room, session.user};
        if (!chosen.contains(target))
            chosen.append(target);
    }
    return chosen;
}

void SessionsPage::copyAsCsv() const
{
    QList<int> rows = m_view->selectedRows();
    if (rows.isEmpty()) {
        for (int row = 0; row < m_sorted->rowCount(); ++row)
            rows.append(row);
    }
    QList<SessionInfo> sessions;
    for (const int row : std::as_const(rows))
        sessions.append(m_sorted->session(row));
    QGuiApplication::clipboard()->setText(sessionsAsCsv(sessions));
}

void SessionsPage::refresh()
{
    const int shown = m_sorted->rowCount();
    const int all = m_sorted->sourceModel()->rowCount();
    const auto selected = m_view->selectedRows().size();
    m_kick->setEnabled(m_live && selected > 0);
    m_copy->setEnabled(shown > 0);
    QString count = shown == all
        ? tr("Sessions: %1").arg(Format::count(quint64(all)))
        : tr("Sessions: %1 of %2").arg(Format::count(quint64(shown)), Format::count(quint64(all)));
    if (selected > 1)
        count = tr("%1, %2 selected").arg(count, Format::count(quint64(selected)));
    m_count->setText(count);
    m_hint->setText(all > 0   ? tr("Nobody matches the filter. Clear it to see all.")
                        : m_live ? tr("Nobody is here yet. Show the join code or send the address.")
                                 : tr("The server is stopped."));
}

void SessionsPage::openMenu(const QPoint &where)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QPushButton *button : {m_kick, m_copy}) {
        QAction *action = menu->addAction(button->icon(), button->text());
        action->setEnabled(button->isEnabled());
        connect(action, &QAction::triggered, button, &QPushButton::click);
    }
    menu->popup(m_view->viewport()->mapToGlobal(where));
}

void SessionsPage::setLive(bool live)
{
    m_live = live;
    m_delegate->setGreyed(!live);
    refresh();
}

QString SessionsPage::filterHint() const
{
    return tr("Filter people");
}

QString SessionsPage::filterText() const
{
    return m_sorted->filterText();
}

void SessionsPage::setFilterText(const QString &text)
{
    m_sorted->setFilterText(text);
    refresh();
}

} // namespace Parlance

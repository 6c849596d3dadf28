// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sortedsessions.h"

#include "models/sessiontablemodel.h"
#include "text/format.h"
#include "text/namecollator.h"
#include "text/visibletext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

template <typename T>
int order(const T &a, const T &b)
{
    return a < b ? -1 : (b < a ? 1 : 0);
}

/// The number behind \a token in a browser's user agent, up to the first dot.
QStringView majorVersion(QStringView agent, QLatin1StringView token)
{
    const qsizetype at = agent.indexOf(token);
    if (at < 0)
        return {};
    const QStringView rest = agent.sliced(at + token.size());
    qsizetype digits = 0;
    while (digits < rest.size() && digits < 6 && rest[digits].isDigit())
        ++digits;
    return rest.first(digits);
}

} // namespace

QString clientName(const SessionInfo &session)
{
    struct Browser
    {
        QLatin1StringView token;
        QLatin1StringView name;
    };
    // Each of them claims to be the ones after it.
    static constexpr Browser kBrowsers[] = {
        {"Edg/"_L1, "Edge"_L1}, {"OPR/"_L1, "Opera"_L1}, {"Firefox/"_L1, "Firefox"_L1},
        {"Chrome/"_L1, "Chrome"_L1}, {"Version/"_L1, "Safari"_L1},
    };
    if (session.agent.isEmpty()) {
        return session.kind == ClientKind::Parlance ? QCoreApplication::translate("SortedSessions", "Parlance client")
                                                    : QCoreApplication::translate("SortedSessions", "Plain client");
    }
    if (session.agent.startsWith("Mozilla/"_L1)) {
        for (const Browser &browser : kBrowsers) {
            const QStringView version = majorVersion(session.agent, browser.token);
            if (!version.isEmpty())
                return browser.name + (u' ' + version.toString());
        }
    }
    return visibleText(session.agent, 60);
}

SortedSessions::SortedSessions(SessionTableModel &sessions, QObject *parent)
    : QSortFilterProxyModel(parent), m_sessions(sessions),
      m_collator(nameCollator())
{
    setSourceModel(&sessions);
    sort(SessionTableModel::UserColumn);
}

void SortedSessions::setFilterText(const QString &text)
{
    if (m_filter == text)
        return;
    m_filter = text;
    invalidateFilter();
}

const SessionInfo &SortedSessions::session(int row) const
{
    return m_sessions.session(mapToSource(index(row, 0)).row());
}

QVariant SortedSessions::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SessionInfo &info = session(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return display(info, index.column());
    case Qt::ToolTipRole:
        if (index.column() == SessionTableModel::SinceColumn)
            return plainToolTip(Format::fullMoment(info.since));
        if (index.column() == SessionTableModel::ClientColumn && !info.agent.isEmpty())
            return plainToolTip(visibleText(info.agent));
        return plainToolTip(display(info, index.column()));
    case Qt::TextAlignmentRole:
        return (index.column() == SessionTableModel::MessagesColumn ? Qt::AlignRight | Qt::AlignVCenter
                                                                    : Qt::AlignLeft | Qt::AlignVCenter).toInt();
    default:
        return QSortFilterProxyModel::data(index, role);
    }
}

QString SortedSessions::display(const SessionInfo &session, int column) const
{
    switch (SessionTableModel::Column(column)) {
    case SessionTableModel::UserColumn: return visibleText(session.user.text());
    case SessionTableModel::RoomColumn: return visibleText(session.room.text());
    case SessionTableModel::ClientColumn: return clientName(session);
    case SessionTableModel::AddressColumn: return visibleText(session.address, 60);
    case SessionTableModel::SinceColumn: return Format::moment(session.since);
    case SessionTableModel::MessagesColumn: return Format::count(session.messages);
    case SessionTableModel::ColumnCount: break;
    }
    return {};
}

int SortedSessions::compared(const SessionInfo &a, const SessionInfo &b, int column) const
{
    switch (SessionTableModel::Column(column)) {
    case SessionTableModel::UserColumn: return m_collator.compare(a.user.text(), b.user.text());
    case SessionTableModel::RoomColumn: return m_collator.compare(a.room.text(), b.room.text());
    case SessionTableModel::ClientColumn: return m_collator.compare(clientName(a), clientName(b));
    case SessionTableModel::AddressColumn: return m_collator.compare(a.address, b.address);
    case SessionTableModel::SinceColumn: return order(a.since, b.since);
    case SessionTableModel::MessagesColumn: return order(a.messages, b.messages);
    case SessionTableModel::ColumnCount: break;
    }
    return 0;
}

bool SortedSessions::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const SessionInfo &a = m_sessions.session(left.row());
    const SessionInfo &b = m_sessions.session(right.row());
    const int byColumn = compared(a, b, left.column());
    // The id keeps rows that are otherwise equal from changing places with every update.
    return byColumn != 0 ? byColumn < 0 : a.id < b.id;
}

bool SortedSessions::filterAcceptsRow(int sourceRow, const QModelIndex &) const
{
    if (m_filter.isEmpty())
        return true;
    const SessionInfo &session = m_sessions.session(sourceRow);
    const auto has = [this](const QString &text) { return text.contains(m_filter, Qt::CaseInsensitive); };
    return has(session.user.text()) || has(session.room.text()) || has(session.address) || has(session.agent)
        || has(clientName(session));
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/messagemodel.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

qint64 localDay(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time).date().toJulianDay();
}

/// Cuts before a surrogate pair rather than through it.
QString bounded(const QString &text, qsizetype max)
{
    if (text.size() <= max)
        return text;
    const qsizetype end = text.at(max - 1).isHighSurrogate() ? max - 1 : max;
    return text.left(end) + u'\u2026';
}

/// A server may say anything: no more than can be shown.
QList<ReactionTally> bounded(QList<ReactionTally> reactions)
{
    constexpr qsizetype kEmojis = 20;
    constexpr qsizetype kEmojiChars = 35;
    constexpr qsizetype kPeople = 1'000;
    reactions.resize(std::min(reactions.size(), kEmojis));
    for (ReactionTally &tally : reactions) {
        tally.emoji = tally.emoji.left(kEmojiChars);
        tally.users.resize(std::min(tally.users.size(), kPeople));
    }
    return reactions;
}

/// Somebody who left and came back within one row did neither.
void addTo(QStringList &list, QStringList &opposite, const QStringList &names)
{
    for (const QString &name : names) {
        const QString shown = bounded(name, MessageModel::kMaxNameChars);
        if (opposite.removeAll(shown) == 0 && !list.contains(shown) && list.size() < MessageModel::kPresenceNames)
            list.append(shown);
    }
}

} // namespace

int MessageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant MessageModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case ContentRole: return row.content;
    case KindRole: return int(row.kind);
    case AuthorRole: return row.author;
    case TimeRole: return row.time;
    case SeqRole: return row.seq;
    case CidRole: return row.cid;
    case OwnRole: return row.own;
    case DeliveryRole: return int(row.delivery);
    case ErrorRole: return QVariant::fromValue(row.error);
    case FlagsRole: return quint32(flagsOf(index.row()));
    case JoinedRole: return row.joined;
    case LeftRole: return row.left;
    case EditedRole: return row.edited;
    case DeletedRole: return row.deleted;
    case ReactionsRole: return QVariant::fromValue(row.reactions);
    case LayoutKeyRole: return row.key << 6 | quint64(flagsOf(index.row())) << 2 | quint64(row.delivery);
    default: return {};
    }
}

QHash<int, QByteArray> MessageModel::roleNames() const
{
    return {{KindRole, "kind"},         {AuthorRole, "author"}, {ContentRole, "content"},
            {TimeRole, "time"},         {SeqRole, "seq"},       {CidRole, "cid"},
            {OwnRole, "own"},           {ErrorRole, "error"},   {DeliveryRole, "delivery"},
            {EditedRole, "edited"},     {DeletedRole, "deleted"}, {ReactionsRole, "reactions"},
            {FlagsRole, "flags"},       {JoinedRole, "joined"}, {LeftRole, "left"},
            {LayoutKeyRole, "layoutKey"}};
}

MessageModel::Flags MessageModel::flagsOf(qsizetype index) const
{
    const Row &row = m_rows.at(index);
    Flags flags = NoFlag;
    flags.setFlag(GapAbove, row.gapAbove);
    flags.setFlag(FirstUnread, row.unreadMark);
    if (index == 0)
        return flags | FirstOfDay;
    const Row &above = m_rows.at(index - 1);
    flags.setFlag(FirstOfDay, above.day != row.day);
    flags.setFlag(Grouped,
                  flags == NoFlag && row.kind == Kind::Message && above.kind == Kind::Message
                      && above.author == row.author && above.own == row.own && row.time - above.time < kGroupGapMs);
    return flags;
}

MessageModel::Row MessageModel::makeRow(const MessageEvent &message)
{
    Row row;
    row.key = nextKey();
    row.seq = message.seq;
    row.time = message.timestamp;
    row.day = localDay(message.timestamp);
    row.author = bounded(message.username, kMaxNameChars);
    row.content = bounded(message.content, kMaxContentChars);
    row.cid = message.cid;
    row.own = message.username == m_ownName;
    row.id = message.id;
    row.edited = message.edited;
    row.deleted = message.isDeleted;
    row.reactions = bounded(message.reactions);
    return row;
}

void MessageModel::replace(const QList<MessageEvent> &messages)
{
    if (m_tail > 0) {
        beginRemoveRows({}, 0, int(m_tail) - 1);
        m_rows.remove(0, m_tail);
        m_tail = 0;
        endRemoveRows();
        if (!m_rows.isEmpty())
            touch(0);
    }
    m_unreadMarkSet = false;
    m_gapPending = false;
    append(messages);
}

void MessageModel::append(const QList<MessageEvent> &messages)
{
    QList<Row> fresh;
    for (const MessageEvent &message : messages) {
        const qsizetype pending = pendingRow(message.cid);
        if (pending >= 0) {
            insertRows(m_tail, std::exchange(fresh, {}));
            confirm(pendingRow(message.cid), message);
            continue;
        }
        fresh.append(makeRow(message));
        fresh.last().gapAbove = std::exchange(m_gapPending, false);
        markUnread(fresh.last());
    }
    insertRows(m_tail, fresh);
    trim();
}

void MessageModel::insertMissed(const MessageEvent &message)
{
    const qsizetype pending = pendingRow(message.cid);
    if (pending >= 0)
        removePending(Cid(message.cid));
    const auto end = m_rows.cbegin() + m_tail;
    // Rows of joins have no seq: they are passed over, so a plain search from the end is right.
    qsizetype at = m_tail;
    while (at > 0 && (m_rows.at(at - 1).seq == 0 || m_rows.at(at - 1).seq > message.seq))
        --at;
    const bool there = std::any_of(m_rows.cbegin(), end, [&](const Row &row) { return row.seq == message.seq; });
    if (!there && (at > 0 || m_tail == 0))
        insertRows(at, {makeRow(message)});
    trim();
}

int MessageModel::prepend(const QList<MessageEvent> &messages)
{
    const quint64 first = firstSeq();
    const qsizetype room = kMaxRows - m_rows.size();
    QList<Row> rows;
    for (const MessageEvent &message : messages) {
        if (first == 0 || message.seq < first)
            rows.append(makeRow(message));
    }
    if (rows.size() > room)
        rows.remove(0, rows.size() - std::max(room, qsizetype(0)));
    insertRows(0, rows);
    const QList<ChangeEvent> early = std::exchange(m_early, {});
    for (const ChangeEvent &event : early) { // in their order; what is still not here is kept again
        if (const auto *edited = std::get_if<MessageEditedEvent>(&event))
            edit(*edited);
        else if (const auto *deleted = std::get_if<MessageDeletedEvent>(&event))
            remove(*deleted);
        else
            react(std::get<ReactionEvent>(event));
    }
    return int(rows.size());
}

qsizetype MessageModel::rowOf(const QString &id) const
{
    for (qsizetype i = m_tail - 1; i >= 0 && !id.isEmpty(); --i) {
        if (m_rows.at(i).id == id)
            return i;
    }
    return -1;
}

/// As rowOf(); a change of a message that is not here waits for it.
qsizetype MessageModel::rowFor(const ChangeEvent &event)
{
    const qsizetype row = std::visit([this](const auto &change) { return rowOf(change.id); }, event);
    if (row < 0) {
        m_early.append(event);
        if (m_early.size() > kMaxEarly)
            m_early.removeFirst();
    }
    return row;
}

void MessageModel::edit(const MessageEditedEvent &event)
{
    const qsizetype row = rowFor(event);
    if (row < 0 || m_rows.at(row).deleted)
        return;
    m_rows[row].content = bounded(event.content, kMaxContentChars);
    m_rows[row].edited = event.timestamp;
    touch(row);
}

void MessageModel::remove(const MessageDeletedEvent &event)
{
    const qsizetype row = rowFor(event);
    if (row < 0)
        return;
    m_rows[row].content.clear();
    m_rows[row].edited = 0;
    m_rows[row].deleted = true;
    m_rows[row].reactions.clear();
    touch(row);
}

void MessageModel::react(const ReactionEvent &event)
{
    const qsizetype row = rowFor(event);
    if (row < 0 || m_rows.at(row).deleted)
        return;
    QList<ReactionTally> &all = m_rows[row].reactions;
    auto tally = std::find_if(all.begin(), all.end(), [&event](const ReactionTally &each) { return each.emoji == event.emoji; });
    if (event.on) {
        if (tally == all.end())
            tally = all.insert(all.end(), ReactionTally {event.emoji, {}});
        if (!tally->users.contains(event.username))
            tally->users.append(event.username);
    } else if (tally != all.end()) {
        tally->users.removeAll(event.username);
        if (tally->users.isEmpty())
            all.erase(tally);
    }
    all = bounded(all);
    touch(row);
}

void MessageModel::addPresence(const QStringList &joined, const QStringList &left, qint64 time)
{
    const qint64 day = localDay(time);
    if (m_tail > 0 && m_rows.at(m_tail - 1).kind == Kind::Presence && m_rows.at(m_tail - 1).day == day) {
        Row &row = m_rows[m_tail - 1];
        addTo(row.joined, row.left, joined);
        addTo(row.left, row.joined, left);
        if (row.joined.isEmpty() && row.left.isEmpty()) {
            beginRemoveRows({}, int(m_tail) - 1, int(m_tail) - 1);
            m_rows.removeAt(--m_tail);
            endRemoveRows();
            if (m_tail < m_rows.size())
                touch(m_tail);
            return;
        }
        row.time = time;
        row.key = nextKey();
        emit dataChanged(index(int(m_tail) - 1), index(int(m_tail) - 1));
        return;
    }
    Row row;
    row.kind = Kind::Presence;
    row.key = nextKey();
    row.time = time;
    row.day = day;
    addTo(row.joined, row.left, joined);
    addTo(row.left, row.joined, left);
    if (row.joined.isEmpty() && row.left.isEmpty())
        return;
    insertRows(m_tail, {row});
    trim();
}

void MessageModel::addPending(const Outbox::Entry &entry)
{
    Row row;
    row.key = nextKey();
    row.delivery = entry.state == Outbox::State::Failed ? Delivery::Failed : Delivery::Pending;
    row.error = entry.error;
    row.own = true;
    row.time = entry.writtenAt;
    row.day = localDay(entry.writtenAt);
    row.author = m_ownName;
    row.content = entry.content;
    row.cid = entry.cid.toString();
    insertRows(m_rows.size(), {row});
    trim();
}

void MessageModel::setFailed(const Cid &cid, const Error &error)
{
    const qsizetype row = pendingRow(cid.toString());
    if (row < 0)
        return;
    m_rows[row].delivery = Delivery::Failed;
    m_rows[row].error = error;
    touch(row);
}

void MessageModel::setPending(const Cid &cid, const Cid &newCid)
{
    const qsizetype row = pendingRow(cid.toString());
    if (row < 0)
        return;
    const qsizetype last = m_rows.size() - 1;
    if (row != last) {
        beginMoveRows({}, int(row), int(row), {}, int(last) + 1);
        m_rows.move(row, last);
        endMoveRows();
        touch(row);
    }
    m_rows[last].delivery = Delivery::Pending;
    m_rows[last].error = {};
    m_rows[last].cid = newCid.toString();
    touch(last);
}

void MessageModel::removePending(const Cid &cid)
{
    const qsizetype row = pendingRow(cid.toString());
    if (row < 0)
        return;
    beginRemoveRows({}, int(row), int(row));
    m_rows.removeAt(row);
    endRemoveRows();
    if (row < m_rows.size())
        touch(row);
}

void MessageModel::setReadUpTo(quint64 seq)
{
    m_readUpTo = seq;
    m_unreadMarkSet = false;
    for (qsizetype i = 0; i < m_tail; ++i) {
        const bool before = m_rows.at(i).unreadMark;
        m_rows[i].unreadMark = false;
        markUnread(m_rows[i]);
        if (before != m_rows.at(i).unreadMark)
            touch(i);
    }
}

void MessageModel::markUnread(Row &row)
{
    if (m_readUpTo == 0 || m_unreadMarkSet || row.own || row.kind != Kind::Message || row.seq <= m_readUpTo)
        return;
    row.unreadMark = true;
    m_unreadMarkSet = true;
}

quint64 MessageModel::lastSeq() const
{
    for (qsizetype i = m_tail; i > 0; --i) {
        if (m_rows.at(i - 1).seq > 0)
            return m_rows.at(i - 1).seq;
    }
    return 0;
}

quint64 MessageModel::firstSeq() const
{
    const auto end = m_rows.cbegin() + m_tail;
    const auto it = std::find_if(m_rows.cbegin(), end, [](const Row &row) { return row.seq > 0; });
    return it == end ? 0 : it->seq;
}

qsizetype MessageModel::pendingRow(const QString &cid) const
{
    if (cid.isEmpty())
        return -1;
    for (qsizetype i = m_tail; i < m_rows.size(); ++i) {
        if (m_rows.at(i).cid == cid)
            return i;
    }
    return -1;
}

/// Rows of one kind: all confirmed, and then \a at is at most m_tail, or all on their way.
void MessageModel::insertRows(qsizetype at, const QList<Row> &rows)
{
    if (rows.isEmpty())
        return;
    beginInsertRows({}, int(at), int(at + rows.size() - 1));
    m_rows.insert(at, rows.size(), Row());
    std::copy(rows.cbegin(), rows.cend(), m_rows.begin() + at);
    if (rows.constFirst().delivery == Delivery::Sent)
        m_tail += rows.size();
    endInsertRows();
    const qsizetype below = at + rows.size();
    if (below < m_rows.size())
        touch(below);
}

/// The pending row becomes the confirmed message, behind those that are confirmed already.
void MessageModel::confirm(qsizetype row, const MessageEvent &message)
{
    if (row != m_tail) {
        beginMoveRows({}, int(row), int(row), {}, int(m_tail));
        m_rows.move(row, m_tail);
        endMoveRows();
        if (row + 1 < m_rows.size())
            touch(row + 1);
    }
    Row confirmed = makeRow(message);
    confirmed.own = true;
    confirmed.gapAbove = std::exchange(m_gapPending, false);
    m_rows[m_tail] = confirmed;
    touch(m_tail++);
    if (m_tail < m_rows.size())
        touch(m_tail);
}

/// The row may look different: its own values or what stands above it changed.
void MessageModel::touch(qsizetype row)
{
    m_rows[row].key = nextKey();
    emit dataChanged(index(int(row)), index(int(row)));
}

void MessageModel::trim()
{
    if (m_rows.size() <= kMaxRows || m_tail == 0)
        return;
    const qsizetype count = std::min(m_tail, std::max(m_rows.size() - kMaxRows, qsizetype(kTrimRows)));
    beginRemoveRows({}, 0, int(count) - 1);
    m_rows.remove(0, count);
    m_tail -= count;
    endRemoveRows();
    if (!m_rows.isEmpty())
        touch(0);
}

} // namespace Parlance::Client

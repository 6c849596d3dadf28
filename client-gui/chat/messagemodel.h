// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/chat/outbox.h"
#include "protocol/events.h"

#include <QAbstractListModel>
#include <QList>

#include <variant>

namespace Parlance::Client {

/// The transcript of one room: messages, condensed joins and leaves, and own messages on their way.
///
/// Confirmed rows come first, in seq order, then own messages that are pending or failed. Raw values
/// only; MessagePresenter puts them into words. Bound: kMaxRows, the oldest leave.
class MessageModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageModel)

public:
    static constexpr int kMaxRows = 5000;
    static constexpr int kTrimRows = 250; ///< leave at once when the bound is passed
    static constexpr int kPresenceNames = 200; ///< names kept in one row of joins and leaves
    static constexpr qint64 kGroupGapMs = 5 * 60 * 1000; ///< a longer pause starts a new group
    static constexpr qsizetype kMaxContentChars = 20'000; ///< longer content is cut, whatever the server says
    static constexpr qsizetype kMaxNameChars = 80;

    enum class Kind { Message, Presence };
    Q_ENUM(Kind)
    enum class Delivery { Sent, Pending, Failed };
    Q_ENUM(Delivery)
    /// What stands above a row or changes how it is drawn.
    enum Flag : quint32 {
        NoFlag = 0,
        Grouped = 1, ///< the same author goes on: no name, no picture
        FirstOfDay = 2, ///< a day separator stands above
        FirstUnread = 4, ///< the "new messages" line stands above
        GapAbove = 8, ///< messages are missing above
    };
    Q_DECLARE_FLAGS(Flags, Flag)

    enum Role {
        KindRole = Qt::UserRole + 1, ///< int of Kind
        AuthorRole, ///< QString
        ContentRole, ///< QString; also Qt::DisplayRole
        TimeRole, ///< qint64, milliseconds since the Unix epoch
        SeqRole, ///< quint64; 0 for rows without one
        CidRole, ///< QString
        OwnRole, ///< bool
        DeliveryRole, ///< int of Delivery
        ErrorRole, ///< Parlance::Error of a failed row
        FlagsRole, ///< quint32 of Flags
        JoinedRole, ///< QStringList of a Presence row
        LeftRole, ///< QStringList of a Presence row
        EditedRole, ///< qint64, when its author changed it last; 0: never
        DeletedRole, ///< bool: its author took it back; the content is empty
        ReactionsRole, ///< QList<ReactionTally>
        LayoutKeyRole, ///< quint64: changes whenever the row could look different
    };

    explicit MessageModel(QObject *parent = nullptr) : QAbstractListModel(parent) {}

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// Whose messages are OwnRole from now on; the rows that are there stay as they are.
    void setOwnName(const QString &name) { m_ownName = name; }

    /// Forgets everything confirmed; pending and failed rows stay.
    void replace(const QList<MessageEvent> &messages);
    /// \a messages in seq order, all above those that are there. A message whose cid is pending takes that
    /// row's place.
    void append(const QList<MessageEvent> &messages);
    /// A message that belongs further up: inserted by seq unless it is there. Also confirms its cid.
    void insertMissed(const MessageEvent &message);
    /// Older messages in seq order; those that are there are left out. Returns how many were new.
    int prepend(const QList<MessageEvent> &messages);
    /// The next appended message stands below a gap.
    void markGap() { m_gapPending = true; }
    /// What became of a message that is here or not. The latest of those that are not are kept: older messages that
    /// are being fetched may have been read before.
    void edit(const MessageEditedEvent &event);
    void remove(const MessageDeletedEvent &event);
    void react(const ReactionEvent &event);
    /// Joins and leaves, condensed into the last row when that is of their kind.
    void addPresence(const QStringList &joined, const QStringList &left, qint64 time);

    void addPending(const Outbox::Entry &entry);
    void setFailed(const Cid &cid, const Error &error);
    /// Pending again; \a newCid as Outbox::retry() gave it. The row goes to the end.
    void setPending(const Cid &cid, const Cid &newCid);
    void removePending(const Cid &cid);

    /// Draws the "new messages" line above the first message after \a seq; 0 takes it away.
    void setReadUpTo(quint64 seq);
    /// seq of the last confirmed message; 0 without one.
    quint64 lastSeq() const;
    quint64 firstSeq() const;

private:
    struct Row
    {
        Kind kind = Kind::Message;
        Delivery delivery = Delivery::Sent;
        bool own = false;
        bool gapAbove = false;
        bool unreadMark = false;
        quint64 key = 0;
        quint64 seq = 0;
        qint64 edited = 0;
        bool deleted = false;
        QString id;
        QList<ReactionTally> reactions;
        qint64 time = 0;
        qint64 day = 0; ///< Julian day in local time
        QString author;
        QString content;
        QString cid;
        Error error;
        QStringList joined;
        QStringList left;
    };

    Row makeRow(const MessageEvent &message);
    Flags flagsOf(qsizetype row) const;
    qsizetype pendingRow(const QString &cid) const;
    using ChangeEvent = std::variant<MessageEditedEvent, MessageDeletedEvent, ReactionEvent>;
    static constexpr qsizetype kMaxEarly = 100;

    qsizetype rowOf(const QString &id) const;
    qsizetype rowFor(const ChangeEvent &event);
    void insertRows(qsizetype at, const QList<Row> &rows);
    void confirm(qsizetype row, const MessageEvent &message);
    void markUnread(Row &row);
    void touch(qsizetype row);
    void trim();
    quint64 nextKey() { return ++m_lastKey; }

    QList<Row> m_rows;
    QList<ChangeEvent> m_early; ///< changes of messages that are not here, the latest last
    qsizetype m_tail = 0; ///< first row that is not confirmed
    quint64 m_lastKey = 0;
    QString m_ownName;
    quint64 m_readUpTo = 0;
    bool m_unreadMarkSet = false;
    bool m_gapPending = false;
};

} // namespace Parlance::Client

// Outside the namespace: inside it would hide Qt's own operators for keys.
Q_DECLARE_OPERATORS_FOR_FLAGS(Parlance::Client::MessageModel::Flags)

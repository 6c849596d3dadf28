// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "model/message.h"
#include "model/roomsettings.h"
#include "model/searchterms.h"

#include <QObject>

#include <optional>

namespace Parlance {

/// A message, or a change of one, on its way into the store.
struct Draft
{
    quint64 id = 0; ///< chosen by the caller; names this append in the answers
    RoomName room;
    UserName author;
    PersonId person;
    QString content;
    qint64 timestamp = 0; ///< milliseconds since the Unix epoch
    Cid cid;
    /// Null: something said. Of an edit content is the new text. The author of an edit or a deletion may be null: who
    /// wrote the message.
    std::shared_ptr<const Change> change = {};
};

#ifdef PARLANCE_FAULT_ACKNOWLEDGE
/// In the id of a StoredDraft: tell the sender that it is stored, which it is not; the real answer follows.
inline constexpr quint64 kTooEarly = quint64(1) << 63;
#endif

/// The answer to a draft that is committed.
struct StoredDraft
{
    quint64 id = 0;
    Message message;
    bool repeated = false; ///< this person's cid was stored before, or the reaction: message is the earlier one
};

/// A room as the store knows it.
struct RoomRecord
{
    RoomName room;
    QString epoch; ///< another one whenever seq starts anew
    quint64 head = 0; ///< seq of the newest message; 0 when there is none
    MessageList newest; ///< oldest first, ends with head
    /// seq of the oldest message that fetch() finds, head + 1 where there is none any more; 0: it finds none but these
    quint64 oldest = 0;
    RoomSettings settings = {};
};

/// Which messages of a room somebody wants to read.
struct HistoryQuery
{
    RoomName room;
    /// The oldest with a seq above it; without it the newest.
    std::optional<quint64> after = {};
    quint64 before = 0; ///< only those with a seq below it; 0: whatever their seq
    int count = 50; ///< at most
    qint64 bytes = 1024 * 1024; ///< what they take in UTF-8 with their keys, about; one message comes however long it is
    bool withChanges = false; ///< every seq: changes, and what is left of deleted messages, too
};

/// What was found.
struct HistoryPage
{
    QString epoch;
    quint64 head = 0; ///< seq of the room's newest message; 0 when there is none
    MessageList messages; ///< in seq order
    quint64 oldest = 1; ///< seq of the oldest message that there is; head + 1 where there is none
};

/// What somebody looks for.
struct SearchQuery
{
    QList<SearchTerm> terms; ///< not empty
    RoomName room = {}; ///< null: in all rooms
    int count = 20; ///< at most
};

/// Messages that have what was looked for, the best first.
struct SearchHits
{
    MessageList messages;
    QString epoch; ///< that their seqs belong to; empty where each room has its own
    bool hasMore = false; ///< there are others, which fit less
};

/// Where messages are kept. Every call is answered later, through a signal, never from inside the call.
///
/// Thread: lives in the hub and emits there, whatever threads it uses behind.
class MessageStore : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageStore)

public:
    explicit MessageStore(QObject *parent = nullptr) : QObject(parent) {}

    /// "memory", "fast" or "durable": what an acknowledgement means.
    virtual QString durability() const = 0;
    /// Why messages cannot be stored at the moment: StorageFull or Unavailable; None while they can.
    virtual ErrorCode fault() const { return ErrorCode::None; }

    /// Answered by roomOpened with at most \a newest messages, or roomFailed. Once per room until closeRoom.
    virtual void openRoom(const RoomName &room, int newest) = 0;
    /// Nobody is in the room any more; no draft of it is under way.
    virtual void closeRoom(const RoomName &room) = 0;
    /// Only for an open room. Answered by stored or appendFailed. Drafts of one room keep their order.
    virtual void append(Draft draft) = 0;
    /// Of any room, open or not. Answered by fetched or fetchFailed with \a number, and never holds up a message.
    virtual void fetch(quint64 number, const HistoryQuery &query) = 0;
    /// Answered by found or searchFailed with \a number, and never holds up a message, nor a page. Finds what was said
    /// about a second ago, later while the server takes in thousands a second.
    virtual void search(quint64 number, const SearchQuery &query) = 0;

    /// Changes what \a room, open or not, is set to. Answered by configured or configureFailed with \a number.
    virtual void configure(quint64 number, const RoomName &room, const RoomPatch &patch) = 0;

signals:
    void roomOpened(const Parlance::RoomRecord &record);
    void roomFailed(const Parlance::RoomName &room, const Parlance::Error &error);
    /// Committed; in seq order within each room.
    void stored(const QList<Parlance::StoredDraft> &batch);
    /// Not stored: Conflict (the cid was used for other content), StorageFull, Unavailable; a change also for NotFound
    /// and Forbidden, as mayChange() says.
    void appendFailed(quint64 draft, const Parlance::Error &error);
    /// What was below \a oldest in \a room is gone, after its time or for want of space.
    void trimmed(const Parlance::RoomName &room, quint64 oldest);
    /// \a settings are what holds now.
    void configured(quint64 number, const Parlance::RoomSettings &settings);
    /// StorageFull, Unavailable; NotFound where only open rooms can be set.
    void configureFailed(quint64 number, const Parlance::Error &error);
    void fetched(quint64 number, const Parlance::HistoryPage &page);
    void found(quint64 number, const Parlance::SearchHits &hits);
    /// Unavailable.
    void searchFailed(quint64 number, const Parlance::Error &error);
    /// Unavailable.
    void fetchFailed(quint64 number, const Parlance::Error &error);
};

} // namespace Parlance

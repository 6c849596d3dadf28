// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"

#include <QAbstractTableModel>
#include <QHash>

namespace Parlance {

class AdminService;

/// One line of the live log.
struct LogEntry
{
    enum class Kind {
        Message,
        Joined,
        Left, ///< text: the reason, empty when by themselves
        Skipped, ///< count messages were not sent to the console
    };

    Kind kind = Kind::Message;
    RoomName room;
    UserName user;
    QString text; ///< what somebody wrote, as they wrote it
    qint64 timestamp = 0; ///< milliseconds since the Unix epoch
    quint64 count = 0; ///< Skipped only
    MessageId id = {}; ///< Message only
    bool isEdited = false;
    bool isDeleted = false; ///< text is empty
};

/// What was said in all rooms, oldest first, raw and bounded: the oldest lines make room for new ones.
///
/// Grows only at the end and shrinks only at the top, so that every line has a serial number that stays. A message that is
/// edited or deleted keeps its line; of a deleted one the text is gone from here too.
/// Fed by an AdminService, which must outlive it. Thread: the GUI thread.
class MessageLogModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageLogModel)

public:
    enum Column { TimeColumn, RoomColumn, UserColumn, TextColumn, ColumnCount };
    static constexpr int kMaxRows = 20'000;

    explicit MessageLogModel(AdminService &admin, QObject *parent = nullptr);

    const LogEntry &entry(int row) const { return m_entries.at(row); }
    /// The serial number of row 0; the others follow without gaps.
    quint64 firstSerial() const { return m_firstSerial; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    /// Display: the raw value; times in milliseconds since the Unix epoch.
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void reset(const AdminSnapshot &snapshot);
    void apply(const AdminBatch &batch);
    void append(QList<LogEntry> fresh);
    void drop(int count);
    void change(const Message &message);

    QList<LogEntry> m_entries;
    QHash<MessageId, quint64> m_serials; ///< of messages
    quint64 m_firstSerial = 0;
};

} // namespace Parlance

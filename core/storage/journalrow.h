// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/messagestore.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QStringConverter>

#include <string>

namespace Parlance {

/// One message, as a row of `journal` has it.
struct JournalEntry
{
    QString author;
    QString person;
    QString cid; ///< empty: none
    qint64 timestamp = 0; ///< milliseconds since the Unix epoch
    QString content;
};

/// Packs messages of one room whose seqs follow each other into the data of one row of `journal`.
///
/// A byte for the format (1), then for each message: who (0 and their name and person; or n for the n-th of the row that
/// was new), the time since the message before (zigzag), the cid, the content. Numbers are little-endian base 128 (as in
/// Protocol Buffers), texts their length in bytes and UTF-8. Thread: any, one at a time.
class JournalPacker
{
public:
    static constexpr int kMost = 256; ///< messages of one row: whoever wants one of them reads all

    void add(const Draft &draft);
    int count() const { return m_count; }
    /// The data of what was added since the last call.
    QByteArray take();

private:
    struct Person
    {
        quint64 number = 0;
        QString author;
    };

    QStringEncoder m_encoder {QStringConverter::Utf8, QStringConverter::Flag::Stateless};
    std::string m_data;
    QHash<QString, Person> m_people; ///< by who they are
    Person *m_last = nullptr; ///< who was added last: people often come several times on end
    QString m_lastPerson;
    quint64 m_numbers = 0; ///< given to people
    qint64 m_before = 0; ///< time of the message before
    int m_count = 0;
};

/// What a row's \a data says, which must be \a count messages. DataUnusable where it is anything else.
Result<QList<JournalEntry>> unpackJournal(const QByteArray &data, qsizetype count);

} // namespace Parlance

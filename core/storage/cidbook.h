// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "storage/sqlconnection.h"

#include <QHash>
#include <QSet>
#include <QSqlQuery>

#include <optional>
#include <vector>

namespace Parlance {

/// Knows of a cid that it is new without a look into the database, which costs more than to write the message.
///
/// Of messages in the journal it knows all, of those with rows it reads the cids of a person when that person first uses
/// one. It keeps hashes: "used" may be wrong and is looked up, "new" is right.
/// Thread: the storage thread.
class CidBook
{
public:
    static constexpr qsizetype kMostOfPerson = 50'000; ///< with more than that the database is asked each time
    static constexpr qsizetype kMostOfAll = 1'000'000; ///< of those that have rows; above it everybody is read anew
    static constexpr qsizetype kMostPeople = 100'000; ///< likewise

    /// \a connection must outlive the book.
    explicit CidBook(SqlConnection &connection) : m_connection(connection) {}

    /// Whether \a person may have used \a cid before.
    Result<bool> mayBeUsed(const PersonId &person, const Cid &cid);
    /// Where in the journal the message is that used it; nothing where none does.
    std::optional<qint64> inJournal(const PersonId &person, const Cid &cid) const;

    /// The message \a key was put into the journal.
    void noteJournal(const PersonId &person, const Cid &cid, qint64 key);
    /// The message has a row: one that was in the journal, or one that never was.
    void noteRow(const PersonId &person, const Cid &cid, bool wasInJournal);

    /// What was noted since the last of both is committed, or is not.
    void committed();
    void rolledBack();

private:
    struct Person
    {
        QSet<quint64> used;
        bool isTooMany = false;
    };

    static quint64 hashOf(const PersonId &person, const Cid &cid);
    Result<Person *> find(const PersonId &person);

    SqlConnection &m_connection;
    QSqlQuery m_read; ///< prepared when first used
    QHash<quint64, qint64> m_journal; ///< message by hash
    QHash<PersonId, Person> m_people;
    qsizetype m_size = 0; ///< hashes of m_people
    std::vector<quint64> m_added; ///< to m_journal, not committed
    std::vector<quint64> m_moved; ///< out of m_journal, likewise
};

} // namespace Parlance

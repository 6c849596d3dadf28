// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/cidbook.h"

using namespace Qt::StringLiterals;

namespace Parlance {

quint64 CidBook::hashOf(const PersonId &person, const Cid &cid)
{
    return qHash(cid.toString(), qHash(person.toString(), QHashSeed::globalSeed()));
}

Result<bool> CidBook::mayBeUsed(const PersonId &person, const Cid &cid)
{
    const quint64 hash = hashOf(person, cid);
    if (m_journal.contains(hash))
        return true;
    const Result<Person *> found = find(person);
    if (!found)
        return found.error();
    return found.value()->isTooMany || found.value()->used.contains(hash);
}

std::optional<qint64> CidBook::inJournal(const PersonId &person, const Cid &cid) const
{
    const auto at = m_journal.constFind(hashOf(person, cid));
    return at == m_journal.cend() ? std::nullopt : std::optional(*at);
}

void CidBook::noteJournal(const PersonId &person, const Cid &cid, qint64 key)
{
    const quint64 hash = hashOf(person, cid);
    m_journal.insert(hash, key);
    m_added.push_back(hash);
}

void CidBook::noteRow(const PersonId &person, const Cid &cid, bool wasInJournal)
{
    const quint64 hash = hashOf(person, cid);
    if (wasInJournal)
        m_moved.push_back(hash);
    const auto at = m_people.find(person);
    if (at == m_people.end() || at->isTooMany)
        return;
    // Before it is committed: one too many is looked up, and not found.
    const qsizetype before = at->used.size();
    at->used.insert(hash);
    m_size += at->used.size() - before;
    if (at->used.size() > kMostOfPerson) {
        m_size -= at->used.size();
        at->used = {};
        at->isTooMany = true;
    }
}

void CidBook::committed()
{
    for (const quint64 hash : m_moved)
        m_journal.remove(hash);
    m_moved.clear();
    m_added.clear();
}

void CidBook::rolledBack()
{
    for (const quint64 hash : m_added)
        m_journal.remove(hash);
    m_moved.clear();
    m_added.clear();
}

Result<CidBook::Person *> CidBook::find(const PersonId &person)
{
    if (const auto known = m_people.find(person); known != m_people.end())
        return &*known;
    if (!m_read.isSelect()) {
        Result<QSqlQuery> read = m_connection.prepare(u"SELECT cid FROM messages WHERE person = ? AND cid IS NOT NULL LIMIT ?"_s);
        if (!read)
            return read.error();
        m_read = read.take();
    }
    m_read.bindValue(0, person.toString());
    m_read.bindValue(1, kMostOfPerson + 1);
    if (const Status done = m_connection.execute(m_read); !done)
        return done.error();
    Person read;
    while (m_read.next())
        read.used.insert(hashOf(person, Cid(m_read.value(0).toString())));
    m_read.finish();
    if (read.used.size() > kMostOfPerson) {
        read.used = {};
        read.isTooMany = true;
    }
    if (m_size + read.used.size() > kMostOfAll || m_people.size() >= kMostPeople) {
        m_people.clear();
        m_size = 0;
    }
    m_size += read.used.size();
    return &*m_people.insert(person, std::move(read));
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

#include <utility>

namespace Parlance {

/// Typed identifier: a MessageId cannot be passed where a Cid is expected.
template <typename Tag>
class Id
{
public:
    Id() = default;
    explicit Id(QString value) : m_value(std::move(value)) {}

    bool isNull() const { return m_value.isEmpty(); }
    const QString &toString() const { return m_value; }
    friend bool operator==(const Id &, const Id &) = default;
    friend size_t qHash(const Id &id, size_t seed = 0) { return qHash(id.m_value, seed); }

private:
    QString m_value;
};

/// Unique for ever, given by the store.
using MessageId = Id<struct MessageTag>;
/// Chosen by the client (a UUID by convention), kept until its message is acknowledged.
using Cid = Id<struct CidTag>;
/// Who somebody is across sessions: an account, or the hash of a resume token.
using PersonId = Id<struct PersonTag>;

/// One connection of one person to one room, as long as the process runs. 0 is no session.
enum class SessionId : quint64 {};

inline size_t qHash(SessionId id, size_t seed = 0)
{
    return ::qHash(static_cast<quint64>(id), seed);
}

} // namespace Parlance

Q_DECLARE_METATYPE(Parlance::SessionId)

// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/joinrules.h"

#include "base/text.h"

using namespace Qt::StringLiterals;

namespace Parlance {

Status JoinRules::mayTry(const JoinRequest &request, Millis now)
{
    if (const Millis wait = m_rate.take(request.subscriber(), now); wait.count() > 0)
        return Error {ErrorCode::RateLimited, u"too many joins from this address"_s, {}, wait, Limit::Joins};
    return {};
}

Status JoinRules::fits(const JoinRequest &request) const
{
    const auto tooLong = [](const QString &field, int most, Limit limit) {
        return Error {ErrorCode::BadName, u"%1 must have at most %2 characters"_s.arg(field).arg(most), field, {}, limit};
    };
    if (codePointCount(request.room.text()) > m_roomNameChars)
        return tooLong(u"room"_s, m_roomNameChars, Limit::RoomNameChars);
    if (codePointCount(request.name.text()) > m_userNameChars)
        return tooLong(u"username"_s, m_userNameChars, Limit::UserNameChars);
    return {};
}

Status JoinRules::mayJoin(const JoinRequest &request, Millis now) const
{
    if (Status welcome = isWelcome(request, now); !welcome)
        return welcome;
    if (!request.person.isNull() && m_sessions.value(request.person) >= m_sessionsPerPerson)
        return Error {ErrorCode::TooManySessions, u"too many windows are open under this name"_s, {}, {},
                      Limit::SessionsPerUser};
    return {};
}

Status JoinRules::isWelcome(const JoinRequest &request, Millis now) const
{
    const auto *kick = m_kicks.find(request.room, request.person, request.name, request.address, now);
    if (!kick)
        return {};
    const QString detail = kick->reason.isEmpty() ? u"you were removed from this room"_s
                                                  : u"you were removed from this room: %1"_s.arg(kick->reason);
    return Error {ErrorCode::Kicked, detail, {}, kick->until - now, Limit::None, kick->reason};
}

void JoinRules::sessionEnded(const PersonId &person)
{
    if (const auto count = m_sessions.find(person); count != m_sessions.end() && --*count == 0)
        m_sessions.erase(count);
}

void JoinRules::prune(Millis now)
{
    m_rate.prune(now);
    m_kicks.prune(now);
}

} // namespace Parlance

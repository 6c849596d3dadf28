// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errorcode.h"

#include <array>
#include <utility>

namespace Parlance {

namespace {

constexpr std::array<std::pair<ErrorCode, const char *>, 29> kNames {{
    {ErrorCode::None, "none"},
    {ErrorCode::BadRequest, "bad_request"},
    {ErrorCode::BadParameter, "bad_parameter"},
    {ErrorCode::BadName, "bad_name"},
    {ErrorCode::UnknownType, "unknown_type"},
    {ErrorCode::Empty, "empty"},
    {ErrorCode::TooLong, "too_long"},
    {ErrorCode::TooLarge, "too_large"},
    {ErrorCode::RateLimited, "rate_limited"},
    {ErrorCode::NotFound, "not_found"},
    {ErrorCode::MethodNotAllowed, "method_not_allowed"},
    {ErrorCode::UnsupportedMedia, "unsupported_media"},
    {ErrorCode::Unauthorized, "unauthorized"},
    {ErrorCode::Forbidden, "forbidden"},
    {ErrorCode::Kicked, "kicked"},
    {ErrorCode::Frozen, "room_frozen"},
    {ErrorCode::Locked, "room_locked"},
    {ErrorCode::Conflict, "conflict"},
    {ErrorCode::ServerFull, "server_full"},
    {ErrorCode::TooManyRooms, "too_many_rooms"},
    {ErrorCode::TooManySessions, "too_many_sessions"},
    {ErrorCode::NotJoined, "not_joined"},
    {ErrorCode::Unavailable, "unavailable"},
    {ErrorCode::StorageFull, "storage_full"},
    {ErrorCode::ShuttingDown, "shutting_down"},
    {ErrorCode::AddressInUse, "address_in_use"},
    {ErrorCode::DataInUse, "data_in_use"},
    {ErrorCode::DataUnusable, "data_unusable"},
    {ErrorCode::Internal, "internal"},
}};

} // namespace

QByteArrayView errorName(ErrorCode code)
{
    for (const auto &[value, name] : kNames) {
        if (value == code)
            return name;
    }
    return "internal";
}

ErrorCode errorFromName(QByteArrayView name)
{
    for (const auto &[value, text] : kNames) {
        if (name == text)
            return value;
    }
    return ErrorCode::Internal;
}

} // namespace Parlance

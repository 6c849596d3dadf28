// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlfailure.h"

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

ErrorCode sqliteCode(int extended)
{
    // SQLite says FULL for ENOSPC alone. A used up quota (EDQUOT) and a file that may not grow (EFBIG) are a failed
    // write for it, a log index that cannot grow another failure.
    constexpr int kIoErrWrite = 778;
    constexpr int kIoErrShmSize = 4874;
    constexpr int kFull = 13;
    constexpr int kCorrupt = 11;
    constexpr int kNotADatabase = 26;
    if (extended == kIoErrWrite || extended == kIoErrShmSize)
        return ErrorCode::StorageFull;
    switch (extended & 0xFF) {
    case kFull: return ErrorCode::StorageFull;
    case kCorrupt:
    case kNotADatabase: return ErrorCode::DataUnusable;
    default: return ErrorCode::Unavailable;
    }
}

ErrorCode postgresCode(const QString &state)
{
    if (state == "53100"_L1) // disk_full
        return ErrorCode::StorageFull;
    if (state == "XX001"_L1 || state == "XX002"_L1) // data_corrupted, index_corrupted
        return ErrorCode::DataUnusable;
    return ErrorCode::Unavailable;
}

} // namespace

ErrorCode codeOfFailure(SqlDialect dialect, const QString &native)
{
    return dialect == SqlDialect::Sqlite ? sqliteCode(native.toInt()) : postgresCode(native);
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/wire.h"

using namespace Qt::StringLiterals;

namespace Parlance {

MessageEvent toWire(const Message &message)
{
    return {message.id.toString(), message.author.text(), message.content, message.timestamp,
            message.room.text(),   message.seq,           message.cid.toString()};
}

MessageView viewOf(const Message &message)
{
    return {message.id.toString(), message.author.text(), message.content, message.timestamp,
            message.room.text(),   message.seq,           message.cid.toString()};
}

QString toWire(Severity severity)
{
    switch (severity) {
    case Severity::Info: return u"info"_s;
    case Severity::Warning: return u"warning"_s;
    case Severity::Urgent: return u"urgent"_s;
    }
    return u"info"_s;
}

NoticeEvent toWire(const Notice &notice, qint64 timestamp)
{
    return {notice.content, toWire(notice.severity), notice.sticky, notice.until, timestamp};
}

} // namespace Parlance

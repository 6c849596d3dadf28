// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/roomcommand.h"

#include "model/chatmanager.h"

using namespace Qt::StringLiterals;

namespace Parlance {

void configureRoom(ChatManager &chat, const QJsonObject &request, const ControlHandler::Reply &reply)
{
    const Result<RoomName> room = parseRoomName(request.value("room"_L1).toString());
    if (!room) {
        reply(room.error());
        return;
    }
    RoomPatch patch;
    if (const QJsonValue topic = request.value("topic"_L1); topic.isString())
        patch.topic = topic.toString();
    if (const QJsonValue slow = request.value("slow_mode_s"_L1); slow.isDouble())
        patch.slowModeS = slow.toInt(-1);
    if (const QJsonValue frozen = request.value("frozen"_L1); frozen.isBool())
        patch.isFrozen = frozen.toBool();
    if (const QJsonValue locked = request.value("locked"_L1); locked.isBool())
        patch.isLocked = locked.toBool();
    chat.configureRoom(room.value(), patch, [reply, name = room.value()](const Result<RoomSettings> &done) {
        if (!done) {
            reply(done.error());
            return;
        }
        reply(QJsonObject {{"room"_L1, name.text()},
                           {"topic"_L1, done.value().topic},
                           {"slow_mode_s"_L1, done.value().slowModeS},
                           {"frozen"_L1, done.value().isFrozen},
                           {"locked"_L1, done.value().isLocked}});
    });
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "control/controlhandler.h"

namespace Parlance {

class ChatManager;

/// parlancectl's command `room`: `{"room":NAME,"topic"?,"slow_mode_s"?,"frozen"?,"locked"?}`, answered with all of what holds
/// then. Thread: the hub.
void configureRoom(ChatManager &chat, const QJsonObject &request, const ControlHandler::Reply &reply);

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Parlance {

class ChatManager;
class RouteTable;

// GET /api/rooms                           active rooms with their figures
// GET /api/rooms/{room}/users              who is there
// GET /api/rooms/{room}/messages?limit=50  the newest, oldest first; ?before=SEQ and ?after=SEQ for pages
// \a manager must outlive the table.
void addRoomRoutes(RouteTable &routes, ChatManager &manager);

} // namespace Parlance

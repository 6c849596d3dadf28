// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Parlance {

class ChatManager;
class RouteTable;

// GET /api/rooms                           active rooms with their figures
// GET /api/rooms/{room}/users              who is there
// GET /api/rooms/{room}/messages?limit=50  the newest, oldest first
// \a manager must outlive the table.
void addRoomRoutes(RouteTable &routes, const ChatManager &manager);

} // namespace Parlance

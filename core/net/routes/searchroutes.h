// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Parlance {

class ChatManager;
class RouteTable;

// GET /api/search?q=…&limit=                 in all rooms
// GET /api/rooms/{room}/search?q=…&limit=    in one
void addSearchRoutes(RouteTable &routes, ChatManager &manager);

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Parlance {

class ChatManager;
class RouteTable;

// PATCH  /api/rooms/{room}/messages/{id} {"content","cid"?}          the text of one's own message
// DELETE /api/rooms/{room}/messages/{id}                             takes it back
// PUT, DELETE /api/rooms/{room}/messages/{id}/reactions/{emoji}      an emoji under somebody's message, and away
//
// Who asks proves with a bearer token, the resume token of `welcome`, to be who wrote, or is in the room. Answered when
// the change is committed, with its event.
void addChangeRoutes(RouteTable &routes, ChatManager &manager);

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Parlance {

class RouteTable;

// GET /               the chat page            GET /docs          the API, readable
// GET /openapi.json   the API, for programs    GET /{file} and /i18n/{file}: what the two pages load
// All from the resources under :/web and :/openapi.json, which must be linked in.
void addPageRoutes(RouteTable &routes);

} // namespace Parlance

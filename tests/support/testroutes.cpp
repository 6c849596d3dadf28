// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testroutes.h"

#include <stdexcept>

using namespace Qt::StringLiterals;

namespace Parlance {

NetServer::Adjust withRoutes(int *calls)
{
    return [calls](NetServer::Settings &settings) {
        settings.addRoutes = [calls](RouteTable &routes) {
            routes.get(u"/echo/{text}"_s, [](const HttpRequest &, const QStringList &arguments) {
                return HttpReply {200, "text/plain", arguments.constFirst().toUtf8()};
            });
            routes.get(u"/big"_s, [calls](const HttpRequest &, const QStringList &) {
                if (calls)
                    ++*calls;
                return HttpReply {200, "text/plain", QByteArray(kBig, 'x')};
            });
            routes.add("POST", u"/body"_s, [](const HttpRequest &request, const QStringList &) {
                return HttpReply {200, "text/plain", request.body};
            });
            routes.get(u"/throw"_s, [](const HttpRequest &, const QStringList &) -> HttpReply {
                throw std::runtime_error("a route's mistake");
            });
            routes.get(u"/throw/odd"_s, [](const HttpRequest &, const QStringList &) -> HttpReply { throw 42; });
        };
    };
}

} // namespace Parlance

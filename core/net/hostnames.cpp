// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/hostnames.h"

#include <QHostAddress>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Parlance {

QString hostName(QByteArrayView field)
{
    QString name = QString::fromLatin1(field).toLower();
    if (name.startsWith(u'[')) {
        const qsizetype end = name.indexOf(u']');
        return end < 0 ? name : name.sliced(1, end - 1);
    }
    if (const qsizetype colon = name.indexOf(u':'); colon >= 0)
        name.truncate(colon);
    if (name.endsWith(u'.'))
        name.chop(1);
    return name;
}

bool isOwnHost(const QString &name, const QStringList &known)
{
    if (!name.contains(u'.') || !QHostAddress(name).isNull() || known.contains(name))
        return true;
    static constexpr std::array kLocal {".local"_L1, ".localhost"_L1, ".home.arpa"_L1, ".lan"_L1, ".internal"_L1};
    return std::any_of(kLocal.begin(), kLocal.end(), [&name](QLatin1StringView end) { return name.endsWith(end); });
}

bool isFromBrowser(const RequestHead &head)
{
    return std::any_of(head.fields.begin(), head.fields.end(), [](const HeaderField &field) {
        const QByteArray name = field.name.toLower();
        return name == "origin" || name.startsWith("sec-fetch-") || name == "accept-language" || name == "referer"
            || (name == "user-agent" && field.value.startsWith("Mozilla/"));
    });
}

} // namespace Parlance

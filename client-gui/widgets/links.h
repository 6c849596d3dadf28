// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QUrl>

namespace Parlance::Client {

/// Where a web address stands in a text, in UTF-16 units.
struct TextLink
{
    int start = 0;
    int length = 0;
    QUrl url;
};

/// The http and https addresses in \a text, at most 50. Closing punctuation behind one is not part of it.
QList<TextLink> findLinks(const QString &text);

} // namespace Parlance::Client

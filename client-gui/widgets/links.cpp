// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/links.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

constexpr qsizetype kMaxLinks = 50;
constexpr qsizetype kMaxUrlChars = 2000;

/// "(see https://a.example/b)." ends before the bracket, "https://a.example/b_(c)" behind it.
QString withoutTail(QString url)
{
    while (!url.isEmpty()) {
        const QChar last = url.back();
        const bool openedInside = last == u')' && url.count(u'(') >= url.count(u')');
        if (openedInside || !u".,;:!?'\"\u2026\u00bb\u201c\u201d)]}*"_s.contains(last))
            break;
        url.chop(1);
    }
    return url;
}

} // namespace

QList<TextLink> findLinks(const QString &text)
{
    // Bidirectional controls could make an address look like another one.
    static const QRegularExpression pattern(
        uR"(\bhttps?://[^\s<>"\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}\x{feff}]+)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    QList<TextLink> links;
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext() && links.size() < kMaxLinks) {
        const QRegularExpressionMatch match = matches.next();
        const QString address = withoutTail(match.captured());
        const QUrl url(address, QUrl::TolerantMode);
        if (address.size() <= kMaxUrlChars && url.isValid() && !url.host().isEmpty())
            links.append({int(match.capturedStart()), int(address.size()), url});
    }
    return links;
}

} // namespace Parlance::Client

// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/nearestname.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace Parlance {

namespace {

constexpr qsizetype kLongest = 64; // nobody means a setting with a longer text, and the distance costs n * m

/// Lower case, every separator alike: log-level, LOG_LEVEL and log.level are the same slip.
QString folded(QStringView name)
{
    QString out = name.toString().toLower();
    for (QChar &c : out) {
        if (c == u'.' || c == u'-')
            c = u'_';
    }
    return out;
}

/// Insertions, deletions, replacements and swapped neighbours that turn \a a into \a b.
qsizetype editDistance(const QString &a, const QString &b)
{
    const size_t width = size_t(b.size()) + 1;
    std::vector<qsizetype> beforeLast(width);
    std::vector<qsizetype> last(width);
    std::vector<qsizetype> current(width);
    for (size_t j = 0; j < width; ++j)
        last[j] = qsizetype(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const bool same = a[i - 1] == b[j - 1];
            const auto at = size_t(j);
            current[at] = std::min({last[at] + 1, current[at - 1] + 1, last[at - 1] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                current[at] = std::min(current[at], beforeLast[at - 2] + 1);
        }
        std::swap(beforeLast, last);
        std::swap(last, current);
    }
    return last[width - 1];
}

} // namespace

QString nearestName(QStringView typed, const QStringList &known)
{
    if (typed.isEmpty() || typed.size() > kLongest)
        return {};
    const QString wanted = folded(typed);
    QString nearest;
    qsizetype best = std::max<qsizetype>(2, wanted.size() / 3) + 1;
    for (const QString &name : known) {
        const QString candidate = folded(name);
        // One is the end of the other: "messages" for limits.messages, "server.port" for port.
        const bool tail = candidate.endsWith(u'_' + wanted) || wanted.endsWith(u'_' + candidate);
        const qsizetype distance = tail ? 1 : editDistance(wanted, candidate);
        // As many slips as letters is another word, however short.
        if (distance < best && distance < std::min(wanted.size(), candidate.size())) {
            best = distance;
            nearest = name;
        }
    }
    return nearest;
}

} // namespace Parlance

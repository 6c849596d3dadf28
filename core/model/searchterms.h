// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <utility>

namespace Parlance {

/// One of the things that a message must have to be found.
struct SearchTerm
{
    QStringList words; ///< as they were written; more than one stand next to each other in this order
    QStringList folded; ///< the same as foldedWord() has them
    bool isPrefix = false; ///< the last one may go on
};

/// What somebody who looks for \a text means: every word has to be there, in any order, and may be the beginning of a
/// longer one; what stands between quotation marks has to be there as it is. Case and accents do not count. At most
/// kMostTerms, the rest is left out; empty where there is no letter and no digit.
inline constexpr int kMostTerms = 16;
QList<SearchTerm> searchTerms(const QString &text);

/// Without accents, in one case.
QString foldedWord(const QString &word);

/// Where \a terms stand in \a content: [from, to) in UTF-16 code units, from left to right. Empty unless all of them are
/// there.
QList<std::pair<qsizetype, qsizetype>> findTerms(const QString &content, const QList<SearchTerm> &terms);

/// A piece of a message that shows why it was found.
struct Snippet
{
    QString text; ///< in one line, at most about 160 characters; an ellipsis stands where something was left out
    QList<std::pair<int, int>> marks; ///< [from, to) of what was found, in code points of the text
};
Snippet snippetOf(const QString &content, const QList<SearchTerm> &terms);

} // namespace Parlance

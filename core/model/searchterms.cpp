// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/searchterms.h"

#include "base/text.h"

#include <algorithm>

namespace Parlance {

namespace {

constexpr int kPrefixLetters = 3; ///< of scripts that write words apart: shorter ones begin half of all words
constexpr qsizetype kBefore = 40; ///< UTF-16 code units of a snippet in front of what was found
constexpr qsizetype kLength = 160;

struct Word
{
    QString folded;
    qsizetype from = 0; ///< in the text, in UTF-16 code units
    qsizetype to = 0;
};

bool isWordCharacter(char32_t c)
{
    return QChar::isLetterOrNumber(c) || QChar::isMark(c);
}

/// The code point at \a i, and behind it.
char32_t codePointAt(const QString &text, qsizetype i, qsizetype *next)
{
    const QChar c = text.at(i);
    if (c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
        *next = i + 2;
        return QChar::surrogateToUcs4(c, text.at(i + 1));
    }
    *next = i + 1;
    return c.unicode();
}

QList<Word> wordsOf(const QString &text)
{
    QList<Word> words;
    qsizetype begin = -1;
    for (qsizetype i = 0; i <= text.size();) {
        qsizetype next = i + 1;
        const bool isInside = i < text.size() && isWordCharacter(codePointAt(text, i, &next));
        if (isInside && begin < 0)
            begin = i;
        if (!isInside && begin >= 0) {
            if (QString folded = foldedWord(text.mid(begin, i - begin)); !folded.isEmpty())
                words.append({std::move(folded), begin, i});
            begin = -1;
        }
        i = next;
    }
    return words;
}

/// Scripts that do not part words: there a word is a whole sentence.
bool isRunOn(const QString &word)
{
    return std::any_of(word.cbegin(), word.cend(), [](QChar c) {
        const QChar::Script script = c.script();
        return c.isSurrogate() || script == QChar::Script_Han || script == QChar::Script_Hiragana || script == QChar::Script_Katakana
            || script == QChar::Script_Hangul || script == QChar::Script_Thai;
    });
}

bool standsAt(const QList<Word> &words, qsizetype at, const SearchTerm &term)
{
    if (at + term.folded.size() > words.size())
        return false;
    for (qsizetype i = 0; i < term.folded.size(); ++i) {
        const QString &word = words.at(at + i).folded;
        const bool mayGoOn = term.isPrefix && i + 1 == term.folded.size();
        if (mayGoOn ? !word.startsWith(term.folded.at(i)) : word != term.folded.at(i))
            return false;
    }
    return true;
}

} // namespace

QString foldedWord(const QString &word)
{
    QString folded = word.normalized(QString::NormalizationForm_D).toCaseFolded();
    folded.removeIf([](QChar c) { return c.isMark(); });
    return folded;
}

QList<SearchTerm> searchTerms(const QString &text)
{
    QList<SearchTerm> terms;
    const QStringList parts = text.split(u'"');
    for (qsizetype i = 0; i < parts.size() && terms.size() < kMostTerms; ++i) {
        const bool isPhrase = i % 2 == 1 && i + 1 < parts.size(); // a mark that nothing closes is none
        SearchTerm phrase;
        const QList<Word> words = wordsOf(parts.at(i));
        for (const Word &word : words) {
            const QString written = parts.at(i).mid(word.from, word.to - word.from);
            if (isPhrase) {
                phrase.words.append(written);
                phrase.folded.append(word.folded);
            } else if (terms.size() < kMostTerms) {
                terms.append({{written}, {word.folded}, word.folded.size() >= kPrefixLetters || isRunOn(written)});
            }
        }
        if (!phrase.words.isEmpty())
            terms.append(phrase);
    }
    return terms;
}

QList<std::pair<qsizetype, qsizetype>> findTerms(const QString &content, const QList<SearchTerm> &terms)
{
    const QList<Word> words = wordsOf(content);
    QList<std::pair<qsizetype, qsizetype>> found;
    for (const SearchTerm &term : terms) {
        const qsizetype before = found.size();
        for (qsizetype i = 0; i < words.size(); ++i) {
            if (standsAt(words, i, term))
                found.append({words.at(i).from, words.at(i + term.folded.size() - 1).to});
        }
        if (found.size() == before)
            return {};
    }
    std::sort(found.begin(), found.end());
    return found;
}

Snippet snippetOf(const QString &content, const QList<SearchTerm> &terms)
{
    const QList<std::pair<qsizetype, qsizetype>> found = findTerms(content, terms);
    const auto isBreak = [&content](qsizetype at) { return content.at(at).isSpace(); };
    qsizetype from = found.isEmpty() || content.size() <= kLength ? 0 : std::max(qsizetype(0), found.constFirst().first - kBefore);
    while (from > 0 && from < found.constFirst().first && !isBreak(from - 1))
        ++from; // no half word, and no half character
    qsizetype to = std::min(content.size(), from + kLength);
    if (to < content.size() && content.at(to).isLowSurrogate())
        --to;
    Snippet snippet;
    const QString head = from > 0 ? QStringLiteral("…") : QString();
    QString middle = content.mid(from, to - from);
    for (QChar &c : middle) {
        if (c.isSpace())
            c = u' ';
    }
    snippet.text = head + middle + (to < content.size() ? QStringLiteral("…") : QString());
    for (const auto &[begin, end] : found) {
        if (begin < from || begin >= to)
            continue;
        const int first = int(head.size() + codePointCount(QStringView(content).mid(from, begin - from)));
        snippet.marks.append({first, first + int(codePointCount(QStringView(content).mid(begin, std::min(end, to) - begin)))});
    }
    return snippet;
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/searchterms.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What somebody means who types something into a search box, and where it stands in a message.
class TestSearchTerms : public QObject
{
    Q_OBJECT

private slots:
    void terms_data();
    void terms();
    void atMost();
    void finds_data();
    void finds();
    void snippets_data();
    void snippets();
    void marksAreInCodePoints();
};

namespace {

QString textOf(const QList<SearchTerm> &terms)
{
    QStringList list;
    for (const SearchTerm &term : terms)
        list.append(term.folded.join(u' ') + (term.isPrefix ? u"*"_s : QString()));
    return list.join(u", ");
}

/// \a content with what was found in brackets.
QString marked(QString content, const QString &query)
{
    const auto found = findTerms(content, searchTerms(query));
    for (auto it = found.crbegin(); it != found.crend(); ++it)
        content.insert(it->second, u']').insert(it->first, u'[');
    return content;
}

} // namespace

void TestSearchTerms::terms_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("punctuation") << u" - !? \"\" 👍"_s << QString();
    QTest::newRow("words") << u"Hello  big world"_s << u"hello*, big*, world*"_s;
    QTest::newRow("short words") << u"go to it"_s << u"go, to, it"_s;
    QTest::newRow("phrase") << u"say \"to be\" twice"_s << u"say*, to be, twice*"_s;
    QTest::newRow("phrase that is not closed") << u"say \"to be"_s << u"say*, to, be"_s;
    QTest::newRow("operators") << u"NOT foo* OR (bar NEAR baz^)"_s << u"not*, foo*, or, bar*, near*, baz*"_s;
    QTest::newRow("quotes and backslashes") << u"it's c:\\dir 50%"_s << u"it, s, c, dir*, 50"_s;
    QTest::newRow("accents") << u"Café ÜBER"_s << u"cafe*, uber*"_s;
    QTest::newRow("Cyrillic") << u"Привет"_s << u"привет*"_s;
    QTest::newRow("Chinese") << u"会议"_s << u"会议*"_s;
    QTest::newRow("half a pair") << QString(QChar(0xD800)) << QString();
}

void TestSearchTerms::terms()
{
    QFETCH(QString, text);
    QTEST(textOf(searchTerms(text)), "expected");
}

void TestSearchTerms::atMost()
{
    QCOMPARE(searchTerms(u"word "_s.repeated(100)).size(), kMostTerms);
    QCOMPARE(searchTerms(u"\"a b\" "_s.repeated(100)).size(), kMostTerms);
}

void TestSearchTerms::finds_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("expected");
    QTest::newRow("a word") << u"Say hello."_s << u"HELLO"_s << u"Say [hello]."_s;
    QTest::newRow("its beginning") << u"the deployment"_s << u"deploy"_s << u"the [deployment]"_s;
    QTest::newRow("not its end") << u"redeploy"_s << u"deploy"_s << u"redeploy"_s;
    QTest::newRow("all of them") << u"one two three"_s << u"three one"_s << u"[one] two [three]"_s;
    QTest::newRow("one is missing") << u"one two"_s << u"one three"_s << u"one two"_s;
    QTest::newRow("phrase") << u"to be or not to-be"_s << u"\"to be\""_s << u"[to be] or not [to-be]"_s;
    QTest::newRow("phrase in another order") << u"be to"_s << u"\"to be\""_s << u"be to"_s;
    QTest::newRow("accents") << u"Das Café ist über dem See"_s << u"cafe UBER"_s << u"Das [Café] ist [über] dem See"_s;
    QTest::newRow("accents apart") << u"Cafe\u0301!"_s << u"café"_s << u"[Cafe\u0301]!"_s;
    QTest::newRow("Cyrillic") << u"мой дом"_s << u"Мой"_s << u"[мой] дом"_s;
    QTest::newRow("Hebrew") << u"שלום עולם"_s << u"עולם"_s << u"שלום [עולם]"_s;
    QTest::newRow("behind an emoji") << u"😀hello"_s << u"hello"_s << u"😀[hello]"_s;
}

void TestSearchTerms::finds()
{
    QFETCH(QString, content);
    QFETCH(QString, query);
    QTEST(marked(content, query), "expected");
}

void TestSearchTerms::snippets_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("expected");
    const QString around = u"word "_s.repeated(60);
    QTest::newRow("short") << u"find me\nhere"_s << u"find me here"_s;
    QTest::newRow("at the beginning") << QString(u"find "_s + around) << QString((u"find "_s + around).left(160) + u'…');
    QTest::newRow("in the middle") << QString(around + u"find "_s + around)
                                   << QString(u'…' + (around + u"find "_s + around).mid(260, 160) + u'…');
    QTest::newRow("at the end") << QString(around + u"find"_s) << QString(u'…' + (around + u"find"_s).mid(260));
    QTest::newRow("one long word before it") << QString(QString(500, u'x') + u" find"_s) << u"…find"_s;
}

void TestSearchTerms::snippets()
{
    QFETCH(QString, content);
    const Snippet snippet = snippetOf(content, searchTerms(u"find"_s));
    QTEST(snippet.text, "expected");
    QCOMPARE(snippet.marks.size(), 1);
    const auto [from, to] = snippet.marks.constFirst();
    QCOMPARE(snippet.text.mid(from, to - from), u"find"_s);
}

void TestSearchTerms::marksAreInCodePoints()
{
    const Snippet snippet = snippetOf(u"😀😀 find"_s, searchTerms(u"find"_s));
    QCOMPARE(snippet.marks, (QList<std::pair<int, int>> {{3, 7}}));
}

QTEST_GUILESS_MAIN(TestSearchTerms)
#include "tst_searchterms.moc"

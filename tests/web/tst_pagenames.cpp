// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/names.h"
#include "web/chatpage.h"
#include "web/pageserver.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Parlance;

/// The page says before the server would what is wrong with a name, and sends what the server would make of it.
class TestPageNames : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase() { m_page.reset(); }
    void asTheServerHasThem_data();
    void asTheServerHasThem();

private:
    std::unique_ptr<PageServer> m_server;
    std::unique_ptr<ChatPage> m_page;
};

void TestPageNames::initTestCase()
{
    m_server = std::make_unique<PageServer>();
    m_page = std::make_unique<ChatPage>();
    QVERIFY2(m_page->browser().error().isEmpty(), qPrintable(m_page->browser().error()));
    m_page->open(m_server->port());
}

void TestPageNames::asTheServerHasThem_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << u"anna"_s;
    QTest::newRow("to be trimmed") << u"  anna \t"_s;
    QTest::newRow("several spaces") << u"john   doe"_s;
    QTest::newRow("long for its spaces") << u"x  "_s.repeated(16);
    QTest::newRow("tab inside") << u"john\tdoe"_s;
    QTest::newRow("starts with a digit") << u"4ever"_s;
    QTest::newRow("starts with an Arabic digit") << u"\u0663x"_s;
    QTest::newRow("superscript") << u"²"_s;
    QTest::newRow("starts with a dot") << u".hidden"_s;
    QTest::newRow("starts with a dash") << u"-x"_s;
    QTest::newRow("starts with an underscore") << u"_x"_s;
    QTest::newRow("starts with a mark") << u"\u0301a"_s;
    QTest::newRow("starts with an emoji") << u"😀anna"_s;
    QTest::newRow("dots") << u".."_s;
    QTest::newRow("slash") << u"a/b"_s;
    QTest::newRow("zero width") << u"a\u200bb"_s;
    QTest::newRow("four marks in a row") << u"q\u0302\u0303\u0304\u0306"_s;
    QTest::newRow("five marks in a row") << u"q\u0302\u0303\u0304\u0306\u0307"_s;
    QTest::newRow("enclosing mark") << u"a\u20dd"_s;
    QTest::newRow("Devanagari") << u"क्षेत्री"_s;
    QTest::newRow("to be composed") << u"Zoe\u0308"_s;
    QTest::newRow("spaces") << u"   "_s;
    QTest::newRow("longest") << QString(32, u'x');
    QTest::newRow("one too long") << QString(33, u'x');
}

void TestPageNames::asTheServerHasThem()
{
    QFETCH(QString, text);
    const QString told = m_page->browser().executeAsync(uR"js(
        const [name, done] = arguments;
        const script = document.querySelector('script[type=module]').src;
        import(new URL('./names.js', script)).then(
            ({nameFault, cleanName}) => done(nameFault(name, 'name') === null ? cleanName(name) : ''),
            (error) => done(String(error)));
    )js"_s, {text}).toString();
    const Result<UserName> name = parseUserName(text);
    QCOMPARE(told, name ? name.value().text() : QString());
}

QTEST_GUILESS_MAIN(TestPageNames)

#include "tst_pagenames.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "consolefixture.h"
#include "text/format.h"
#include "translations.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QXmlStreamReader>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

/// The placeholders of a text, in order of their numbers.
QStringList placeholders(const QString &text)
{
    static const QRegularExpression pattern(u"%L?(\\d|n)"_s);
    QStringList found;
    for (auto it = pattern.globalMatch(text); it.hasNext();)
        found.append(it.next().captured());
    found.sort();
    return found;
}

} // namespace

class TestConsoleGerman : public ConsoleFixture
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyTextIsTranslated();
    void windowSpeaksGerman();
    void plurals();
    void failuresSpeakGerman();
};

void TestConsoleGerman::initTestCase()
{
    QVERIFY(!installTranslations(*QCoreApplication::instance(), QLocale(QLocale::Icelandic)));
    QVERIFY(installTranslations(*QCoreApplication::instance(), QLocale(QLocale::German)));
}

void TestConsoleGerman::everyTextIsTranslated()
{
    QFile file(QStringLiteral(TRANSLATION_FILE));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QString source;
    int count = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "source"_L1)
            source = xml.readElementText();
        if (xml.name() != "translation"_L1)
            continue;
        QVERIFY2(!xml.attributes().hasAttribute("type"_L1), qPrintable(source));
        const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
        QVERIFY2(!text.isEmpty(), qPrintable(source));
        if (!source.contains(u"%Ln"_s)) // a text with plural forms holds it once for each
            QCOMPARE(placeholders(text), placeholders(source));
        ++count;
    }
    QVERIFY(!xml.hasError());
    QVERIFY(count > 200);
}

void TestConsoleGerman::windowSpeaksGerman()
{
    QCOMPARE(find<QAction>(u"start"_s)->text(), u"Starten"_s);
    QCOMPARE(find<QLabel>(u"state"_s)->text(), u"Angehalten"_s);
    AdminSnapshot snapshot = threePeople();
    snapshot.durability = u"memory"_s;
    run(snapshot);
    QCOMPARE(find<QLabel>(u"state"_s)->text(), u"Läuft"_s);
    QCOMPARE(find<QLabel>(u"joinHint"_s)->text(), u"Jetzt hier: 3 Personen"_s);
    QVERIFY(find<QLabel>(u"about"_s)->text().endsWith(u"Nachrichten nur im Arbeitsspeicher"_s));
    QStringList views;
    for (int row = 0; row < ConsoleWindow::PageCount; ++row)
        views.append(find<QListWidget>(u"navigation"_s)->item(row)->text());
    QCOMPARE(views, (QStringList {u"Übersicht"_s, u"Räume"_s, u"Personen"_s, u"Nachrichten"_s}));
    m_window->showPage(ConsoleWindow::People);
    QCOMPARE(find<QLineEdit>(u"filter"_s)->placeholderText(), u"Personen filtern (Strg+F)"_s);
    selectPerson(u"chris"_s);
    click(u"kick"_s);
    QVERIFY(dialog()->findChild<QLabel *>(u"question"_s)->text().endsWith(u"entfernen?"_s));
    QCOMPARE(dialog()->findChild<QPushButton *>(u"cancel"_s)->text(), u"Abbrechen"_s);
    press(u"cancel"_s);
}

void TestConsoleGerman::plurals()
{
    QCOMPARE(Format::people(0), u"0 Personen"_s);
    QCOMPARE(Format::people(1), u"1 Person"_s);
    QCOMPARE(Format::people(2), u"2 Personen"_s);
}

void TestConsoleGerman::failuresSpeakGerman()
{
    m_control->start();
    m_control->fail({ErrorCode::AddressInUse, {}});
    QCOMPARE(bar()->text(), u"Port 8000 wird von einem anderen Programm benutzt. Wähle einen anderen Port."_s);
}

QTEST_MAIN(TestConsoleGerman)
#include "tst_consolegerman.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/chatsession.h"
#include "client-gui/support/fakeserver.h"
#include "client-gui/widgets/composer.h"
#include "client-gui/widgets/mainwindow.h"
#include "client-gui/widgets/messagelistview.h"
#include "client-gui/widgets/roompage.h"
#include "client-gui/widgets/sessionview.h"
#include "client-gui/widgets/shortcutsdialog.h"
#include "client-gui/widgets/topbar.h"
#include "client-gui/widgets/translations.h"
#include "client-gui/widgets/words.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QLibraryInfo>
#include <QMenuBar>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;

/// The way from tr() in the sources to German on the screen.
class TestClientTranslation : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyTextIsTranslated();
    void placeholdersAreKept();
    void plurals();
    void windowIsGerman();
    void qtsOwnWordsAreGerman();
    void otherLanguagesStayEnglish();
};

void TestClientTranslation::initTestCase()
{
    QLocale::setDefault(QLocale(u"de_DE"_s));
    installTranslations(*qApp, QLocale(u"de_DE"_s));
}

void TestClientTranslation::everyTextIsTranslated()
{
    QFile file(QStringLiteral(TRANSLATION_FILE));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    int translations = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement || xml.name() != u"translation")
            continue;
        ++translations;
        QVERIFY2(!xml.attributes().hasAttribute(u"type"_s), qPrintable(u"line %1"_s.arg(xml.lineNumber())));
        const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
        QVERIFY2(!text.trimmed().isEmpty(), qPrintable(u"line %1"_s.arg(xml.lineNumber())));
    }
    QVERIFY(!xml.hasError());
    QVERIFY(translations > 150);
}

void TestClientTranslation::placeholdersAreKept()
{
    QFile file(QStringLiteral(TRANSLATION_FILE));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QString source;
    const auto check = [&source](const QString &text) {
        for (const QString &mark : {u"%1"_s, u"%2"_s, u"%3"_s, u"%n"_s})
            QVERIFY2(source.contains(mark) == text.contains(mark), qPrintable(source + u" -> "_s + text));
    };
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"source")
            source = xml.readElementText();
        else if (xml.name() == u"numerusform")
            check(xml.readElementText());
        else if (xml.name() == u"translation") {
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            check(text);
        }
    }
}

void TestClientTranslation::plurals()
{
    const auto plain = [](QString text) { return text.remove(QChar(0x2068)).remove(QChar(0x2069)); };
    QCOMPARE(Words::people(1), u"1 Person"_s);
    QCOMPARE(Words::people(7), u"7 Personen"_s);
    QCOMPARE(plain(Words::presence({u"Anna"_s}, {})), u"Anna ist gekommen"_s);
    QCOMPARE(plain(Words::presence({u"Anna"_s, u"Ben"_s}, {u"Cleo"_s})),
             u"Anna und Ben sind gekommen, Cleo ist gegangen"_s);
    QCOMPARE(plain(Words::presence({u"a"_s, u"b"_s, u"c"_s, u"d"_s}, {})), u"a, b und 2 weitere sind gekommen"_s);
}

void TestClientTranslation::windowIsGerman()
{
    FakeServer server;
    QTemporaryDir folder;
    ClientSettings settings(folder.filePath(u"client.ini"_s));
    SystemClock clock;
    MainWindow window(settings, clock);
    window.resize(1000, 640);
    window.show();
    QCOMPARE(window.findChild<QPushButton *>(u"welcomeConnect"_s)->text(), u"Verbinden …"_s);
    window.connectTo(*ServerAddress::parse(server.address()), u"Anna"_s, {u"general"_s});
    QTRY_VERIFY(window.session()->current()->connection().isOnline());
    QStringList menus;
    for (const QAction *action : window.menuBar()->actions())
        menus << action->text();
    QCOMPARE(menus, QStringList({u"&Chat"_s, u"&Ansicht"_s, u"&Hilfe"_s}));
    QVERIFY(window.view()->topBar().subtitle().startsWith(u"2 Personen"_s));
    QVERIFY(window.view()->topBar().subtitle().endsWith(u"unverschlüsselt"_s));
    QVERIFY(window.view()->currentPage()->composer().placeholderText().startsWith(u"Nachricht an "_s));
    QCOMPARE(window.view()->currentPage()->messages().accessibleName(), u"Nachrichten"_s);
    QCOMPARE(ShortcutsDialog().windowTitle(), u"Tastatur"_s);
    QVERIFY(Words::banner({Link::Waiting, Cause::ConnectionLost, {}, {}, 1}, Clock::Millis(2000), 2)
            == u"Die Verbindung ist abgerissen. Neuer Versuch in 2 s. 2 Nachrichten werden dann gesendet."_s);
    const QString folderForPictures = qEnvironmentVariable("PARLANCE_PICTURES");
    if (!folderForPictures.isEmpty())
        QVERIFY(window.grab().save(folderForPictures + u"/client-german.png"_s));
}

void TestClientTranslation::qtsOwnWordsAreGerman()
{
    if (!QFile::exists(QLibraryInfo::path(QLibraryInfo::TranslationsPath) + u"/qtbase_de.qm"_s))
        QSKIP("Qt's translations are not installed");
    const ShortcutsDialog dialog;
    QCOMPARE(dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Close)->text().remove(u'&'), u"Schließen"_s);
}

void TestClientTranslation::otherLanguagesStayEnglish()
{
    QTranslator translator;
    QVERIFY(!translator.load(QLocale(u"eo"_s), u"parlance"_s, u"_"_s, u":/i18n"_s)
            || translator.isEmpty() || !translator.filePath().contains(u"_eo"_s));
    QVERIFY(QFile::exists(u":/i18n/parlance_de.qm"_s));
}

QTEST_MAIN(TestClientTranslation)
#include "tst_clienttranslation.moc"

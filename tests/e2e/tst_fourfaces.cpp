// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin/adminservice.h"
#include "app/serverhost.h"
#include "client-gui/chat/chatsession.h"
#include "client-gui/chat/clientsettings.h"
#include "client-gui/widgets/composer.h"
#include "client-gui/widgets/mainwindow.h"
#include "client-gui/widgets/roompage.h"
#include "client-gui/widgets/sessionview.h"
#include "consolewindow.h"
#include "models/sessiontablemodel.h"
#include "support/wsclient.h"
#include "web/chatpage.h"

#include <QComboBox>
#include <QDialog>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

Config testConfig()
{
    Config config;
    config.listen = {u"127.0.0.1"_s};
    config.port = 0;
    config.name = u"Four faces"_s;
    config.storage = u"memory"_s;
    return config;
}

/// What the desktop client shows as messages, top to bottom.
QStringList shownBy(Client::Room &room)
{
    QStringList texts;
    const Client::MessageModel &model = room.messages();
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, 0);
        if (index.data(Client::MessageModel::KindRole).toInt() == int(Client::MessageModel::Kind::Message))
            texts << index.data(Client::MessageModel::ContentRole).toString();
    }
    return texts;
}

} // namespace

class TestFourFaces : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void oneConversation();

private:
    QStringList restMessages();
    void kickFromConsole(const QString &name, const QString &reason);

    SystemClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<ServerHost> m_host = std::make_unique<ServerHost>(testConfig());
    std::unique_ptr<ConsoleWindow> m_console;
    QNetworkAccessManager m_network;
};

void TestFourFaces::initTestCase()
{
    m_console = std::make_unique<ConsoleWindow>(m_host->admin(), *m_host);
    m_console->show();
    m_host->start();
    QTRY_COMPARE(m_host->state(), ServerControl::State::Running);
}

QStringList TestFourFaces::restMessages()
{
    QNetworkRequest request(QUrl(u"http://127.0.0.1:%1/api/rooms/general/messages"_s.arg(m_host->port())));
    const std::unique_ptr<QNetworkReply> reply(m_network.get(request));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    if (!reply->isFinished() && !finished.wait())
        return {};
    QStringList texts;
    for (const QJsonValue message : QJsonDocument::fromJson(reply->readAll()).object().value(u"messages"_s).toArray())
        texts << message.toObject().value(u"content"_s).toString();
    return texts;
}

/// By the buttons that an operator presses.
void TestFourFaces::kickFromConsole(const QString &name, const QString &reason)
{
    m_console->showPage(ConsoleWindow::People);
    QTreeView *table = nullptr;
    for (QTreeView *view : m_console->findChildren<QTreeView *>()) {
        if (view->isVisible())
            table = view;
    }
    QVERIFY(table);
    QModelIndex target;
    QAbstractItemModel *model = table->model();
    const auto find = [&] {
        for (int row = 0; row < model->rowCount(); ++row) {
            const QModelIndex index = model->index(row, SessionTableModel::UserColumn);
            if (index.data().toString() == name)
                target = index;
        }
        return target.isValid();
    };
    QTRY_VERIFY(find());
    table->setCurrentIndex(target);
    auto *kick = table->parentWidget()->findChild<QPushButton *>(u"kick"_s);
    QVERIFY(kick);
    QTRY_VERIFY(kick->isEnabled());
    kick->click();
    QTRY_VERIFY(m_console->findChild<QDialog *>());
    auto *dialog = m_console->findChild<QDialog *>();
    dialog->findChild<QComboBox *>(u"reason"_s)->setCurrentText(reason);
    dialog->findChild<QPushButton *>(u"act"_s)->click();
}

void TestFourFaces::oneConversation()
{
    // The desktop client, by its window.
    Client::ClientSettings settings(m_folder.filePath(u"client.ini"_s));
    Client::MainWindow client(settings, m_clock);
    client.show();
    const auto address = Client::ServerAddress::parse(u"127.0.0.1:%1"_s.arg(m_host->port()));
    QVERIFY(address);
    client.connectTo(*address, u"Dora"_s, {u"general"_s});
    QTRY_VERIFY(client.session() && client.session()->current());
    Client::Room &room = *client.session()->current();
    QTRY_COMPARE(room.connection().state().link, Client::Link::Online);

    // A page in Chromium and a client that knows part A only.
    ChatPage page;
    QVERIFY2(page.join(m_host->port(), u"general"_s, u"Paul"_s), qPrintable(page.browser().error()));
    WsClient plain(QUrl(u"ws://127.0.0.1:%1/ws/general/Pete"_s.arg(m_host->port())));
    QTRY_VERIFY(plain.isConnected());

    // Each says something.
    Client::Composer &composer = client.view()->currentPage()->composer();
    QTest::keyClicks(&composer, u"from the desktop"_s);
    QTest::keyClick(&composer, Qt::Key_Return);
    QTRY_COMPARE(plain.contents(), QStringList {u"from the desktop"_s});
    QVERIFY(page.say(u"from the page: <b>Привет</b> 😀"_s));
    QTRY_COMPARE(plain.contents().size(), 2);
    plain.say(u"from a script"_s);

    // All see the same.
    const QStringList said {u"from the desktop"_s, u"from the page: <b>Привет</b> 😀"_s, u"from a script"_s};
    QTRY_COMPARE(plain.contents(), said);
    QTRY_COMPARE(shownBy(room), said);
    QVERIFY(page.waitForMessage(said.constLast()));
    QCOMPARE(page.messages(), said);
    QCOMPARE(restMessages(), said);
    QStringList people = page.people();
    people.sort();
    QCOMPARE(people.size(), 3);

    // The console removes one of them, and everybody sees it.
    kickFromConsole(u"Paul"_s, u"enough for today"_s);
    QVERIFY(page.waitForState(u"kicked"_s));
    QVERIFY(page.browser().waitFor(u"document.body.innerText.includes('enough for today')"_s));
    QTRY_COMPARE(plain.events(u"user_left"_s).size(), 1);
    QCOMPARE(plain.events(u"user_left"_s).constFirst().value(u"username"_s).toString(), u"Paul"_s);
    QVERIFY(plain.isConnected());
    QCOMPARE(page.breaches(), QStringList());
    QCOMPARE(room.connection().state().link, Client::Link::Online);
}

QTEST_MAIN(TestFourFaces)
#include "tst_fourfaces.moc"

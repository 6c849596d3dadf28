// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/trayicon.h"

#include "client-gui/chat/chatsession.h"
#include "client-gui/widgets/lineicon.h"
#include "client-gui/widgets/words.h"

#include <QMenu>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

constexpr qsizetype kMaxText = 140;

/// Some notification services read their text as markup, others show it literally: what neither could
/// mistake is the only safe text.
QString unmarked(const QString &text)
{
    QString line = text.simplified();
    if (line.size() > kMaxText)
        line = line.left(kMaxText) + u'\u2026';
    return line.replace(u'<', u'\u2039').replace(u'>', u'\u203a').replace(u'&', u'\uff06');
}

} // namespace

TrayIcon::TrayIcon(QObject *parent) : QObject(parent)
{
    m_collect.setSingleShot(true);
    m_collect.setInterval(kCollectMs);
    connect(&m_collect, &QTimer::timeout, this, &TrayIcon::notify);
    if (!QSystemTrayIcon::isSystemTrayAvailable())
        return;
    m_menu = std::make_unique<QMenu>();
    m_icon = std::make_unique<QSystemTrayIcon>(appIcon());
    m_icon->setContextMenu(m_menu.get());
    m_icon->setToolTip(u"Parlance"_s);
    connect(m_menu.get(), &QMenu::aboutToShow, this, &TrayIcon::rebuildMenu);
    connect(m_icon.get(), &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            emit showRequested();
    });
    connect(m_icon.get(), &QSystemTrayIcon::messageClicked, this, [this] {
        emit showRequested();
        emit roomRequested(m_lastRoom);
    });
    rebuildMenu();
    m_icon->show();
}

TrayIcon::~TrayIcon() = default;

bool TrayIcon::isAvailable() const
{
    return m_icon && QSystemTrayIcon::isSystemTrayAvailable();
}

void TrayIcon::setSession(ChatSession *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    m_missed.clear();
    m_collect.stop();
    if (session) {
        connect(session, &ChatSession::unreadChanged, this, &TrayIcon::updateIcon);
        connect(session, &ChatSession::messageMissed, this, &TrayIcon::collect);
    }
    updateIcon(0);
}

void TrayIcon::rebuildMenu()
{
    m_menu->clear();
    const Room *current = m_session ? m_session->current() : nullptr;
    const QString status = current ? Words::linkShort(current->connection().state()) : Words::linkShort(Link::Offline);
    QAction *line = m_menu->addAction(tr("Status: %1").arg(status));
    line->setEnabled(false);
    m_menu->addSeparator();
    if (m_session) {
        for (const Room *room : m_session->rooms().rooms()) {
            if (room->unread() == 0)
                continue;
            const QString name = room->name();
            m_menu->addAction(u"%1 (%2)"_s.arg(Words::withoutMnemonic(name)).arg(room->unread()), this, [this, name] {
                emit showRequested();
                emit roomRequested(name);
            });
        }
    }
    m_menu->addAction(tr("Show Parlance"), this, &TrayIcon::showRequested);
    m_menu->addAction(tr("Quit"), this, &TrayIcon::quitRequested);
}

void TrayIcon::updateIcon(int unread)
{
    if (!m_icon)
        return;
    m_icon->setIcon(appIcon(unread > 0));
    m_icon->setToolTip(unread > 0 ? u"Parlance: "_s + Words::unread(unread) : u"Parlance"_s);
}

void TrayIcon::collect(Room *room, const QString &author, const QString &content)
{
    Missed &missed = m_missed[room->name()];
    ++missed.count;
    missed.author = author;
    missed.content = content;
    m_lastRoom = room->name();
    if (!m_collect.isActive())
        m_collect.start();
}

std::pair<QString, QString> TrayIcon::pending() const
{
    int count = 0;
    for (const Missed &missed : m_missed)
        count += missed.count;
    if (count == 0)
        return {};
    const Missed last = m_missed.value(m_lastRoom);
    const QString text = tr("%1: %2", "author, message").arg(unmarked(last.author), unmarked(last.content));
    if (m_missed.size() > 1)
        return {tr("%n new messages in several rooms", nullptr, count), text};
    const QString room = unmarked(m_lastRoom);
    return {count == 1 ? room : tr("%n new messages in %1", nullptr, count).arg(room), text};
}

void TrayIcon::notify()
{
    const auto [title, text] = pending();
    m_missed.clear();
    if (isAvailable() && !title.isEmpty())
        m_icon->showMessage(title, text, appIcon());
}

} // namespace Parlance::Client

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QSystemTrayIcon>
#include <QTimer>

#include <memory>

class QMenu;

namespace Parlance::Client {

class ChatSession;
class Room;

/// The program in the desktop's tray, where there is one: unread rooms, status, quit, and notifications of
/// what is said while nobody looks. Several messages at once make one notification.
///
/// Without a tray isAvailable() is false and nothing here does anything.
class TrayIcon final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TrayIcon)

public:
    static constexpr int kCollectMs = 1200; ///< messages of this time share a notification

    explicit TrayIcon(QObject *parent = nullptr);
    ~TrayIcon() override;

    /// Asked anew each time: a tray can come and go.
    bool isAvailable() const;
    /// Null: no session. It must outlive its stay here.
    void setSession(ChatSession *session);
    /// A message that the person has not seen.
    void collect(Room *room, const QString &author, const QString &content);
    /// What the next notification will say: title and text. For the tests, which have no tray.
    std::pair<QString, QString> pending() const;

signals:
    void showRequested();
    void roomRequested(const QString &name);
    void quitRequested();

private:
    struct Missed
    {
        int count = 0;
        QString author;
        QString content;
    };

    void rebuildMenu();
    void updateIcon(int unread);
    void notify();

    std::unique_ptr<QMenu> m_menu;
    std::unique_ptr<QSystemTrayIcon> m_icon;
    ChatSession *m_session = nullptr;
    QTimer m_collect;
    QHash<QString, Missed> m_missed; ///< by room
    QString m_lastRoom; ///< where a click on the notification leads
};

} // namespace Parlance::Client

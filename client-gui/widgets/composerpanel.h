// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace Parlance::Client {

class Composer;
class PlainLabel;
class Room;

/// The foot of a room: composer, send button, and a counter near the limit. Says why when nothing can be
/// written, and keeps the room's draft.
class ComposerPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ComposerPanel)

public:
    /// \a room must outlive the panel.
    explicit ComposerPanel(Room &room, QWidget *parent = nullptr);

    Composer &composer() const { return *m_composer; }

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void send();
    void textChanged();
    void roomChanged();

    Room &m_room;
    Composer *m_composer;
    QToolButton *m_send;
    PlainLabel *m_counter;
};

} // namespace Parlance::Client

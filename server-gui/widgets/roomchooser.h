// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/names.h"

#include <QComboBox>

namespace Parlance {

class RoomTableModel;

/// Chooses all rooms or one of the active ones. The list is read when it opens; a chosen room stays
/// chosen when it closes.
class RoomChooser final : public QComboBox
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RoomChooser)

public:
    /// \a allText stands for all rooms together. \a rooms must outlive the chooser.
    RoomChooser(const RoomTableModel &rooms, const QString &allText, QWidget *parent = nullptr);

    /// Null: all rooms.
    RoomName room() const;
    void setRoom(const RoomName &room);

    void showPopup() override;

signals:
    void roomChanged(const Parlance::RoomName &room);

protected:
    void focusInEvent(QFocusEvent *event) override;

private:
    void refill();

    const RoomTableModel &m_rooms;
    QString m_allText;
};

} // namespace Parlance

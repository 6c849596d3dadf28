// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QPlainTextEdit;
class QPushButton;

namespace Parlance {

class NoticePreview;
class RoomChooser;
class RoomTableModel;

/// Writes a notice: its text, how urgent it is, whether it stays, to whom it goes, and how it will look.
///
/// Open it with open(); accepted() means send it.
class NoticeDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NoticeDialog)

public:
    /// \a rooms must outlive the dialog.
    explicit NoticeDialog(const RoomTableModel &rooms, QWidget *parent = nullptr);

    /// Null: everybody.
    void setRoom(const RoomName &room);
    RoomName room() const;
    /// Starts from a notice that could not be sent.
    void setNotice(const Notice &notice);
    Notice notice() const;

private:
    void refresh();

    QPlainTextEdit *m_text;
    QComboBox *m_severity;
    QCheckBox *m_sticky;
    RoomChooser *m_room;
    NoticePreview *m_preview;
    QPushButton *m_send;
};

} // namespace Parlance

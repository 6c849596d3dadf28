// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QFormLayout;
class QPushButton;

namespace Parlance {

/// Asks before something happens that cannot be taken back: the question, what it means, and two buttons of
/// which Cancel is the default. Open it with open(); accepted() means do it.
class ConfirmDialog : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConfirmDialog)

public:
    struct Texts
    {
        QString title;
        QString question;
        QString details; ///< may be empty
        QString action; ///< on the button that does it
    };

    explicit ConfirmDialog(const Texts &texts, QWidget *parent = nullptr);

protected:
    /// For rows between the text and the buttons.
    QFormLayout &form() const { return *m_form; }
    QPushButton &action() const { return *m_action; }

private:
    QFormLayout *m_form;
    QPushButton *m_action;
};

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <chrono>

class QComboBox;
class QFormLayout;
class QPushButton;

namespace Parlance {

/// Asks for a reason before somebody is sent away: the question, who it hits, a reason with presets that
/// may be changed, and two buttons of which Cancel is the default.
///
/// Open it with open(); accepted() means do it. Enter in the reason goes to the button and does not press it.
class ReasonDialog : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReasonDialog)

public:
    struct Texts
    {
        QString title;
        QString question;
        QString details; ///< may be empty; small print below the question
        QString action; ///< on the button that does it
        QStringList presets;
    };

    explicit ReasonDialog(const Texts &texts, QWidget *parent = nullptr);

    /// Trimmed; may be empty.
    QString reason() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    /// For further rows below the reason.
    QFormLayout *form() const { return m_form; }

private:
    QComboBox *m_reason;
    QFormLayout *m_form;
    QPushButton *m_action;
};

} // namespace Parlance

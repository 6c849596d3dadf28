// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialogs/confirmdialog.h"

class QComboBox;

namespace Parlance {

/// A ConfirmDialog that asks for a reason before somebody is sent away, with presets that may be changed.
///
/// Enter in the reason goes to the button and does not press it.
class ReasonDialog : public ConfirmDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReasonDialog)

public:
    ReasonDialog(const Texts &texts, const QStringList &presets, QWidget *parent = nullptr);

    /// Trimmed; may be empty.
    QString reason() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QComboBox *m_reason;
};

} // namespace Parlance

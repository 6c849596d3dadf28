// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace Parlance::Client {

/// One message by itself: to read a long one whole, and to select parts of it.
class TextDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TextDialog)

public:
    TextDialog(const QString &author, const QString &text, QWidget *parent);
};

} // namespace Parlance::Client

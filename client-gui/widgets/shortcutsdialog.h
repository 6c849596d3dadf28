// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>
#include <QString>

#include <utility>

namespace Parlance::Client {

/// F1: what the keyboard can do.
class ShortcutsDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ShortcutsDialog)

public:
    /// Keys and what they do, in the person's language.
    static QList<std::pair<QString, QString>> entries();

    explicit ShortcutsDialog(QWidget *parent = nullptr);
};

} // namespace Parlance::Client

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QComboBox;

namespace Parlance {

class QrCodeWidget;

/// The join code as large as the window, to hold up or to project, with the address in words below.
class JoinDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JoinDialog)

public:
    /// \a urls has at least one member; \a current is shown first.
    JoinDialog(const QStringList &urls, const QString &current, QWidget *parent = nullptr);

    QString url() const;

private:
    QComboBox *m_urls;
    QrCodeWidget *m_code;
};

} // namespace Parlance

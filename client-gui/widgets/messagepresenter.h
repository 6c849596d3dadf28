// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIdentityProxyModel>

namespace Parlance::Client {

/// Puts the raw rows of a MessageModel into words: for the eye (Qt::DisplayRole, Qt::ToolTipRole) and for a
/// screen reader (Qt::AccessibleTextRole: name, time, text).
class MessagePresenter final : public QIdentityProxyModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessagePresenter)

public:
    explicit MessagePresenter(QObject *parent = nullptr) : QIdentityProxyModel(parent) {}

    QVariant data(const QModelIndex &index, int role) const override;

    /// \a index as plain text for the clipboard: "[10:32] Anna: text".
    static QString asLine(const QModelIndex &index);
};

} // namespace Parlance::Client

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/chat/serveraddress.h"

#include <QDialog>
#include <QStringList>

class QComboBox;
class QDialogButtonBox;
class QLineEdit;

namespace Parlance::Client {

class ClientSettings;
class PlainLabel;

/// Asks for server, name and room. A first start needs the address and a name.
class ConnectDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectDialog)

public:
    static constexpr char16_t kDefaultRoom[] = u"general";

    /// What is remembered fills the fields. \a settings is only read, and only here.
    explicit ConnectDialog(const ClientSettings &settings, QWidget *parent = nullptr);
    ~ConnectDialog() override;

    /// From the command line: instead of what is remembered, where not empty.
    void prefill(const QString &server, const QString &name, const QString &room);

    // Valid once accepted.
    const ServerAddress &address() const { return m_address; }
    QString userName() const;
    QString room() const;

public slots:
    void accept() override;

private:
    void showFault(QWidget *field, const QString &text);
    void takeRoomFromAddress();

    QComboBox *m_server;
    QLineEdit *m_name;
    QLineEdit *m_room;
    PlainLabel *m_fault;
    QDialogButtonBox *m_buttons;
    ServerAddress m_address;
};

} // namespace Parlance::Client

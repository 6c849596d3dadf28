// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/connectdialog.h"

#include "base/names.h"
#include "client-gui/chat/clientsettings.h"
#include "client-gui/widgets/plainlabel.h"
#include "client-gui/widgets/theme.h"
#include "client-gui/widgets/words.h"

#include <QAccessible>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

ConnectDialog::ConnectDialog(const ClientSettings &settings, QWidget *parent)
    : QDialog(parent)
    , m_server(new QComboBox(this))
    , m_name(new QLineEdit(this))
    , m_room(new QLineEdit(this))
    , m_fault(new PlainLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("Connect to a server"));
    m_server->setObjectName(u"server"_s);
    m_server->setEditable(true);
    m_server->setInsertPolicy(QComboBox::NoInsert);
    m_server->addItems(settings.servers());
    m_server->setCurrentIndex(settings.servers().isEmpty() ? -1 : 0);
    m_server->lineEdit()->setPlaceholderText(u"192.168.1.5:8000"_s);
    m_server->setAccessibleName(tr("Address of the server"));
    m_server->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_server->setMinimumContentsLength(22);
    m_name->setObjectName(u"name"_s);
    m_name->setText(settings.name());
    m_name->setAccessibleName(tr("Your name"));
    m_room->setObjectName(u"room"_s);
    m_room->setPlaceholderText(QString::fromUtf16(kDefaultRoom));
    m_room->setAccessibleName(tr("Room"));
    m_fault->setObjectName(u"fault"_s);
    m_fault->setWordWrap(true);
    m_fault->hide();
    QPushButton *ok = m_buttons->addButton(tr("Connect"), QDialogButtonBox::AcceptRole);
    ok->setObjectName(u"connectButton"_s);
    ok->setDefault(true);

    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->addRow(tr("&Server"), m_server);
    form->addRow(tr("Your &name"), m_name);
    form->addRow(tr("&Room"), m_room);
    auto *intro = new PlainLabel(tr("Whoever runs the server can tell you its address. Choose any name; "
                                    "the others will see it."), this);
    intro->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(intro);
    column->addLayout(form);
    column->addWidget(m_fault);
    column->addStretch();
    column->addWidget(m_buttons);
    setMinimumWidth(330);
    resize(430, sizeHint().height());

    connect(m_buttons, &QDialogButtonBox::accepted, this, &ConnectDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &ConnectDialog::reject);
    connect(m_server->lineEdit(), &QLineEdit::editingFinished, this, &ConnectDialog::takeRoomFromAddress);
    for (const QLineEdit *field : {m_server->lineEdit(), m_name, m_room})
        connect(field, &QLineEdit::textChanged, m_fault, &QWidget::hide);
    if (!m_server->currentText().isEmpty())
        (m_name->text().isEmpty() ? m_name : m_room)->setFocus();
}

ConnectDialog::~ConnectDialog()
{
    // Being hidden takes the focus from the field, which would call into what is half destroyed.
    m_server->lineEdit()->disconnect(this);
}

void ConnectDialog::prefill(const QString &server, const QString &name, const QString &room)
{
    if (!server.isEmpty()) {
        m_server->setEditText(server);
        takeRoomFromAddress();
    }
    if (!name.isEmpty())
        m_name->setText(name);
    if (!room.isEmpty())
        m_room->setText(room);
}

QString ConnectDialog::userName() const
{
    return m_name->text().trimmed();
}

QString ConnectDialog::room() const
{
    const QString text = m_room->text().trimmed();
    return text.isEmpty() ? QString::fromUtf16(kDefaultRoom) : text;
}

/// A pasted link names its room; what the person wrote themselves comes first.
void ConnectDialog::takeRoomFromAddress()
{
    const std::optional<ServerAddress> address = ServerAddress::parse(m_server->currentText());
    if (address && !address->room().isEmpty() && m_room->text().isEmpty())
        m_room->setText(address->room());
}

void ConnectDialog::accept()
{
    AddressFault fault = AddressFault::None;
    const std::optional<ServerAddress> address = ServerAddress::parse(m_server->currentText(), &fault);
    if (!address) {
        showFault(m_server, Words::addressFault(fault));
        return;
    }
    takeRoomFromAddress();
    if (const Result<UserName> name = parseUserName(userName()); !name) {
        showFault(m_name, Words::nameFault(name.error(), userName()));
        return;
    }
    if (const Result<RoomName> name = parseRoomName(room()); !name) {
        showFault(m_room, Words::nameFault(name.error(), room()));
        return;
    }
    m_address = *address;
    QDialog::accept();
}

void ConnectDialog::showFault(QWidget *field, const QString &text)
{
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, Theme::danger(colours));
    m_fault->setPalette(colours);
    m_fault->setText(text);
    m_fault->show();
    field->setFocus();
    field->setAccessibleDescription(text);
    QAccessibleEvent alert(m_fault, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace Parlance::Client

// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/noticedialog.h"

#include "widgets/noticepreview.h"
#include "widgets/plainlabel.h"
#include "widgets/roomchooser.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

NoticeDialog::NoticeDialog(const RoomTableModel &rooms, QWidget *parent)
    : QDialog(parent), m_text(new QPlainTextEdit), m_severity(new QComboBox),
      m_sticky(new QCheckBox(tr("Stays until &dismissed"))), m_room(new RoomChooser(rooms, tr("Everybody"))),
      m_preview(new NoticePreview), m_send(new QPushButton(tr("&Send Notice")))
{
    setWindowTitle(tr("Notice"));
    setAttribute(Qt::WA_DeleteOnClose);
    const int line = fontMetrics().height();

    m_text->setObjectName(u"text"_s);
    m_text->setTabChangesFocus(true);
    m_text->setPlaceholderText(tr("For example: The server restarts at noon."));
    m_text->setAccessibleName(tr("Text of the notice"));
    m_text->setMinimumSize(fontMetrics().averageCharWidth() * 46, line * 4);
    m_severity->setObjectName(u"severity"_s);
    m_severity->addItem(tr("Information"), QVariant::fromValue(int(Severity::Info)));
    m_severity->addItem(tr("Warning"), QVariant::fromValue(int(Severity::Warning)));
    m_severity->addItem(tr("Urgent"), QVariant::fromValue(int(Severity::Urgent)));
    m_severity->setAccessibleName(tr("How urgent it is"));
    m_sticky->setObjectName(u"sticky"_s);
    m_room->setObjectName(u"room"_s);
    m_room->setAccessibleName(tr("To whom it goes"));

    auto *buttons = new QDialogButtonBox;
    m_send->setObjectName(u"send"_s);
    buttons->addButton(m_send, QDialogButtonBox::AcceptRole);
    QPushButton *cancel = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    cancel->setObjectName(u"cancel"_s);
    cancel->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&To:"), m_room);
    form->addRow(tr("Te&xt:"), m_text);
    form->addRow(tr("&Urgency:"), m_severity);
    form->addRow(QString(), m_sticky);
    form->addRow(tr("Preview:"), m_preview);
    auto *hint = new PlainLabel(tr("Shown in the Parlance page and desktop client; other programs do not show notices."));
    hint->setWordWrap(true);
    hint->setForegroundRole(QPalette::PlaceholderText);
    form->addRow(QString(), hint);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form, 1);
    layout->addWidget(buttons);

    connect(m_text, &QPlainTextEdit::textChanged, this, &NoticeDialog::refresh);
    connect(m_severity, &QComboBox::currentIndexChanged, this, &NoticeDialog::refresh);
    connect(m_sticky, &QCheckBox::toggled, this, &NoticeDialog::refresh);
    m_text->setFocus();
    refresh();
}

void NoticeDialog::setRoom(const RoomName &room)
{
    m_room->setRoom(room);
}

RoomName NoticeDialog::room() const
{
    return m_room->room();
}

void NoticeDialog::setNotice(const Notice &notice)
{
    m_text->setPlainText(notice.content);
    m_severity->setCurrentIndex(int(notice.severity));
    m_sticky->setChecked(notice.sticky);
}

Notice NoticeDialog::notice() const
{
    return {m_text->toPlainText().trimmed(), Severity(m_severity->currentData().toInt()), m_sticky->isChecked(), 0};
}

void NoticeDialog::refresh()
{
    const Notice now = notice();
    m_preview->setNotice(now);
    m_send->setEnabled(!now.content.isEmpty());
}

} // namespace Parlance

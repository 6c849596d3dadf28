// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/reasondialog.h"

#include "widgets/plainlabel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {
constexpr int kReasonMax = 200; // characters; it is shown in one line to whom it concerns
}

ReasonDialog::ReasonDialog(const Texts &texts, QWidget *parent)
    : QDialog(parent), m_reason(new QComboBox), m_form(new QFormLayout), m_action(new QPushButton(texts.action))
{
    setWindowTitle(texts.title);
    setAttribute(Qt::WA_DeleteOnClose);

    auto *question = new PlainLabel(texts.question);
    question->setObjectName(u"question"_s);
    question->setWordWrap(true);
    QFont strong = question->font();
    strong.setBold(true);
    question->setFont(strong);

    m_reason->setObjectName(u"reason"_s);
    m_reason->setEditable(true);
    m_reason->setInsertPolicy(QComboBox::NoInsert);
    m_reason->addItems(texts.presets);
    m_reason->setCurrentIndex(-1);
    m_reason->lineEdit()->setMaxLength(kReasonMax);
    m_reason->lineEdit()->setPlaceholderText(tr("Shown to the person; may stay empty"));
    m_reason->lineEdit()->setClearButtonEnabled(true);
    m_reason->setMinimumContentsLength(34);
    m_reason->setAccessibleName(tr("Reason"));
    m_form->addRow(tr("&Reason:"), m_reason);

    auto *buttons = new QDialogButtonBox;
    m_action->setObjectName(u"act"_s);
    m_action->setAutoDefault(false);
    buttons->addButton(m_action, QDialogButtonBox::DestructiveRole);
    QPushButton *cancel = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    cancel->setObjectName(u"cancel"_s);
    cancel->setDefault(true);
    connect(m_action, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(question);
    if (!texts.details.isEmpty()) {
        auto *details = new PlainLabel(texts.details);
        details->setObjectName(u"details"_s);
        details->setWordWrap(true);
        layout->addWidget(details);
    }
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addLayout(m_form);
    layout->addStretch();
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addWidget(buttons);
    m_reason->setFocus();
}

QString ReasonDialog::reason() const
{
    return m_reason->currentText().trimmed();
}

void ReasonDialog::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && m_reason->lineEdit()->hasFocus()) {
        m_action->setFocus(Qt::TabFocusReason);
        return;
    }
    if (enter && m_action->hasFocus()) {
        m_action->click();
        return;
    }
    QDialog::keyPressEvent(event);
}

} // namespace Parlance

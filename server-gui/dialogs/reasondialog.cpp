// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/reasondialog.h"

#include <QComboBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {
constexpr int kReasonMax = 200; // characters; it is shown in one line to whom it concerns
}

ReasonDialog::ReasonDialog(const Texts &texts, const QStringList &presets, QWidget *parent)
    : ConfirmDialog(texts, parent), m_reason(new QComboBox)
{
    m_reason->setObjectName(u"reason"_s);
    m_reason->setEditable(true);
    m_reason->setInsertPolicy(QComboBox::NoInsert);
    m_reason->addItems(presets);
    m_reason->setCurrentIndex(-1);
    m_reason->lineEdit()->setMaxLength(kReasonMax);
    m_reason->lineEdit()->setPlaceholderText(tr("Shown to the person; may stay empty"));
    m_reason->lineEdit()->setClearButtonEnabled(true);
    m_reason->setMinimumContentsLength(34);
    m_reason->setAccessibleName(tr("Reason"));
    form().setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form().addRow(tr("&Reason:"), m_reason);
    m_reason->setFocus();
}

QString ReasonDialog::reason() const
{
    return m_reason->currentText().trimmed();
}

void ReasonDialog::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && (focusWidget() == m_reason || focusWidget() == m_reason->lineEdit()))
        action().setFocus(Qt::TabFocusReason);
    else if (enter && focusWidget() == &action())
        action().click();
    else
        ConfirmDialog::keyPressEvent(event);
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/confirmdialog.h"

#include "widgets/plainlabel.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

ConfirmDialog::ConfirmDialog(const Texts &texts, QWidget *parent)
    : QDialog(parent), m_form(new QFormLayout), m_action(new QPushButton(texts.action))
{
    setWindowTitle(texts.title);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *question = new PlainLabel(texts.question);
    question->setObjectName(u"question"_s);
    question->setWordWrap(true);
    question->setMinimumWidth(fontMetrics().averageCharWidth() * 56);
    QFont strong = question->font();
    strong.setBold(true);
    question->setFont(strong);

    auto *buttons = new QDialogButtonBox;
    m_action->setObjectName(u"act"_s);
    m_action->setAutoDefault(false);
    buttons->addButton(m_action, QDialogButtonBox::DestructiveRole);
    QPushButton *cancel = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    cancel->setObjectName(u"cancel"_s);
    connect(m_action, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);

    const int line = fontMetrics().height();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(line, line, line, line * 3 / 4);
    layout->addWidget(question);
    if (!texts.details.isEmpty()) {
        auto *details = new PlainLabel(texts.details);
        details->setObjectName(u"details"_s);
        details->setWordWrap(true);
        layout->addWidget(details);
    }
    layout->addSpacing(line / 2);
    layout->addLayout(m_form);
    layout->addStretch();
    layout->addSpacing(line / 2);
    layout->addWidget(buttons);
    cancel->setDefault(true); // only now does the button know its dialog
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/textdialog.h"

#include "client-gui/widgets/words.h"

#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace Parlance::Client {

TextDialog::TextDialog(const QString &author, const QString &text, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(author.isEmpty() ? tr("Message") : tr("Message of %1").arg(Words::isolated(author)));
    auto *view = new QPlainTextEdit(this);
    view->setReadOnly(true);
    view->setPlainText(text);
    view->setAccessibleName(tr("Text of the message"));
    view->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(view);
    column->addWidget(buttons);
    resize(qMin(640, parent ? qMax(320, parent->width() - 40) : 640), 360);
}

} // namespace Parlance::Client

// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/joindialog.h"

#include "widgets/icons.h"
#include "widgets/plainlabel.h"
#include "widgets/qrcodewidget.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

JoinDialog::JoinDialog(const QStringList &urls, const QString &current, QWidget *parent)
    : QDialog(parent), m_urls(new QComboBox), m_code(new QrCodeWidget)
{
    setWindowTitle(tr("Join"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_code->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);

    auto *hint = new PlainLabel(tr("Scan this code with a phone in the same network, or type the address into a browser."));
    hint->setWordWrap(true);
    hint->setAlignment(Qt::AlignCenter);
    m_urls->setObjectName(u"urls"_s);
    m_urls->addItems(urls);
    m_urls->setAccessibleName(tr("Address"));
    QFont large = m_urls->font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    m_urls->setFont(large);
    auto *copy = new QPushButton(icon(Glyph::Copy), tr("&Copy"));
    copy->setObjectName(u"copy"_s);
    copy->setAutoDefault(false);
    auto *close = new QPushButton(tr("Close"));

    auto *row = new QHBoxLayout;
    row->addWidget(m_urls, 1);
    row->addWidget(copy);
    row->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_code, 1);
    layout->addWidget(hint);
    layout->addLayout(row);
    close->setDefault(true); // only now does the button know its dialog

    connect(m_urls, &QComboBox::currentTextChanged, m_code, &QrCodeWidget::setText);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(url()); });
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    m_urls->setCurrentIndex(qMax(0, int(urls.indexOf(current))));
    m_code->setText(url());
    const int line = fontMetrics().height();
    resize(line * 28, line * 34);
}

QString JoinDialog::url() const
{
    return m_urls->currentText();
}

} // namespace Parlance

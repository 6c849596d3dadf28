// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/linkprompt.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

constexpr qsizetype kMaxShown = 300;

struct LinkPrompt
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Client::LinkPrompt)
};

} // namespace

void promptForLink(const QUrl &url, QWidget *parent)
{
    if (url.scheme() != u"http" && url.scheme() != u"https")
        return;
    auto *box = new QMessageBox(parent);
    box->setObjectName(u"linkPrompt"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setIcon(QMessageBox::Question);
    box->setWindowTitle(LinkPrompt::tr("Open link"));
    // The host as it is looked up: letters that only look like others show as xn--.
    const QString address = url.toString(QUrl::FullyEncoded);
    const QString shown = address.size() > kMaxShown ? address.left(kMaxShown) + u'\u2026' : address;
    box->setText(LinkPrompt::tr("Open this address of %1 in the browser?").arg(url.host(QUrl::FullyEncoded))
                 + u"\n\n"_s + shown);
    QPushButton *open = box->addButton(LinkPrompt::tr("Open"), QMessageBox::AcceptRole);
    QPushButton *copy = box->addButton(LinkPrompt::tr("Copy"), QMessageBox::ActionRole);
    box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(QMessageBox::Cancel);
    QObject::connect(open, &QPushButton::clicked, box, [url] { QDesktopServices::openUrl(url); });
    QObject::connect(copy, &QPushButton::clicked, box,
                     [address] { QGuiApplication::clipboard()->setText(address); });
    box->open();
}

} // namespace Parlance::Client

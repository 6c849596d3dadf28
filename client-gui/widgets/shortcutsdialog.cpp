// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/shortcutsdialog.h"

#include "client-gui/widgets/plainlabel.h"
#include "client-gui/widgets/theme.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QKeySequence>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

QList<std::pair<QString, QString>> ShortcutsDialog::entries()
{
    const auto keys = [](const char *portable) {
        return QKeySequence(QLatin1StringView(portable)).toString(QKeySequence::NativeText);
    };
    return {
        {keys("Return"), tr("Send the message")},
        {keys("Shift+Return"), tr("New line")},
        {keys("Up"), tr("In an empty box: the text sent last")},
        {keys("Tab"), tr("Complete a name, else go to the next control")},
        {keys("Esc"), tr("Back to the message box")},
        {keys("Ctrl+K"), tr("Go to a room by name, or join it")},
        {keys("Alt+Up") + u" / "_s + keys("Alt+Down"), tr("Previous or next room")},
        {keys("Ctrl+Tab"), tr("Next room")},
        {keys("Alt+Shift+Up") + u" / "_s + keys("Alt+Shift+Down"), tr("Previous or next room with unread messages")},
        {keys("Ctrl+1") + u'\u2026' + keys("9"), tr("The first to ninth room")},
        {keys("Ctrl+End"), tr("In the messages: the newest")},
        {keys("Ctrl+C"), tr("In the messages: copy those selected")},
        {keys("F8"), tr("Show or hide the people")},
        {keys("F9"), tr("Show or hide the rooms")},
        {keys("Ctrl+N"), tr("Connect to a server")},
        {keys("Ctrl+W"), tr("Hide the window, or leave the room where there is no tray")},
        {keys("Ctrl+Q"), tr("Quit")},
        {keys("F1"), tr("This list")},
    };
}

ShortcutsDialog::ShortcutsDialog(QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard"));
    auto *table = new QWidget;
    auto *grid = new QGridLayout(table);
    grid->setHorizontalSpacing(18);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto &[keys, meaning] : entries()) {
        auto *left = new PlainLabel(keys, table);
        left->setFont(Theme::scaled(font(), 1.0, QFont::DemiBold));
        auto *right = new PlainLabel(meaning, table);
        right->setWordWrap(true);
        grid->addWidget(left, row, 0, Qt::AlignTop);
        grid->addWidget(right, row, 1, Qt::AlignTop);
        ++row;
    }
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(table);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(scroll);
    column->addWidget(buttons);
    resize(600, 480);
}

} // namespace Parlance::Client

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/logging.h"
#include "client-gui/chat/clientsettings.h"
#include "client-gui/chat/commandline.h"
#include "client-gui/widgets/mainwindow.h"
#include "client-gui/widgets/translations.h"

#include <QApplication>
#include <QLocale>

#include <cstdio>

using namespace Parlance;
using namespace Parlance::Client;

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("parlance"));
    QApplication::setApplicationDisplayName(QStringLiteral("Parlance"));
    QApplication::setApplicationVersion(QStringLiteral(PARLANCE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("parlance"));
    QApplication::setQuitOnLastWindowClosed(false);
    installLogging(LogFormat::Plain, LogLevel::Warning);
    installTranslations(app, QLocale());

    const CommandLine line = CommandLine::parse(QApplication::arguments());
    if (line.action != CommandLine::Action::Run) {
        const bool failed = line.action == CommandLine::Action::Fail;
        std::fprintf(failed ? stderr : stdout, "%s\n", qUtf8Printable(line.output));
        return failed ? 2 : 0;
    }

    const SystemClock clock;
    ClientSettings settings;
    MainWindow window(settings, clock);
    window.show();
    window.begin(line);
    return QApplication::exec();
}

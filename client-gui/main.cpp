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

namespace {

/// What the person wrote. QApplication::arguments() is no good for it: on X11 Qt takes `--name` for itself.
QStringList argumentsOf(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

void describe(QCoreApplication &app)
{
    app.setApplicationName(QStringLiteral("parlance"));
    app.setApplicationVersion(QStringLiteral(PARLANCE_VERSION));
    installTranslations(app, QLocale());
}

/// Help, version and faults need no display, so there is none asked for.
int printAndExit(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    describe(app);
    const CommandLine line = CommandLine::parse(argumentsOf(argc, argv));
    const bool failed = line.action == CommandLine::Action::Fail;
    std::fprintf(failed ? stderr : stdout, "%s\n", qUtf8Printable(line.output));
    return failed ? 2 : 0;
}

} // namespace

int main(int argc, char *argv[])
{
    const CommandLine line = CommandLine::parse(argumentsOf(argc, argv));
    if (line.action != CommandLine::Action::Run)
        return printAndExit(argc, argv);

    QApplication app(argc, argv);
    QApplication::setApplicationDisplayName(QStringLiteral("Parlance"));
    QApplication::setDesktopFileName(QStringLiteral("parlance"));
    QApplication::setQuitOnLastWindowClosed(false);
    installLogging(LogFormat::Plain, LogLevel::Warning);
    describe(app);

    const SystemClock clock;
    ClientSettings settings;
    MainWindow window(settings, clock);
    window.show();
    window.begin(line);
    return QApplication::exec();
}

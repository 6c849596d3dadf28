// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverhost.h"
#include "app/startup.h"
#include "app/unixsignals.h"
#include "app/version.h"
#include "base/logging.h"
#include "consolewindow.h"
#include "translations.h"

#include <QApplication>
#include <QSettings>

#include <cstdio>

using namespace Parlance;

int main(int argc, char **argv)
{
    const LoadedConfig loaded = loadConfig(processSources(argumentsOf(argc, argv)));
    if (const auto code = answerInsteadOfServing(QStringLiteral("parlance-server"), loaded))
        return int(*code);
    installLogging(loaded.config.log.format, loaded.config.log.level);

    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("parlance-server"));
    QApplication::setOrganizationName(QStringLiteral("parlance"));
    QApplication::setApplicationVersion(QLatin1String(kVersion));
    QApplication::setDesktopFileName(QStringLiteral("parlance-server"));
    QApplication::setQuitOnLastWindowClosed(false); // the server is drained first, then closed() quits
    installTranslations(application, QLocale());

    QSettings settings;
    ServerHost host(loaded.config);
    ConsoleWindow window(host.admin(), host);
    window.restoreLayout(settings);
    QObject::connect(&window, &ConsoleWindow::closed, &application, [&window, &settings] {
        window.saveLayout(settings);
        QApplication::quit();
    });
    // Where somebody started the console from a terminal, the addresses stand there too.
    QObject::connect(&host, &ServerControl::stateChanged, &application, [&host](ServerControl::State state) {
        if (state != ServerControl::State::Running)
            return;
        for (const QString &url : host.urls())
            std::printf("listening on %s\n", qPrintable(url));
        std::fflush(stdout);
    });
    UnixSignals unixSignals;
    QObject::connect(&unixSignals, &UnixSignals::terminationRequested, &application, [&host] {
        if (host.state() != ServerControl::State::Running) {
            QApplication::quit();
            return;
        }
        QObject::connect(&host, &ServerControl::stateChanged, qApp, [](ServerControl::State state) {
            if (state == ServerControl::State::Stopped)
                QApplication::quit();
        });
        host.stop();
    });

    window.show();
    host.start();
    return QApplication::exec();
}

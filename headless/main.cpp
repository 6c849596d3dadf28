// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/eventloopchoice.h"
#include "app/serverapp.h"
#include "app/version.h"
#include "base/logging.h"
#include "config/exitcodes.h"
#include "config/helptext.h"
#include "config/iniprinter.h"
#include "config/loader.h"
#include "unixsignals.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Parlance;

namespace {

void print(std::FILE *where, const QString &text)
{
    std::fputs(text.toUtf8().constData(), where);
    std::fflush(where);
}

QStringList argumentsOf(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

/// What there is to do besides serving; nothing where the server is to run.
std::optional<ExitCode> answerOnly(const LoadedConfig &loaded)
{
    switch (loaded.mode) {
    case RunMode::Help: print(stdout, helpText(QStringLiteral("parlanced"), defaultConfigFiles())); return ExitCode::Ok;
    case RunMode::Version: print(stdout, QStringLiteral("parlanced %1\n").arg(QLatin1String(kVersion))); return ExitCode::Ok;
    default: break;
    }
    for (const QList<ConfigFault> &list : {loaded.warnings, loaded.faults}) {
        for (const ConfigFault &fault : list)
            print(stderr, describe(fault) + u'\n');
    }
    if (!loaded.isValid())
        return exitCodeFor(loaded.faults);
    switch (loaded.mode) {
    case RunMode::CheckConfig: print(stdout, QStringLiteral("the configuration is good\n")); return ExitCode::Ok;
    case RunMode::PrintConfig: print(stdout, printIni(loaded.config, Secrets::Hidden)); return ExitCode::Ok;
    default: return std::nullopt;
    }
}

ExitCode exitCodeOf(const Error &error)
{
    return error.code == ErrorCode::AddressInUse ? ExitCode::AddressInUse : ExitCode::CannotListen;
}

} // namespace

int main(int argc, char **argv)
{
    // The configuration comes first: it says which event dispatcher the application is made with.
    const LoadedConfig loaded = loadConfig(processSources(argumentsOf(argc, argv)));
    if (const auto code = answerOnly(loaded))
        return int(*code);
    const Config &config = loaded.config;
    installLogging(config.log.format, config.log.level);
    chooseEventLoop(config.eventLoop);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("parlanced"));
    QCoreApplication::setApplicationVersion(QLatin1String(kVersion));

    const SystemClock clock;
    Result<std::unique_ptr<ServerApp>> started = ServerApp::start(config, clock);
    if (!started) {
        print(stderr, started.error().detail + u'\n');
        if (started.error().code == ErrorCode::AddressInUse)
            print(stderr, QStringLiteral("Another program uses that port. Choose another with --port N, or --port 0 for any free one.\n"));
        return int(exitCodeOf(started.error()));
    }
    const std::unique_ptr<ServerApp> server = started.take();

    UnixSignals signalsOfSystem;
    bool asked = false;
    QObject::connect(&signalsOfSystem, &UnixSignals::terminationRequested, server.get(), [&server, &asked] {
        if (std::exchange(asked, true))
            QCoreApplication::quit(); // asked twice: now
        else
            server->drain();
    });
    QObject::connect(server.get(), &ServerApp::drained, &application, &QCoreApplication::quit, Qt::QueuedConnection);

    for (const QString &url : server->urls())
        print(stdout, QStringLiteral("listening on %1\n").arg(url));
    return QCoreApplication::exec();
}

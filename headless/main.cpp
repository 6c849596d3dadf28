// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/eventloopchoice.h"
#include "app/serverapp.h"
#include "app/serverrunner.h"
#include "app/startup.h"
#include "app/unixsignals.h"
#include "app/version.h"
#include "base/logging.h"

#include <QCoreApplication>

#include <cstdio>
#include <utility>

using namespace Parlance;

namespace {

void print(std::FILE *where, const QString &text)
{
    std::fputs(text.toUtf8().constData(), where);
    std::fflush(where);
}

ExitCode failedToStart(const Error &error)
{
    print(stderr, error.detail + u'\n');
    switch (error.code) {
    case ErrorCode::AddressInUse:
        print(stderr, QStringLiteral("Another program uses that port. Choose another with --port N, or --port 0 for "
                                     "any free one.\n"));
        return ExitCode::AddressInUse;
    case ErrorCode::DataInUse: return ExitCode::DataInUse;
    case ErrorCode::DataUnusable: return ExitCode::DataUnusable;
    case ErrorCode::StorageFull:
    case ErrorCode::Unavailable: return ExitCode::StorageDown;
    default: return ExitCode::CannotListen;
    }
}

} // namespace

int main(int argc, char **argv)
{
    // The configuration comes first: it says which event loop the application is made with.
    const LoadedConfig loaded = loadConfig(processSources(argumentsOf(argc, argv)));
    if (const auto code = answerInsteadOfServing(QStringLiteral("parlanced"), loaded))
        return int(*code);
    installLogging(loaded.config.log.format, loaded.config.log.level);
    chooseEventLoop(loaded.config.eventLoop);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("parlanced"));
    QCoreApplication::setApplicationVersion(QLatin1String(kVersion));

    const SystemClock clock;
    ServerRunner runner(loaded.config, clock, ServerRunner::Pause::Allowed);
    if (const Status started = runner.start(); !started)
        return int(failedToStart(started.error()));

    UnixSignals unixSignals;
    QObject::connect(&unixSignals, &UnixSignals::terminationRequested, &runner, [&runner, asked = false]() mutable {
        if (std::exchange(asked, true))
            QCoreApplication::quit(); // asked twice: now
        else
            runner.drain();
    });
    QObject::connect(&runner, &ServerRunner::drained, &application, &QCoreApplication::quit, Qt::QueuedConnection);
    QObject::connect(&runner, &ServerRunner::failed, &application,
                     [](const Error &error) { QCoreApplication::exit(int(failedToStart(error))); });

    for (const QString &url : runner.server()->urls())
        print(stdout, QStringLiteral("listening on %1\n").arg(url));
    return QCoreApplication::exec();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/startup.h"

#include "app/version.h"
#include "config/helptext.h"
#include "config/iniprinter.h"

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

void print(std::FILE *where, const QString &text)
{
    std::fputs(text.toUtf8().constData(), where);
    std::fflush(where);
}

} // namespace

QStringList argumentsOf(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

std::optional<ExitCode> answerInsteadOfServing(const QString &program, const LoadedConfig &loaded)
{
    if (loaded.mode == RunMode::Help) {
        print(stdout, helpText(program, defaultConfigFiles()));
        return ExitCode::Ok;
    }
    if (loaded.mode == RunMode::Version) {
        print(stdout, u"%1 %2\n"_s.arg(program, QString::fromLatin1(kVersion)));
        return ExitCode::Ok;
    }
    for (const ConfigFault &warning : loaded.warnings)
        print(stderr, describe(warning) + u'\n');
    for (const ConfigFault &fault : loaded.faults)
        print(stderr, describe(fault) + u'\n');
    if (!loaded.isValid())
        return exitCodeFor(loaded.faults);
    if (loaded.mode == RunMode::CheckConfig) {
        print(stdout, u"the configuration is good\n"_s);
        return ExitCode::Ok;
    }
    if (loaded.mode == RunMode::PrintConfig) {
        print(stdout, printIni(loaded.config, Secrets::Hidden));
        return ExitCode::Ok;
    }
    return std::nullopt;
}

} // namespace Parlance

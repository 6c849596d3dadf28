// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/startup.h"
#include "app/storagechoice.h"
#include "app/version.h"
#include "base/logging.h"
#include "config/exitcodes.h"
#include "config/loader.h"
#include "headless/ctl/arguments.h"
#include "headless/ctl/commands.h"
#include "upkeep/interruption.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

void print(std::FILE *where, const QString &text)
{
    std::fputs(text.toUtf8().constData(), where);
    std::fflush(where);
}

ExitCode badOption(const QString &fault)
{
    print(stderr, fault + u"\nparlancectl --help tells what there is\n"_s);
    return ExitCode::BadOption;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const ControlArguments arguments = readControlArguments(argumentsOf(argc, argv));
    if (arguments.wantsHelp) {
        print(stdout, controlHelp());
        return int(ExitCode::Ok);
    }
    if (arguments.wantsVersion) {
        print(stdout, u"parlancectl %1\n"_s.arg(QString::fromLatin1(kVersion)));
        return int(ExitCode::Ok);
    }
    if (!arguments.fault.isEmpty())
        return int(badOption(arguments.fault));
    const LoadedConfig loaded = loadConfig(processSources(arguments.server));
    if (const auto code = answerInsteadOfServing(u"parlancectl"_s, loaded))
        return int(*code);
    installLogging(loaded.config.log.format, loaded.config.log.level);
    armInterruptions();
    ControlOutcome outcome = performControl(arguments, loaded.config);
    if (!outcome.text.isEmpty())
        print(outcome.code == ExitCode::Ok && arguments.output.isEmpty() && arguments.command != u"export" ? stdout : stderr,
              outcome.text + u'\n');
    return int(outcome.code);
}

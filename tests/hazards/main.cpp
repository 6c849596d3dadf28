// SPDX-License-Identifier: GPL-3.0-or-later
// Runs each probe in a child process, several at a time, and prints a line for each, in order.
#include "probe.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QProcess>

#include <cstdio>
#include <memory>
#include <utility>

#include <sys/resource.h>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

constexpr int kAtOnce = 8; ///< most of them only wait
constexpr std::chrono::seconds kProbeTime {60};

std::vector<Probe> allProbes()
{
    std::vector<Probe> probes;
    for (const auto &group : {httpParsingProbes, httpServingProbes, tcpServerProbes, webSocketOpeningProbes,
                              webSocketFrameProbes, webSocketLifeProbes}) {
        for (Probe &probe : group())
            probes.push_back(std::move(probe));
    }
    return probes;
}

QString wordFor(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Real: return u"real"_s;
    case Verdict::NotReal: return u"not real"_s;
    case Verdict::NotHere: break;
    }
    return u"not reproducible here"_s;
}

void print(const Probe &probe, const QString &verdict, const QString &seen)
{
    const QString line = QStringList {QString::fromUtf8(probe.id), verdict, QString::fromUtf8(probe.fault), seen}.join(u'\t');
    std::printf("%s\n", qUtf8Printable(line));
    std::fflush(stdout);
}

int runChild(const Probe &probe)
{
    const rlimit noCore {0, 0};
    ::setrlimit(RLIMIT_CORE, &noCore);
    const Finding found = probe.run();
    print(probe, wordFor(found.verdict), found.seen);
    std::_Exit(0); // what the fault has left behind must not be torn down
}

struct Running
{
    std::unique_ptr<QProcess> process;
    QDeadlineTimer deadline {kProbeTime};
};

void start(Running &running, const Probe &probe)
{
    running.process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"MALLOC_PERTURB_"_s, u"165"_s); // freed memory does not look alive
    environment.insert(u"GLIBC_TUNABLES"_s, u"glibc.malloc.tcache_count=0"_s);
    environment.insert(u"QT_LOGGING_RULES"_s, u"*=false"_s);
    running.process->setProcessEnvironment(environment);
    running.process->setStandardErrorFile(QProcess::nullDevice());
    running.process->start(QCoreApplication::applicationFilePath(), {u"--child"_s, QString::fromUtf8(probe.id)});
    running.deadline = QDeadlineTimer(kProbeTime);
}

void report(const Running &running, const Probe &probe)
{
    const QByteArray said = running.process->readAllStandardOutput();
    if (running.process->exitStatus() == QProcess::NormalExit && !said.isEmpty()) {
        std::fwrite(said.constData(), 1, size_t(said.size()), stdout);
        std::fflush(stdout);
    } else if (running.deadline.hasExpired()) {
        print(probe, wordFor(Verdict::NotHere), u"the probe was not done after %1 s"_s.arg(kProbeTime.count()));
    } else {
        const bool isSignal = running.process->exitStatus() == QProcess::CrashExit;
        const QString death = (isSignal ? u"the process died of signal %1"_s : u"the process ended with status %1"_s)
                                  .arg(running.process->exitCode());
        print(probe, wordFor(probe.isCrash ? Verdict::Real : Verdict::NotHere), death);
    }
}

void runAll(const std::vector<Probe> &probes)
{
    std::vector<Running> running(probes.size());
    size_t next = 0;
    const auto isDone = [&running](size_t i) {
        return running[i].process->state() == QProcess::NotRunning || running[i].deadline.hasExpired();
    };
    for (size_t i = 0; i < probes.size(); ++i) {
        for (; next < probes.size() && next < i + kAtOnce; ++next)
            start(running[next], probes[next]);
        until([&isDone, i] { return isDone(i); }, kProbeTime + std::chrono::seconds(1));
        if (running[i].process->state() != QProcess::NotRunning) {
            running[i].process->kill();
            until([&running, i] { return running[i].process->state() == QProcess::NotRunning; });
        }
        report(running[i], probes[i]);
        running[i].process.reset();
    }
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments().mid(1);
    std::vector<Probe> probes = allProbes();
    if (arguments.value(0) == u"--list") {
        for (const Probe &probe : probes)
            std::printf("%s\n", probe.id);
        return 0;
    }
    const bool isChild = arguments.value(0) == u"--child";
    const QStringList wanted = isChild ? arguments.mid(1) : arguments;
    if (!wanted.isEmpty())
        std::erase_if(probes, [&wanted](const Probe &probe) { return !wanted.contains(QString::fromUtf8(probe.id)); });
    if (probes.empty()) {
        std::fprintf(stderr, "there is no such probe\n");
        return 2;
    }
    if (isChild)
        return runChild(probes.front());
    std::printf("Qt\t%s\n", qVersion());
    runAll(probes);
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <functional>
#include <vector>

namespace Parlance {

/// What a fault turned out to be on the Qt that is installed.
enum class Verdict { Real, NotReal, NotHere };

struct Finding
{
    Verdict verdict = Verdict::NotHere;
    QString seen; ///< one line
};

/// Tries one fault of Qt in a process of its own, which may die of it.
struct Probe
{
    const char *id;
    const char *fault; ///< in a few words
    std::function<Finding()> run;
    bool isCrash = false; ///< the fault shows as the death of the process
};

std::vector<Probe> httpParsingProbes();
std::vector<Probe> httpServingProbes();
std::vector<Probe> tcpServerProbes();
std::vector<Probe> webSocketOpeningProbes();
std::vector<Probe> webSocketFrameProbes();
std::vector<Probe> webSocketLifeProbes();

/// \a seen with the verdict that follows from \a isReal.
Finding finding(bool isReal, const QString &seen);
/// Runs the event loop until \a isTrue, or until \a atMost has passed; whether it is.
bool until(const std::function<bool()> &isTrue, std::chrono::milliseconds atMost = std::chrono::seconds(5));
/// Runs the event loop for so long.
void linger(std::chrono::milliseconds time);
/// CPU time of this process so far.
std::chrono::microseconds cpuTime();
/// The resident memory of this process now, in bytes.
qint64 residentBytes();

} // namespace Parlance

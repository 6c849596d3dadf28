// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadgen/report.h"

#include <cstdio>

namespace Parlance::Bench {

namespace {

std::string numberText(double number)
{
    char text[40];
    std::snprintf(text, sizeof text, "%.4f", number);
    return text;
}

} // namespace

void Report::addRaw(std::string_view name, std::string_view json)
{
    if (!m_members.empty())
        m_members += ", ";
    m_members.append("\"").append(name).append("\": ").append(json);
}

void Report::add(std::string_view name, std::string_view text)
{
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += uint8_t(c) < 0x20 ? ' ' : c;
    }
    addRaw(name, quoted + '"');
}

void Report::add(std::string_view name, double number)
{
    addRaw(name, numberText(number));
}

void Report::add(std::string_view name, const std::vector<double> &numbers)
{
    std::string list = "[";
    for (const double number : numbers)
        list += (list.size() > 1 ? ", " : "") + numberText(number);
    addRaw(name, list + ']');
}

void Report::add(std::string_view name, const Histogram &latency)
{
    Report inner;
    inner.add("count", latency.count());
    inner.add("p50", latency.quantileMs(0.5));
    inner.add("p99", latency.quantileMs(0.99));
    inner.add("p999", latency.quantileMs(0.999));
    inner.add("max", latency.maxMs());
    add(name, inner);
}

} // namespace Parlance::Bench

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loadgen/histogram.h"

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Parlance::Bench {

/// The JSON object that a run prints: names and numbers, in the order in which they were added.
class Report
{
public:
    void add(std::string_view name, std::string_view text);
    void add(std::string_view name, double number);
    template <std::integral Number>
    void add(std::string_view name, Number number)
    {
        addRaw(name, std::to_string(number));
    }
    void add(std::string_view name, const std::vector<double> &numbers);
    /// {count, p50, p99, p999, max}, in milliseconds.
    void add(std::string_view name, const Histogram &latency);
    void add(std::string_view name, const Report &inner) { addRaw(name, inner.text()); }

    std::string text() const { return '{' + m_members + '}'; }

private:
    void addRaw(std::string_view name, std::string_view json);

    std::string m_members;
};

} // namespace Parlance::Bench

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

/// What libFuzzer calls, and the replay of the corpus in builds without it. Always returns 0.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace Parlance::Fuzz {

/// Ends the program: a property does not hold. \a shown is printed beside it.
[[noreturn]] inline void fail(const char *property, const char *file, int line, const QByteArray &shown)
{
    std::fprintf(stderr, "%s:%d: does not hold: %s\n%s\n", file, line, property, shown.constData());
    std::abort();
}

} // namespace Parlance::Fuzz

/// A property of the code under test: unlike an assertion it holds in every build. Behind it stands what to
/// print (a QByteArray).
#define FUZZ_CHECK(property, shown)                                                                          \
    do {                                                                                                     \
        if (!(property))                                                                                     \
            ::Parlance::Fuzz::fail(#property, __FILE__, __LINE__, shown);                                    \
    } while (false)

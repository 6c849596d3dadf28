// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <bit>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

// Looks at many characters at once: these run for every message, and compilers make ten times the instructions of
// the plain loops, which stand behind for the rest of a text and for other processors.

namespace Parlance {

/// Must be escaped in a JSON string: a quotation mark, a backslash or a control character (RFC 8259 section 7).
constexpr bool needsJsonEscape(char16_t c)
{
    return c < 0x20 || c == u'"' || c == u'\\';
}

/// How many characters stand before the first one that ends a JSON string or must be escaped in it.
inline qsizetype jsonPlainLength(QStringView text)
{
    const char16_t *in = text.utf16();
    const qsizetype size = text.size();
    qsizetype i = 0;
#ifdef __SSE2__
    for (; i + 8 <= size; i += 8) {
        const __m128i c = _mm_loadu_si128(reinterpret_cast<const __m128i *>(in + i));
        const __m128i control = _mm_cmpeq_epi16(_mm_subs_epu16(c, _mm_set1_epi16(0x1F)), _mm_setzero_si128());
        const __m128i marks = _mm_or_si128(_mm_cmpeq_epi16(c, _mm_set1_epi16('"')), _mm_cmpeq_epi16(c, _mm_set1_epi16('\\')));
        if (const int found = _mm_movemask_epi8(_mm_or_si128(control, marks)))
            return i + std::countr_zero(unsigned(found)) / 2;
    }
#endif
    while (i < size && !needsJsonEscape(in[i]))
        ++i;
    return i;
}

/// Writes \a text to \a out as ASCII, as long as it is. False when it holds something else, or what must be
/// escaped in JSON; what then stands in \a out says nothing.
inline bool narrowPlainAscii(QStringView text, char *out)
{
    const char16_t *in = text.utf16();
    const qsizetype size = text.size();
    qsizetype i = 0;
    bool special = false;
#ifdef __SSE2__
    const auto narrow = [](__m128i low, __m128i high, __m128i &bad) {
        const __m128i bytes = _mm_packus_epi16(low, high); // beyond 0xFF becomes 0xFF, from 0x8000 on 0: not plain either
        const __m128i odd = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)); // signed, so from 0x80 on too
        const __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
        bad = _mm_or_si128(bad, _mm_or_si128(odd, marks));
        return bytes;
    };
    __m128i bad = _mm_setzero_si128();
    for (; i + 16 <= size; i += 16) {
        const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i *>(in + i));
        const __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i *>(in + i + 8));
        _mm_storeu_si128(reinterpret_cast<__m128i *>(out + i), narrow(low, high, bad));
    }
    // The last eight may overlap what was written already; so nothing is left, but of the shortest texts.
    const auto narrowEight = [&](qsizetype at) {
        const __m128i eight = _mm_loadu_si128(reinterpret_cast<const __m128i *>(in + at));
        _mm_storel_epi64(reinterpret_cast<__m128i *>(out + at), narrow(eight, eight, bad));
    };
    if (size - i > 8)
        narrowEight(i);
    if (size >= 8) {
        narrowEight(size - 8);
        i = size;
    }
    special = _mm_movemask_epi8(bad) != 0;
#endif
    for (; i < size; ++i) {
        special |= needsJsonEscape(in[i]) | (in[i] > 0x7F);
        out[i] = char(in[i]);
    }
    return !special;
}

} // namespace Parlance

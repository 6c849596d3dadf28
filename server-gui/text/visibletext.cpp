// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/visibletext.h"

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kMarksPerLetter = 4;

/// Steers the direction of text around it, or is a control with no shape.
bool isHidden(char32_t c)
{
    constexpr char32_t kJoiner = 0x200d;
    constexpr char32_t kNonJoiner = 0x200c;
    if (c == kJoiner || c == kNonJoiner)
        return false; // emoji and several scripts are spelled with them
    const QChar::Category category = QChar::category(c);
    return category == QChar::Other_Control || category == QChar::Other_Format || category == QChar::Other_Surrogate;
}

bool isLineBreak(char32_t c)
{
    return c == U'\n' || c == U'\r' || c == 0x2028 || c == 0x2029 || c == 0x85;
}

} // namespace

QString visibleText(QStringView text, qsizetype maxChars)
{
    QString out;
    out.reserve(qMin(text.size(), maxChars + 1));
    int marks = 0;
    bool cut = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        if (isLineBreak(c)) {
            if (c == U'\r' && i + 1 < text.size() && text[i + 1] == u'\n')
                continue;
            c = U'↵';
        } else if (c == U'\t') {
            c = U' ';
        } else if (isHidden(c)) {
            continue;
        }
        marks = QChar::isMark(c) ? marks + 1 : 0;
        if (marks > kMarksPerLetter)
            continue;
        if (out.size() + (QChar::requiresSurrogates(c) ? 2 : 1) > maxChars) {
            cut = true;
            break;
        }
        out.append(QChar::fromUcs4(c));
    }
    if (cut)
        out.append(u'…');
    return out;
}

QString quoted(QStringView text, qsizetype maxChars)
{
    constexpr QChar kFirstStrongIsolate(0x2068);
    constexpr QChar kPopIsolate(0x2069);
    return kFirstStrongIsolate + visibleText(text, maxChars) + kPopIsolate;
}

QString plainToolTip(const QString &text)
{
    if (text.isEmpty())
        return {};
    return u"<p style=\"white-space:pre-wrap\">"_s + text.toHtmlEscaped() + u"</p>"_s;
}

} // namespace Parlance

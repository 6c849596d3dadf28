// SPDX-License-Identifier: GPL-3.0-or-later
// The INI reader: what was read and is printed again reads the same; lines and faults stand where they
// should.
#include "config/inireader.h"
#include "harness/check.h"

#include <algorithm>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

bool isNameText(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
        return c.unicode() < 0x7F && (c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.');
    });
}

QByteArray print(const QList<IniEntry> &entries)
{
    QString text;
    for (const IniEntry &entry : entries) {
        if (!entry.section.isEmpty())
            text += u'[' + entry.section + "]\n"_L1;
        text += entry.key + " = "_L1 + iniValue(entry.value) + u'\n';
    }
    return text.toUtf8();
}

void checkPrinted(const QByteArray &text, const QList<IniEntry> &entries)
{
    const QByteArray printed = print(entries);
    const IniDocument again = readIni(printed);
    const QByteArray shown = text + "\n-- printed:\n" + printed;
    FUZZ_CHECK(again.faults.isEmpty() && again.entries.size() == entries.size(), shown);
    for (qsizetype i = 0; i < entries.size(); ++i) {
        FUZZ_CHECK(again.entries.at(i).section == entries.at(i).section, shown);
        FUZZ_CHECK(again.entries.at(i).key == entries.at(i).key, shown);
        FUZZ_CHECK(again.entries.at(i).value == entries.at(i).value, shown);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    const IniDocument document = readIni(text);
    const int lines = int(text.count('\n')) + 1;

    int last = 0;
    for (const IniEntry &entry : document.entries) {
        FUZZ_CHECK(entry.line > last && entry.line <= lines, text);
        last = entry.line;
        FUZZ_CHECK(isNameText(entry.key) && (entry.section.isEmpty() || isNameText(entry.section)), text);
        FUZZ_CHECK(entry.value.trimmed() == entry.value || text.contains('"'), text);
        for (const QChar c : entry.value)
            FUZZ_CHECK(c == u'\t' || c.category() != QChar::Other_Control, text);
    }
    FUZZ_CHECK(document.faults.size() <= kMaxIniFaults, text);
    last = 0;
    for (const IniFault &fault : document.faults) {
        FUZZ_CHECK(fault.line > last && fault.line <= lines && !fault.what.isEmpty(), text);
        last = fault.line;
    }
    // Each entry alone, for in the whole the first could have no section and stand behind one.
    for (const IniEntry &entry : document.entries)
        checkPrinted(text, {entry});
    const bool isSectioned = std::all_of(document.entries.cbegin(), document.entries.cend(),
                                         [](const IniEntry &entry) { return !entry.section.isEmpty(); });
    if (isSectioned)
        checkPrinted(text, document.entries);
    return 0;
}

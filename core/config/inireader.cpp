// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/inireader.h"

#include "base/result.h"

#include <QStringDecoder>
#include <QStringView>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

Error bad(QString detail)
{
    return {ErrorCode::BadRequest, std::move(detail)};
}

bool startsComment(QStringView text)
{
    return text.startsWith(u'#') || text.startsWith(u';');
}

bool isNameChar(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_' || c == u'-'
        || c == u'.';
}

bool isName(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.cbegin(), text.cend(), isNameChar);
}

Result<QString> decodeLine(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    QString line = decoder.decode(bytes);
    if (decoder.hasError())
        return bad(u"is not UTF-8 text"_s);
    const bool control = std::any_of(line.cbegin(), line.cend(), [](QChar c) {
        return c != u'\t' && c.category() == QChar::Other_Control;
    });
    if (control)
        return bad(u"contains a control character"_s);
    return line;
}

Result<QString> readQuoted(QStringView text)
{
    QString value;
    for (qsizetype i = 1; i < text.size(); ++i) {
        if (text[i] == u'"') {
            const QStringView rest = text.sliced(i + 1).trimmed();
            if (!rest.isEmpty() && !startsComment(rest))
                return bad(u"goes on after the closing quotation mark"_s);
            return value;
        }
        if (text[i] == u'\\') {
            ++i;
            if (i == text.size() || (text[i] != u'"' && text[i] != u'\\'))
                return bad(u"may only have \\\" and \\\\ after a backslash in quotation marks"_s);
        }
        value += text[i];
    }
    return bad(u"has no closing quotation mark"_s);
}

QString readPlain(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if ((i == 0 || text[i - 1].isSpace()) && startsComment(text.sliced(i)))
            return text.first(i).trimmed().toString();
    }
    return text.toString();
}

Result<QString> readSection(QStringView line)
{
    const qsizetype end = line.indexOf(u']');
    if (end < 0)
        return bad(u"has no closing ]"_s);
    const QStringView name = line.sliced(1, end - 1).trimmed();
    if (!isName(name))
        return bad(u"has no good section name between [ and ]"_s);
    const QStringView rest = line.sliced(end + 1).trimmed();
    if (!rest.isEmpty() && !startsComment(rest))
        return bad(u"goes on after the closing ]"_s);
    return name.toString();
}

Result<IniEntry> readEntry(QStringView line)
{
    const qsizetype sign = line.indexOf(u'=');
    if (sign < 0)
        return bad(u"is neither [section] nor key = value nor a comment"_s);
    const QStringView key = line.first(sign).trimmed();
    if (!isName(key))
        return bad(u"has no good key before ="_s);
    const QStringView text = line.sliced(sign + 1).trimmed();
    Result<QString> value = text.startsWith(u'"') ? readQuoted(text) : Result<QString>(readPlain(text));
    if (!value)
        return value.error();
    return IniEntry {{}, key.toString(), value.take(), 0};
}

/// Reads line after line; knows the section that it is in.
class IniReader
{
public:
    void read(const QByteArray &bytes)
    {
        ++m_line;
        const Result<QString> decoded = decodeLine(bytes);
        if (!decoded)
            return fail(decoded.error());
        const QStringView line = QStringView(decoded.value()).trimmed();
        if (line.isEmpty() || startsComment(line))
            return;
        if (line.startsWith(u'[')) {
            Result<QString> section = readSection(line);
            m_sectionKnown = bool(section);
            if (!section)
                return fail(section.error());
            m_section = section.take();
            return;
        }
        Result<IniEntry> entry = readEntry(line);
        if (!entry)
            return fail(entry.error());
        if (!m_sectionKnown) // its section line is the fault to mend first
            return;
        entry.value().section = m_section;
        entry.value().line = m_line;
        m_document.entries.append(entry.take());
    }

    bool isFull() const { return m_document.faults.size() >= kMaxIniFaults; }
    IniDocument take() { return std::move(m_document); }

private:
    void fail(const Error &error) { m_document.faults.append({m_line, u"this line "_s + error.detail}); }

    IniDocument m_document;
    QString m_section;
    bool m_sectionKnown = true;
    int m_line = 0;
};

} // namespace

IniDocument readIni(const QByteArray &text)
{
    IniReader reader;
    qsizetype start = text.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    while (start < text.size() && !reader.isFull()) {
        qsizetype end = text.indexOf('\n', start);
        if (end < 0)
            end = text.size();
        QByteArray line = text.sliced(start, end - start);
        if (line.endsWith('\r'))
            line.chop(1);
        reader.read(line);
        start = end + 1;
    }
    return reader.take();
}

QString iniValue(const QString &value)
{
    const bool plain = value.trimmed() == value && !value.startsWith(u'"') && !value.contains(u'#')
        && !value.contains(u';');
    if (plain)
        return value;
    QString quoted = value;
    quoted.replace(u'\\', "\\\\"_L1).replace(u'"', "\\\""_L1);
    return u'"' + quoted + u'"';
}

} // namespace Parlance

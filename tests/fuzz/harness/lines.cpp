// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness/lines.h"

#include <cerrno>
#include <cstdlib>

namespace Parlance::Fuzz {

qint64 Lines::number(qint64 least, qint64 most)
{
    const QByteArray line = atEnd() ? QByteArray() : m_lines.at(m_at++);
    return qBound(least, qint64(std::strtoll(line.constData(), nullptr, 10)),
                  most); // out of range: the nearer end
}

QString Lines::unescaped(const QByteArray &line)
{
    const QString raw = QString::fromUtf8(line);
    QString text;
    text.reserve(raw.size());
    for (qsizetype i = 0; i < raw.size(); ++i) {
        if (raw[i] == u'\\' && i + 1 < raw.size() && raw[i + 1] == u'n') {
            text += u'\n';
            ++i;
            continue;
        }
        bool ok = false;
        const ushort unit = raw[i] == u'\\' && i + 5 < raw.size() && raw[i + 1] == u'u'
            ? QStringView(raw).sliced(i + 2, 4).toUShort(&ok, 16)
            : ushort(0);
        text += ok ? QChar(unit) : raw[i];
        i += ok ? 5 : 0;
    }
    return text;
}

QString withoutLoneSurrogates(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            ++i;
        else if (text[i].isSurrogate())
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

} // namespace Parlance::Fuzz

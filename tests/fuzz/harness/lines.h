// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QByteArrayView>
#include <QString>
#include <QStringList>

namespace Parlance::Fuzz {

/// An input as lines of text, which keeps the seeds readable and lets the fuzzer move whole values.
///
/// In a line \n is a line feed and \uXXXX any UTF-16 code unit, half a surrogate pair too. What comes behind
/// the last line is empty.
class Lines
{
public:
    explicit Lines(QByteArrayView input)
        : m_lines(input.toByteArray().split('\n'))
    {
    }

    bool atEnd() const { return m_at >= m_lines.size(); }
    QString text() { return unescaped(atEnd() ? QByteArray() : m_lines.at(m_at++)); }
    /// Items with | between.
    QStringList texts()
    {
        const QString line = text();
        return line.isEmpty() ? QStringList() : line.split(u'|');
    }
    /// A number from \a least to \a most; one that is outside comes to the nearer end, no number counts as 0.
    qint64 number(qint64 least, qint64 most);
    bool flag() { return text() == QStringView(u"true"); }

    static QString unescaped(const QByteArray &line);

private:
    QByteArrayList m_lines;
    qsizetype m_at = 0;
};

/// \a text as the wire carries it: half a surrogate pair becomes U+FFFD.
QString withoutLoneSurrogates(QString text);

} // namespace Parlance::Fuzz

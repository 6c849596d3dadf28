// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/journalrow.h"

#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr char kFormat = 1;
constexpr int kNumberBytes = 10; ///< of the longest number
constexpr int kGuess = 2048; ///< bytes of a row, to begin with

void putNumber(std::string &data, quint64 number)
{
    do {
        const auto low = char(number & 0x7f);
        number >>= 7;
        data.push_back(char(low | (number != 0 ? 0x80 : 0)));
    } while (number != 0);
}

/// \a encoder is stateless.
void putText(std::string &data, const QString &text, QStringEncoder &encoder)
{
    constexpr qsizetype kShort = 512;
    if (text.size() > kShort) {
        const QByteArray bytes = text.toUtf8();
        putNumber(data, quint64(bytes.size()));
        data.append(bytes.constData(), size_t(bytes.size()));
        return;
    }
    char bytes[3 * kShort + 4]; // QStringConverter: at most three for each UTF-16 unit, and what a state might hold
    const char *end = encoder.appendToBuffer(bytes, text);
    putNumber(data, quint64(end - bytes));
    data.append(bytes, size_t(end - bytes));
}

constexpr quint64 zigzag(qint64 number) { return quint64(number) << 1 ^ quint64(number >> 63); }
constexpr qint64 unzigzag(quint64 number) { return qint64(number >> 1) ^ -qint64(number & 1); }

/// Reads what the packer wrote. Once something was not whole, everything is null and isWhole() false.
class Unpacker
{
public:
    explicit Unpacker(const QByteArray &data) : m_at(data.constData()), m_end(m_at + data.size()) {}

    quint64 number()
    {
        quint64 number = 0;
        for (int shift = 0; shift < 7 * kNumberBytes && m_at < m_end; shift += 7) {
            const auto byte = quint8(*m_at++);
            number |= quint64(byte & 0x7f) << shift;
            if ((byte & 0x80) == 0)
                return number;
        }
        m_isWhole = false;
        return 0;
    }
    QString text()
    {
        const quint64 length = number();
        if (!m_isWhole || length > quint64(m_end - m_at)) {
            m_isWhole = false;
            return {};
        }
        return QString::fromUtf8(std::exchange(m_at, m_at + length), qsizetype(length));
    }
    bool isWhole() const { return m_isWhole; }
    bool isAtEnd() const { return m_at == m_end; }

private:
    const char *m_at;
    const char *m_end;
    bool m_isWhole = true;
};

} // namespace

void JournalPacker::add(const Draft &draft)
{
    if (m_count == 0) {
        m_data.reserve(kGuess);
        m_data.assign(1, kFormat);
    }
    ++m_count;
    if (!m_last || m_lastPerson != draft.person.toString()) {
        m_last = &m_people[draft.person.toString()];
        m_lastPerson = draft.person.toString();
    }
    if (m_last->number != 0 && m_last->author == draft.author.text()) {
        putNumber(m_data, m_last->number);
    } else {
        *m_last = {++m_numbers, draft.author.text()};
        putNumber(m_data, 0);
        putText(m_data, draft.author.text(), m_encoder);
        putText(m_data, draft.person.toString(), m_encoder);
    }
    putNumber(m_data, zigzag(draft.timestamp - std::exchange(m_before, draft.timestamp)));
    putText(m_data, draft.cid.toString(), m_encoder);
    putText(m_data, draft.content, m_encoder);
}

QByteArray JournalPacker::take()
{
    m_people.clear();
    m_last = nullptr;
    m_numbers = 0;
    m_before = 0;
    m_count = 0;
    const QByteArray data(m_data.data(), qsizetype(m_data.size()));
    m_data.clear(); // and keep its memory
    return data;
}

Result<QList<JournalEntry>> unpackJournal(const QByteArray &data, qsizetype count)
{
    const Error broken {ErrorCode::DataUnusable, u"messages of the journal are not whole"_s};
    if (data.isEmpty() || data.front() != kFormat)
        return broken;
    const QByteArray packed = QByteArray::fromRawData(data.constData() + 1, data.size() - 1);
    Unpacker from(packed);
    struct Person
    {
        QString author;
        QString person;
    };
    std::vector<Person> people;
    QList<JournalEntry> entries;
    qint64 timestamp = 0;
    while (!from.isAtEnd()) {
        quint64 who = from.number();
        if (who == 0) {
            QString author = from.text();
            people.push_back({std::move(author), from.text()});
            who = people.size();
        }
        timestamp += unzigzag(from.number());
        QString cid = from.text();
        QString content = from.text();
        if (!from.isWhole() || who > people.size())
            return broken;
        const Person &person = people[who - 1];
        entries.append({person.author, person.person, std::move(cid), timestamp, std::move(content)});
    }
    if (entries.size() != count)
        return broken;
    return entries;
}

} // namespace Parlance

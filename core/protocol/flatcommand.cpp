// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/flatcommand.h"

#include "base/textscan.h"
#include "protocol/limits.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

class Reader
{
public:
    explicit Reader(QStringView text) : m_next(text.cbegin()), m_end(text.cend()) {}

    /// Skips white space (RFC 8259 section 2), then \a c if it stands there.
    bool take(QChar c)
    {
        skipSpace();
        if (m_next == m_end || *m_next != c)
            return false;
        ++m_next;
        return true;
    }

    bool takeWord(QStringView word)
    {
        skipSpace();
        if (m_end - m_next < word.size() || QStringView(m_next, word.size()) != word)
            return false;
        m_next += word.size();
        return true;
    }

    /// What stands between quotation marks, as it is; nothing where an escape would have to be read.
    std::optional<QStringView> takeString()
    {
        if (!take(u'"'))
            return std::nullopt;
        const QStringView rest(m_next, m_end);
        const qsizetype size = jsonPlainLength(rest);
        if (size == rest.size() || rest[size] != u'"')
            return std::nullopt;
        m_next += size + 1;
        return rest.first(size);
    }

    bool atEnd()
    {
        skipSpace();
        return m_next == m_end;
    }

private:
    void skipSpace()
    {
        while (m_next != m_end && (*m_next == u' ' || *m_next == u'\n' || *m_next == u'\r' || *m_next == u'\t'))
            ++m_next;
    }

    const QChar *m_next;
    const QChar *m_end;
};

struct Members
{
    std::optional<QStringView> type;
    std::optional<QStringView> content;
    std::optional<QStringView> cid;
    std::optional<bool> on;
};

bool takeText(Reader &reader, std::optional<QStringView> &target)
{
    if (target)
        return false; // twice
    target = reader.takeString();
    return target.has_value();
}

bool takeFlag(Reader &reader, std::optional<bool> &target)
{
    if (target)
        return false;
    if (reader.takeWord(u"true"))
        target = true;
    else if (reader.takeWord(u"false"))
        target = false;
    return target.has_value();
}

bool takeMember(Reader &reader, Members &members)
{
    const std::optional<QStringView> key = reader.takeString();
    if (!key || !reader.take(u':'))
        return false;
    if (*key == "type"_L1)
        return takeText(reader, members.type);
    if (*key == "content"_L1)
        return takeText(reader, members.content);
    if (*key == "cid"_L1)
        return takeText(reader, members.cid);
    if (*key == "on"_L1)
        return takeFlag(reader, members.on);
    return false;
}

std::optional<Members> readMembers(QStringView json)
{
    Reader reader(json);
    Members members;
    if (!reader.take(u'{'))
        return std::nullopt;
    do {
        if (!takeMember(reader, members))
            return std::nullopt;
    } while (reader.take(u','));
    if (!reader.take(u'}') || !reader.atEnd())
        return std::nullopt;
    return members;
}

} // namespace

bool isCid(QStringView text)
{
    return !text.isEmpty() && text.size() <= WireLimits::kCidChars
        && std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
}

std::optional<Command> readFlatCommand(QStringView json)
{
    const std::optional<Members> members = readMembers(json);
    if (!members || !members->type || (members->cid && !isCid(*members->cid)))
        return std::nullopt;
    if (*members->type == "message"_L1 && members->content) {
        const QString cid = members->cid ? members->cid->toString() : QString();
        return PostCommand {members->content->toString(), cid};
    }
    if (*members->type == "typing"_L1)
        return TypingCommand {members->on.value_or(true)};
    return std::nullopt;
}

} // namespace Parlance

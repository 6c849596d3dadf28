// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/framereader.h"

#include <QtEndian>

#include <array>
#include <cstring>
#include <limits>
#include <utility>

namespace Parlance {

namespace {

constexpr int kContinuation = 0;
constexpr int kText = 1;
constexpr int kBinary = 2;
constexpr int kClose = 8;
constexpr int kPing = 9;
constexpr int kPong = 10;
constexpr quint64 kControlMax = 125;
constexpr qsizetype kMaskSize = 4;

bool isControl(int opcode)
{
    return opcode >= kClose;
}

/// One final frame with a mask of zeros, which changes nothing. Returns where its payload of \a size bytes goes.
char *appendFrame(QByteArray &out, int opcode, qsizetype size)
{
    const qsizetype start = out.size();
    const qsizetype length = size <= qsizetype(kControlMax) ? 0 : size <= 0xFFFF ? 2 : 8;
    out.resize(start + 2 + length + kMaskSize + size);
    char *head = out.data() + start;
    head[0] = char(0x80 | opcode);
    head[1] = char(0x80 | (length == 0 ? size : length == 2 ? 126 : 127));
    if (length == 2)
        qToBigEndian(quint16(size), head + 2);
    else if (length == 8)
        qToBigEndian(quint64(size), head + 2);
    std::memset(head + 2 + length, 0, kMaskSize);
    return head + 2 + length + kMaskSize;
}

void appendFrame(QByteArray &out, int opcode, QByteArrayView payload)
{
    char *place = appendFrame(out, opcode, payload.size());
    if (!payload.isEmpty())
        std::memcpy(place, payload.data(), size_t(payload.size()));
}

/// Takes the mask off (RFC 6455 section 5.3); \a from is the place of the first byte in the frame's payload.
void unmask(char *out, const char *in, qsizetype size, const char *mask, quint64 from)
{
    std::array<char, 8> turned; // the mask as it stands at the first byte, twice
    for (size_t i = 0; i < turned.size(); ++i)
        turned[i] = mask[(from + i) % quint64(kMaskSize)];
    const auto pattern = qFromUnaligned<quint64>(turned.data());
    qsizetype i = 0;
    for (; i + 8 <= size; i += 8)
        qToUnaligned(qFromUnaligned<quint64>(in + i) ^ pattern, out + i);
    for (; i < size; ++i)
        out[i] = char(in[i] ^ turned[size_t(i % 8)]);
}

/// Codes that were registered after RFC 6455 (its section 11.7) and that Qt holds for a fault: what it sees
/// is a normal closure, and its answer says so.
QByteArray withKnownCode(QByteArray close)
{
    if (close.size() < 2)
        return close;
    const quint16 code = qFromBigEndian<quint16>(close.constData());
    if (code >= 1012 && code <= 1014)
        qToBigEndian(quint16(1000), close.data());
    return close;
}

} // namespace

FrameReader::Fault FrameReader::read(QByteArrayView bytes, QByteArray &out)
{
    out.reserve(out.size() + bytes.size()); // what comes out takes no more than what went in, save for a first piece
    readFrames(bytes, out);
    if (m_ping && m_fault == Fault::None)
        appendFrame(out, kPing, *m_ping);
    m_ping.reset();
    return m_fault;
}

void FrameReader::readFrames(QByteArrayView bytes, QByteArray &out)
{
    while (m_fault == Fault::None && (!bytes.isEmpty() || (m_inPayload && m_left == 0))) {
        if (const qsizetype whole = readWholeMessage(bytes, out); whole > 0) {
            bytes = bytes.sliced(whole);
            continue;
        }
        if (!m_inPayload) {
            const qsizetype take = qMin(headSize() - m_head.size(), bytes.size());
            m_head += bytes.first(take);
            bytes = bytes.sliced(take);
            // The first two bytes tell enough to refuse without waiting for the others.
            if (m_head.size() == headSize() || m_head.size() == 2)
                m_fault = checkHead();
            continue;
        }
        const qsizetype take = qsizetype(qMin(m_left, quint64(bytes.size())));
        takePayload(bytes.first(take));
        bytes = bytes.sliced(take);
        if (m_left == 0)
            finishFrame(out);
    }
}

/// What nearly every read is: a short message in one frame, all of it here. Returns the frame's bytes, 0 where it
/// is anything else, which the general way then reads.
qsizetype FrameReader::readWholeMessage(QByteArrayView bytes, QByteArray &out)
{
    if (m_inPayload || !m_head.isEmpty() || m_messageOpcode != 0 || bytes.size() < 2 + kMaskSize)
        return 0;
    const int opcode = bytes.at(0) & 0x0F;
    const bool isFinalData = (bytes.at(0) & 0xF0) == 0x80 && (opcode == kText || opcode == kBinary);
    const int code = bytes.at(1) & 0x7F;
    if (!isFinalData || !(bytes.at(1) & 0x80) || code == 127)
        return 0;
    const qsizetype head = (code == 126 ? 4 : 2) + kMaskSize;
    if (bytes.size() < head)
        return 0;
    const qsizetype size = code == 126 ? qFromBigEndian<quint16>(bytes.data() + 2) : code;
    if ((code == 126 && size < 126) || size > m_maxMessage || bytes.size() < head + size)
        return 0;
    ++m_completed;
    if (opcode == kBinary)
        ++m_binaries;
    else
        unmask(appendFrame(out, opcode, size), bytes.data() + head, size, bytes.data() + head - kMaskSize, 0);
    return head + size;
}

qsizetype FrameReader::headSize() const
{
    if (m_head.size() < 2)
        return 2;
    const int length = m_head.at(1) & 0x7F;
    return 2 + (length == 127 ? 8 : length == 126 ? 2 : 0) + kMaskSize;
}

FrameReader::Fault FrameReader::checkHead()
{
    const int opcode = m_head.at(0) & 0x0F;
    const bool isFinal = m_head.at(0) & 0x80;
    const bool isKnown = opcode <= kBinary || (opcode >= kClose && opcode <= kPong);
    quint64 length = m_head.at(1) & 0x7F;
    if ((m_head.at(0) & 0x70) || !isKnown || !(m_head.at(1) & 0x80))
        return Fault::Protocol;
    if (isControl(opcode) ? !isFinal || length > kControlMax : (opcode == kContinuation) != (m_messageOpcode != 0))
        return Fault::Protocol;
    if (m_head.size() < headSize())
        return Fault::None;

    if (length == 126) {
        length = qFromBigEndian<quint16>(m_head.constData() + 2);
        if (length < 126)
            return Fault::Protocol;
    } else if (length == 127) {
        length = qFromBigEndian<quint64>(m_head.constData() + 2);
        if (length <= 0xFFFF || length > quint64(std::numeric_limits<qint64>::max()))
            return Fault::Protocol;
    }
    if (!isControl(opcode) && length > quint64(m_maxMessage - m_message.size()))
        return Fault::TooLarge;
    if (opcode == kText || opcode == kBinary)
        m_messageOpcode = opcode;
    m_left = length;
    m_taken = 0;
    m_inPayload = true;
    return Fault::None;
}

void FrameReader::takePayload(QByteArrayView bytes)
{
    QByteArray &into = isControl(m_head.at(0) & 0x0F) ? m_control : m_message;
    const char *mask = m_head.constData() + m_head.size() - kMaskSize;
    const qsizetype start = into.size();
    into.resize(start + bytes.size());
    unmask(into.data() + start, bytes.data(), bytes.size(), mask, m_taken);
    m_taken += quint64(bytes.size());
    m_left -= quint64(bytes.size());
}

void FrameReader::finishFrame(QByteArray &out)
{
    const int opcode = m_head.at(0) & 0x0F;
    const bool isFinal = m_head.at(0) & 0x80;
    m_completed += isControl(opcode) || isFinal;
    if (isControl(opcode)) {
        const QByteArray payload = std::exchange(m_control, {});
        if (opcode == kPing)
            m_ping = payload;
        else if (opcode == kClose)
            appendFrame(out, opcode, withKnownCode(payload));
    } else if (isFinal) {
        if (m_messageOpcode == kBinary)
            ++m_binaries;
        else
            appendFrame(out, m_messageOpcode, m_message);
        m_message.clear();
        m_messageOpcode = 0;
    }
    m_head.clear();
    m_inPayload = false;
}

} // namespace Parlance

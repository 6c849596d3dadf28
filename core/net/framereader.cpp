// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/framereader.h"

#include <QtEndian>

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

/// One final frame with a mask of zeros, which changes nothing.
void appendFrame(QByteArray &out, int opcode, const QByteArray &payload)
{
    out += char(0x80 | opcode);
    const qsizetype size = payload.size();
    if (size <= qsizetype(kControlMax)) {
        out += char(0x80 | size);
    } else if (size <= 0xFFFF) {
        out += char(0x80 | 126);
        out.resize(out.size() + 2);
        qToBigEndian(quint16(size), out.data() + out.size() - 2);
    } else {
        out += char(0x80 | 127);
        out.resize(out.size() + 8);
        qToBigEndian(quint64(size), out.data() + out.size() - 8);
    }
    out.append(kMaskSize, '\0');
    out += payload;
}

} // namespace

FrameReader::Fault FrameReader::read(QByteArrayView bytes, QByteArray &out)
{
    readFrames(bytes, out);
    if (m_ping && m_fault == Fault::None)
        appendFrame(out, kPing, *m_ping);
    m_ping.reset();
    return m_fault;
}

void FrameReader::readFrames(QByteArrayView bytes, QByteArray &out)
{
    while (m_fault == Fault::None && (!bytes.isEmpty() || (m_inPayload && m_left == 0))) {
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
    into += bytes;
    char *data = into.data() + start;
    for (qsizetype i = 0; i < bytes.size(); ++i)
        data[i] = char(data[i] ^ mask[(m_taken + quint64(i)) % quint64(kMaskSize)]);
    m_taken += quint64(bytes.size());
    m_left -= quint64(bytes.size());
}

void FrameReader::finishFrame(QByteArray &out)
{
    const int opcode = m_head.at(0) & 0x0F;
    const bool isFinal = m_head.at(0) & 0x80;
    if (isControl(opcode)) {
        const QByteArray payload = std::exchange(m_control, {});
        if (opcode == kPing)
            m_ping = payload;
        else if (opcode == kClose)
            appendFrame(out, opcode, payload);
    } else if (isFinal) {
        appendFrame(out, m_messageOpcode, m_message);
        m_message.clear();
        m_messageOpcode = 0;
    }
    m_head.clear();
    m_inPayload = false;
    ++m_frames;
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/controlclient.h"

#include "control/controlsocket.h"

#include <QJsonDocument>

#include <array>
#include <cerrno>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr timeval kPatience {15, 0}; ///< a pause waits up to 5 s until everybody has gone

Error noAnswer()
{
    return {ErrorCode::Unavailable, u"the server does not answer"_s};
}

} // namespace

ControlClient::~ControlClient()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

ControlClient::ControlClient(ControlClient &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_read(std::move(other.m_read))
{
}

ControlClient &ControlClient::operator=(ControlClient &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_read, other.m_read);
    return *this;
}

Result<ControlClient> ControlClient::connect(const QString &directory)
{
    const Result<int> descriptor = ControlSocket(directory).connect();
    if (!descriptor)
        return descriptor.error();
    for (const int direction : {SO_RCVTIMEO, SO_SNDTIMEO})
        ::setsockopt(descriptor.value(), SOL_SOCKET, direction, &kPatience, sizeof kPatience);
    return ControlClient(descriptor.value());
}

Result<QJsonObject> ControlClient::ask(const QJsonObject &request)
{
    QByteArray line = QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n';
    while (!line.isEmpty()) {
        const ssize_t sent = ::send(m_descriptor, line.constData(), size_t(line.size()), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return noAnswer();
        line.remove(0, sent);
    }
    std::array<char, 4096> buffer;
    while (!m_read.contains('\n')) {
        const ssize_t got = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return noAnswer();
        m_read.append(buffer.data(), got);
    }
    const qsizetype end = m_read.indexOf('\n') + 1;
    const QJsonObject answer = QJsonDocument::fromJson(m_read.first(end)).object();
    m_read.remove(0, end);
    if (answer.contains("ok"_L1))
        return answer.value("ok"_L1).toObject();
    const QJsonObject error = answer.value("error"_L1).toObject();
    const ErrorCode code = errorFromName(error.value("code"_L1).toString().toLatin1());
    return Error {code, error.value("detail"_L1).toString()};
}

} // namespace Parlance

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace Parlance::Client {

/// Why a text is no server address.
enum class AddressFault {
    None,
    Empty,
    NoHost, ///< nothing that could be a host name or an IP address
    WrongScheme, ///< something other than http, https, ws or wss
    BadPort, ///< no number, or outside 1-65535
};

/// What a room's WebSocket upgrade asks for beside the room and the name.
struct ResumePoint
{
    quint64 lastSeq = 0; ///< what came later is asked for; 0: everything
    QString epoch; ///< of lastSeq; empty: join anew
    QString token; ///< of an earlier session; secret
};

/// Where a Parlance server is. Value type.
///
/// Understands what people paste: `192.168.1.5`, `host:8000`, `[::1]:8000`, `http://host:8000/?room=x`,
/// `https://host/chat/`. Without a scheme the port is 8000, with one it is the scheme's own.
class ServerAddress
{
public:
    static constexpr quint16 kDefaultPort = 8000;

    /// Nothing when \a text is no address; \a fault then says why.
    static std::optional<ServerAddress> parse(const QString &text, AddressFault *fault = nullptr);

    const QString &host() const { return m_host; }
    quint16 port() const { return m_port; }
    /// Whether the connection is encrypted.
    bool isSecure() const { return m_secure; }
    /// The room that the address named (`?room=`), unchecked; mostly empty.
    const QString &room() const { return m_room; }

    /// Without the room; parse() understands it.
    QString toString() const;
    /// The WebSocket of \a room for \a user.
    QUrl roomUrl(const QString &room, const QString &user, const ResumePoint &resume) const;
    /// \a path is below the server's root and starts with a slash, for example "/api/rooms".
    QUrl apiUrl(const QString &path) const;

private:
    QUrl url(const QString &scheme, const QString &encodedPath) const;

    QString m_host;
    quint16 m_port = kDefaultPort;
    bool m_secure = false;
    QString m_basePath; ///< of a server behind a reverse proxy; percent-encoded, no slash at the end
    QString m_room;
};

} // namespace Parlance::Client

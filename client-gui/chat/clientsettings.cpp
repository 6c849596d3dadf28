// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/clientsettings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

constexpr qsizetype kMaxDetailChars = 200; ///< of a refusal; the server wrote it

/// Addresses and rooms have slashes and any letters; a key of QSettings should not.
QString encoded(const QString &text)
{
    return QString::fromLatin1(text.toUtf8().toHex());
}

QString defaultFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return folder + "/parlance/client.ini"_L1;
}

} // namespace

ClientSettings::ClientSettings() : ClientSettings(defaultFile()) {}

ClientSettings::ClientSettings(const QString &fileName) : m_settings(fileName, QSettings::IniFormat)
{
    protect();
}

/// The file is closed to others before the first secret is in it.
void ClientSettings::protect()
{
    const QString file = m_settings.fileName();
    QDir().mkpath(QFileInfo(file).absolutePath());
    if (!QFile::exists(file)) {
        QFile empty(file);
        if (!empty.open(QIODevice::WriteOnly))
            return;
    }
    QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
}

QString ClientSettings::roomKey(const QString &server, const QString &room, const QString &what)
{
    return u"server-%1/room-%2/%3"_s.arg(encoded(server), encoded(room.toCaseFolded()), what);
}

QStringList ClientSettings::servers() const
{
    return m_settings.value("connect/servers"_L1).toStringList().mid(0, kMaxServers);
}

void ClientSettings::rememberServer(const QString &server, const QString &name)
{
    QStringList list = servers();
    list.removeAll(server);
    list.prepend(server);
    m_settings.setValue("connect/servers"_L1, QStringList(list.mid(0, kMaxServers)));
    m_settings.setValue("connect/name"_L1, name);
}

QString ClientSettings::name() const
{
    return m_settings.value("connect/name"_L1).toString();
}

QStringList ClientSettings::rooms(const QString &server) const
{
    return m_settings.value(u"server-%1/rooms"_s.arg(encoded(server))).toStringList().mid(0, kMaxRooms);
}

void ClientSettings::setRooms(const QString &server, const QStringList &rooms)
{
    m_settings.setValue(u"server-%1/rooms"_s.arg(encoded(server)), QStringList(rooms.mid(0, kMaxRooms)));
}

QString ClientSettings::currentRoom(const QString &server) const
{
    return m_settings.value(u"server-%1/current"_s.arg(encoded(server))).toString();
}

void ClientSettings::setCurrentRoom(const QString &server, const QString &room)
{
    m_settings.setValue(u"server-%1/current"_s.arg(encoded(server)), room);
}

QString ClientSettings::draft(const QString &server, const QString &room) const
{
    return m_settings.value(roomKey(server, room, u"draft"_s)).toString();
}

void ClientSettings::setDraft(const QString &server, const QString &room, const QString &text)
{
    const QString key = roomKey(server, room, u"draft"_s);
    if (text.isEmpty())
        m_settings.remove(key);
    else
        m_settings.setValue(key, text.left(kMaxDraftChars));
}

QList<Outbox::Entry> ClientSettings::unsent(const QString &server, const QString &room) const
{
    const QByteArray json = m_settings.value(roomKey(server, room, u"unsent"_s)).toString().toUtf8();
    QList<Outbox::Entry> entries;
    for (const QJsonValue value : QJsonDocument::fromJson(json).array()) {
        const QJsonObject object = value.toObject();
        Outbox::Entry entry;
        entry.cid = Cid(object.value("cid"_L1).toString());
        entry.content = object.value("content"_L1).toString();
        entry.writtenAt = object.value("written_at"_L1).toInteger();
        // A refused message waits for the person, also in the next run.
        if (const QJsonObject failure = object.value("failed"_L1).toObject(); !failure.isEmpty()) {
            entry.state = Outbox::State::Failed;
            entry.error.code = errorFromName(failure.value("code"_L1).toString().toLatin1());
            entry.error.detail = failure.value("detail"_L1).toString();
        }
        entries.append(entry);
    }
    return entries;
}

void ClientSettings::setUnsent(const QString &server, const QString &room, const QList<Outbox::Entry> &entries)
{
    const QString key = roomKey(server, room, u"unsent"_s);
    QJsonArray array;
    for (const Outbox::Entry &entry : entries) {
        QJsonObject object {{u"cid"_s, entry.cid.toString()},
                            {u"content"_s, entry.content},
                            {u"written_at"_s, entry.writtenAt}};
        if (entry.state == Outbox::State::Failed) {
            object.insert("failed"_L1, QJsonObject {{u"code"_s, QString::fromLatin1(errorName(entry.error.code))},
                                                    {u"detail"_s, entry.error.detail.left(kMaxDetailChars)}});
        }
        array.append(object);
    }
    if (array.isEmpty())
        m_settings.remove(key);
    else
        m_settings.setValue(key, QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact)));
}

QString ClientSettings::resumeToken(const QString &server, const QString &room, const QString &name) const
{
    const QString key = u"token-"_s + encoded(name);
    const QVariant any = m_settings.value(u"server-%1/%2"_s.arg(encoded(server), key));
    return m_settings.value(roomKey(server, room, key), any).toString();
}

void ClientSettings::setResumeToken(const QString &server, const QString &room, const QString &name,
                                    const QString &token)
{
    const QString key = u"token-"_s + encoded(name);
    m_settings.setValue(roomKey(server, room, key), token);
    m_settings.setValue(u"server-%1/%2"_s.arg(encoded(server), key), token);
}

QByteArray ClientSettings::windowGeometry() const
{
    return m_settings.value("window/geometry"_L1).toByteArray();
}

void ClientSettings::setWindowGeometry(const QByteArray &geometry)
{
    m_settings.setValue("window/geometry"_L1, geometry);
}

bool ClientSettings::isShown(const QString &part, bool fallback) const
{
    return m_settings.value(u"window/show-%1"_s.arg(part), fallback).toBool();
}

void ClientSettings::setShown(const QString &part, bool shown)
{
    m_settings.setValue(u"window/show-%1"_s.arg(part), shown);
}

void ClientSettings::sync()
{
    protect();
    m_settings.sync();
    QFile::setPermissions(m_settings.fileName(), QFile::ReadOwner | QFile::WriteOwner);
}

} // namespace Parlance::Client

// SPDX-License-Identifier: GPL-3.0-or-later
#include "hazardbytes.h"

#include "support/wsframes.h"

namespace Parlance::Hazard {

QByteArray get(const QByteArray &target, const QByteArray &fields)
{
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
}

QByteArray smuggled()
{
    return get("/smuggled");
}

namespace {

QByteArray post(const QByteArray &fields, const QByteArray &body)
{
    return "POST /body HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n" + body;
}

QByteArray lengthOf(const QByteArray &body)
{
    return "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
}

} // namespace

QByteArray hundredAndOneFields()
{
    return post(lengthOf(smuggled()) + QByteArray("X-Filler: x\r\n").repeated(101), smuggled());
}

QByteArray oddLength(const QByteArray &length)
{
    return post("Content-Length: " + length + "\r\n", smuggled());
}

QByteArray oddCoding(const QByteArray &coding)
{
    const QByteArray body = "0\r\n\r\n" + smuggled();
    return post(lengthOf(body) + "Transfer-Encoding: " + coding + "\r\n", body);
}

QByteArray badChunkSize()
{
    return post("Transfer-Encoding: chunked\r\n", "zz\r\n\r\n" + smuggled());
}

QByteArray chunkedTrailer()
{
    return post("Transfer-Encoding: chunked\r\n", "1\r\na\r\n0\r\nX: y\r\n\r\n" + smuggled());
}

QByteArray tinyChunks(int count)
{
    return post("Transfer-Encoding: chunked\r\n", QByteArray("1\r\nx\r\n").repeated(count) + "0\r\n\r\n");
}

QByteArray upgrade(const QByteArray &path, const QByteArray &what, const QByteArray &with)
{
    QByteArray head = upgradeHead(path);
    return what.isEmpty() ? head : head.replace(what, with);
}

QByteArray upgradeInAFrame(const QByteArray &path)
{
    QByteArray frame("\x82\xFF\0\0\0\0\0\x10\0\0\0\0\0\0", 14); // binary, 1 MiB, a mask of zeros
    return upgradeHead(path) + frame + upgradeHead(path);
}

QByteArray cutCharacter(const QByteArray &before, const QByteArray &after)
{
    return toBytes({1, before + "\xC3", false}) + toBytes({0, "\xA4" + after});
}

QByteArray markedFragment(const QByteArray &before, const QByteArray &after)
{
    return toBytes({1, before, false}) + toBytes({0, "\xEF\xBB\xBF" + after});
}

} // namespace Parlance::Hazard

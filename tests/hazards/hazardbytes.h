// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

/// What is sent to Qt's classes and to ours alike. "/smuggled" must never be asked for by any of these.
namespace Parlance::Hazard {

/// A request that hides in what should be a body.
QByteArray smuggled();
/// H4: with one field too many Qt forgets all of them, the length too.
QByteArray hundredAndOneFields();
/// H5: \a length is no number, or too large a one.
QByteArray oddLength(const QByteArray &length);
/// H6: \a coding is not "chunked", or stands beside a length.
QByteArray oddCoding(const QByteArray &coding);
/// H7: a chunk size that is no number; a trailer behind the last chunk.
QByteArray badChunkSize();
QByteArray chunkedTrailer();
/// H3: \a count chunks of one byte each.
QByteArray tinyChunks(int count);
/// A GET of \a target, kept alive.
QByteArray get(const QByteArray &target, const QByteArray &fields = {});

/// W23, W12: an upgrade of \a path in which \a what is replaced by \a with.
QByteArray upgrade(const QByteArray &path, const QByteArray &what = {}, const QByteArray &with = {});
/// W9: [upgrade][head of a frame with a long length][payload: another upgrade].
QByteArray upgradeInAFrame(const QByteArray &path);
/// W24, W6: a text in two fragments, cut inside a character; one with a byte order mark at the second.
QByteArray cutCharacter(const QByteArray &before, const QByteArray &after);
QByteArray markedFragment(const QByteArray &before, const QByteArray &after);

} // namespace Parlance::Hazard

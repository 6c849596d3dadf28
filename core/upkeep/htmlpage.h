// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/message.h"

#include <QByteArray>

namespace Parlance {

/// A history as one file for a browser: nothing is loaded from anywhere, a field searches, and without JavaScript it can
/// be read all the same. Pieces in the order in which they are written.
namespace HtmlPage {

QByteArray begin();
QByteArray room(const RoomName &name);
QByteArray day(qint64 time); ///< times are UTC
QByteArray message(const Message &message);
QByteArray end();

} // namespace HtmlPage

} // namespace Parlance

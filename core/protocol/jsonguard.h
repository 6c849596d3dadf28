// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "protocol/limits.h"

#include <QByteArrayView>
#include <QJsonObject>

namespace Parlance {

/// Parses one JSON object that came from outside.
///
/// Before Qt's parser sees it a scan bounds what it may cost: nesting at most \a maxDepth, at most
/// WireLimits::kJsonKeys keys. Fails with BadRequest for malformed text, anything but an object,
/// a repeated key of the outermost object, text behind the object, and for what is over a bound.
Result<QJsonObject> parseGuardedObject(QByteArrayView json, int maxDepth = WireLimits::kJsonDepth);

} // namespace Parlance

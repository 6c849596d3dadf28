// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>

namespace Parlance::Fuzz {

struct JsonShape
{
    int depth = 0; ///< nesting of objects and arrays
    int keys = 0; ///< in all objects together
};

inline void measure(const QJsonValue &value, int depth, JsonShape &shape)
{
    if (!value.isObject() && !value.isArray())
        return;
    shape.depth = qMax(shape.depth, depth);
    if (value.isArray()) {
        for (const QJsonValue item : value.toArray())
            measure(item, depth + 1, shape);
        return;
    }
    const QJsonObject object = value.toObject();
    shape.keys += int(object.size());
    for (const QJsonValue item : object)
        measure(item, depth + 1, shape);
}

/// Walks over what Qt's parser read.
inline JsonShape shapeOf(const QJsonObject &object)
{
    JsonShape shape;
    measure(object, 1, shape);
    return shape;
}

} // namespace Parlance::Fuzz

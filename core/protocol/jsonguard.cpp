// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonguard.h"

#include <QJsonDocument>
#include <QJsonParseError>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

struct Shape
{
    int depth = 0; ///< deepest nesting seen
    int keys = 0; ///< colons outside strings, in all objects
    int topKeys = 0; ///< of them, those of the outermost object
};

/// Counts without understanding: exact for valid JSON, harmless for all else.
Shape scan(QByteArrayView json)
{
    Shape shape;
    int depth = 0;
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json.at(i);
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
            continue;
        }
        switch (c) {
        case '"': inString = true; break;
        case '{':
        case '[': shape.depth = qMax(shape.depth, ++depth); break;
        case '}':
        case ']': --depth; break;
        case ':':
            ++shape.keys;
            if (depth == 1)
                ++shape.topKeys;
            break;
        default: break;
        }
    }
    return shape;
}

} // namespace

Result<QJsonObject> parseGuardedObject(QByteArrayView json, int maxDepth)
{
    const Shape shape = scan(json);
    if (shape.depth > maxDepth)
        return Error {ErrorCode::BadRequest, u"JSON is nested deeper than %1"_s.arg(maxDepth), {}, {}, Limit::JsonDepth};
    if (shape.keys > WireLimits::kJsonKeys)
        return Error {ErrorCode::BadRequest, u"JSON has more than %1 keys"_s.arg(WireLimits::kJsonKeys), {}, {},
                      Limit::JsonKeys};

    QJsonParseError parseError;
    const QJsonDocument document =
        QJsonDocument::fromJson(QByteArray::fromRawData(json.data(), json.size()), &parseError);
    if (parseError.error != QJsonParseError::NoError)
        return Error {ErrorCode::BadRequest,
                      u"malformed JSON at byte %1: %2"_s.arg(parseError.offset).arg(parseError.errorString())};
    if (!document.isObject())
        return Error {ErrorCode::BadRequest, u"a JSON object is expected"_s};
    const QJsonObject object = document.object();
    if (object.size() != shape.topKeys)
        return Error {ErrorCode::BadRequest, u"a key stands in the JSON object twice"_s};
    return object;
}

} // namespace Parlance

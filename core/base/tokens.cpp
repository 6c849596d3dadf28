// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/tokens.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace Parlance {

namespace {

template <int Words>
QByteArray randomBytes()
{
    std::array<quint32, Words> words;
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QByteArray(reinterpret_cast<const char *>(words.data()), qsizetype(sizeof words));
}

constexpr int kTokenLength = 43;

} // namespace

QString makeToken()
{
    return QString::fromLatin1(
        randomBytes<8>().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QString makeRandomId()
{
    return QString::fromLatin1(randomBytes<4>().toHex());
}

bool isTokenForm(const QString &token)
{
    return token.size() == kTokenLength && std::all_of(token.cbegin(), token.cend(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'-'
                   || c == u'_';
           });
}

QString tokenHash(const QString &token)
{
    return QString::fromLatin1(QCryptographicHash::hash(token.toUtf8(), QCryptographicHash::Sha256).toHex());
}

} // namespace Parlance

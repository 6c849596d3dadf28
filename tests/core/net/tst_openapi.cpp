// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/routetable.h"
#include "support/httpanswer.h"
#include "support/rawclient.h"
#include "support/testserver.h"
#include "support/wsclient.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// /openapi.json says what the server does: no route more, none less, and each answers as described.
class TestOpenApi : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void isOpenApi();
    void sameRoutes();
    void answersAsDescribed_data();
    void answersAsDescribed();
    void referencesResolve();

private:
    HttpAnswer ask(const QByteArray &path);
    QJsonObject resolved(const QJsonValue &value) const;
    QString mismatch(const QJsonValue &value, const QJsonValue &schema, const QString &where) const;

    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<WsClient> m_anna;
    QJsonObject m_document;
};

void TestOpenApi::initTestCase()
{
    m_server = std::make_unique<TestServer>();
    m_anna = std::make_unique<WsClient>(m_server->ws(u"general"_s, u"anna"_s));
    QTRY_VERIFY(m_anna->isConnected());
    m_anna->say(u"hello"_s, u"c-1"_s);
    QTRY_COMPARE(m_anna->contents().size(), 1);
    const HttpAnswer answer = ask("/openapi.json");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.field("content-type"), QByteArray("application/json"));
    m_document = answer.json();
    QVERIFY(!m_document.isEmpty());
}

HttpAnswer TestOpenApi::ask(const QByteArray &path)
{
    RawClient client(m_server->port());
    client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    [&client] { QTRY_VERIFY(!readAnswers(client.received()).list.isEmpty()); }();
    return readAnswers(client.received()).list.value(0);
}

void TestOpenApi::isOpenApi()
{
    QVERIFY(m_document[u"openapi"_s].toString().startsWith(u"3.1"));
    QVERIFY(!m_document[u"info"_s][u"title"_s].toString().isEmpty());
    QVERIFY(!m_document[u"info"_s][u"version"_s].toString().isEmpty());
}

void TestOpenApi::sameRoutes()
{
    QStringList served;
    for (const Route &route : m_server->app().routes().routes()) {
        if (route.isDocumented)
            served.append(QString::fromLatin1(route.method) + u' ' + route.pattern);
    }
    QStringList described;
    const QJsonObject paths = m_document[u"paths"_s].toObject();
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        for (const QString &method : path.value().toObject().keys()) {
            if (method != u"parameters" && method != u"summary" && method != u"description")
                described.append(method.toUpper() + u' ' + path.key());
        }
    }
    served.sort();
    described.sort();
    QCOMPARE(described, served);
}

void TestOpenApi::answersAsDescribed_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonObject>("operation");
    const QJsonObject paths = m_document[u"paths"_s].toObject();
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        const QJsonObject operation = path.value()[u"get"_s].toObject();
        if (operation.isEmpty()) // tst_changedhistory asks for the others
            continue;
        QString filled = path.key();
        QJsonArray parameters = operation[u"parameters"_s].toArray();
        for (const QJsonValue &shared : path.value()[u"parameters"_s].toArray())
            parameters.append(shared);
        for (const QJsonValue &value : std::as_const(parameters)) {
            const QJsonObject parameter = resolved(value);
            const QString example = parameter[u"example"_s].toVariant().toString();
            if (parameter[u"in"_s].toString() == u"path")
                filled.replace(u'{' + parameter[u"name"_s].toString() + u'}', example);
            else if (parameter[u"in"_s].toString() == u"query" && !example.isEmpty())
                filled += u"?%1=%2"_s.arg(parameter[u"name"_s].toString(), example);
        }
        QTest::newRow(qPrintable(path.key())) << filled << operation;
    }
}

void TestOpenApi::answersAsDescribed()
{
    QFETCH(QString, path);
    QFETCH(QJsonObject, operation);
    QVERIFY2(!path.contains(u'{'), "a path parameter has no example");
    const HttpAnswer answer = ask(path.toLatin1());
    QCOMPARE(answer.status, 200);
    const QJsonObject content = resolved(operation[u"responses"_s][u"200"_s])[u"content"_s].toObject();
    QCOMPARE(content.size(), 1);
    const QString type = QString::fromLatin1(answer.field("content-type"));
    QVERIFY2(type.startsWith(content.keys().constFirst()), qPrintable(type));
    if (!type.startsWith(u"application/json"))
        return;
    const QString wrong = mismatch(answer.json(), content.begin().value()[u"schema"_s], u"answer"_s);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestOpenApi::referencesResolve()
{
    const QByteArray text = QJsonDocument(m_document).toJson();
    static const QRegularExpression reference(u"\"\\$ref\":\\s*\"([^\"]*)\""_s);
    auto all = reference.globalMatch(QString::fromUtf8(text));
    QVERIFY(all.hasNext());
    while (all.hasNext()) {
        const QString target = all.next().captured(1);
        QVERIFY2(!resolved(QJsonObject {{u"$ref"_s, target}}).isEmpty(), qPrintable(target));
    }
}

QJsonObject TestOpenApi::resolved(const QJsonValue &value) const
{
    const QString reference = value[u"$ref"_s].toString();
    if (reference.isEmpty())
        return value.toObject();
    QJsonValue target = m_document;
    for (const QString &part : reference.mid(2).split(u'/'))
        target = target[part];
    return target.toObject();
}

/// What of \a value is not as \a schema says; empty when all is. Knows the part of JSON Schema that is used.
QString TestOpenApi::mismatch(const QJsonValue &value, const QJsonValue &schema, const QString &where) const
{
    const QJsonObject rules = resolved(schema);
    const QString type = rules[u"type"_s].toString();
    const bool fits = type.isEmpty() || (type == u"object" && value.isObject()) || (type == u"array" && value.isArray())
        || (type == u"string" && value.isString()) || (type == u"boolean" && value.isBool())
        || (type == u"integer" && value.isDouble() && value.toDouble() == double(value.toInteger()));
    if (!fits)
        return where + u" is not of type "_s + type;
    if (rules.contains(u"const"_s) && rules[u"const"_s] != value)
        return where + u" is not the constant"_s;
    if (rules.contains(u"enum"_s) && !rules[u"enum"_s].toArray().contains(value))
        return where + u" is not one of the values"_s;
    for (const QJsonValue &key : rules[u"required"_s].toArray()) {
        if (!value.toObject().contains(key.toString()))
            return where + u" lacks "_s + key.toString();
    }
    for (const QJsonValue &item : value.toArray()) {
        if (const QString wrong = mismatch(item, rules[u"items"_s], where + u"[]"_s); !wrong.isEmpty())
            return wrong;
    }
    const QJsonObject properties = rules[u"properties"_s].toObject();
    const QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QString place = where + u'.' + member.key();
        if (!properties.isEmpty() && !properties.contains(member.key()))
            return place + u" is not described"_s;
        if (const QString wrong = mismatch(member.value(), properties[member.key()], place); !wrong.isEmpty())
            return wrong;
    }
    return {};
}

QTEST_GUILESS_MAIN(TestOpenApi)
#include "tst_openapi.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemonprocess.h"
#include "support/wsclient.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// The chat logs of `parlanced` over kills: whatever was acknowledged stands in them once, and nothing deleted.
class TestParlancedChatLogs : public QObject
{
    Q_OBJECT

private slots:
    void eachMessageOnceAfterKills();

private:
    QList<QJsonObject> lines() const;

    QTemporaryDir m_directory;
};

QList<QJsonObject> TestParlancedChatLogs::lines() const
{
    QList<QJsonObject> found;
    const QDir folder(m_directory.filePath(u"chat_logs/general"_s));
    for (const QString &name : folder.entryList({u"*.jsonl"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (!line.isEmpty())
                found.append(QJsonDocument::fromJson(line).object());
        }
    }
    return found;
}

void TestParlancedChatLogs::eachMessageOnceAfterKills()
{
    const QStringList options {u"--data-dir"_s, m_directory.path(), u"--set"_s, u"chat_logs.enabled=on"_s,
                               u"--set"_s, u"limits.messages=off"_s, u"--set"_s, u"limits.commands=off"_s,
                               u"--set"_s, u"limits.messages_per_address=off"_s};
    QStringList acknowledged; // the ids
    QString deleted;
    for (int round = 0; round < 4; ++round) {
        DaemonProcess daemon;
        daemon.serve(options);
        QTRY_VERIFY2(daemon.isListening(), qPrintable(daemon.errors()));
        WsClient anna(daemon.ws(u"general"_s, u"anna"_s), WsClient::Speaks::Parlance);
        QTRY_COMPARE(anna.events(u"history_end"_s).size(), 1);
        anna.clear();
        for (int i = 0; i < 300; ++i)
            anna.say(u"round %1 word %2"_s.arg(round).arg(i));
        QTRY_VERIFY_WITH_TIMEOUT(anna.events(u"message"_s).size() > 100, 20'000);
        if (round == 3) {
            deleted = anna.events(u"message"_s).constFirst()[u"id"].toString();
            anna.send({{u"type"_s, u"delete"_s}, {u"id"_s, deleted}});
            QTRY_COMPARE_WITH_TIMEOUT(anna.events(u"message_deleted"_s).size(), 1, 20'000);
        }
        daemon.kill();
        QTRY_VERIFY(daemon.hasEnded());
        for (const QJsonObject &message : anna.events(u"message"_s))
            acknowledged.append(message[u"id"].toString());
    }
    DaemonProcess daemon;
    daemon.serve(options);
    QTRY_VERIFY2(daemon.isListening(), qPrintable(daemon.errors()));
    WsClient ben(daemon.ws(u"general"_s, u"ben"_s), WsClient::Speaks::Parlance);
    QTRY_COMPARE(ben.events(u"history_end"_s).size(), 1);
    ben.say(u"the end"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!lines().isEmpty() && lines().constLast()[u"content"] == u"the end"_s, 20'000);

    QHash<QString, int> times;
    int seq = 0;
    for (const QJsonObject &line : lines()) {
        QCOMPARE(line[u"seq"].toInt(), ++seq); // each once, in order
        if (line[u"message_type"] == u"message"_s)
            ++times[line[u"id"].toString()];
        if (line[u"id"] == deleted)
            QVERIFY(line[u"content"].toString().isEmpty());
    }
    for (const QString &id : acknowledged)
        QCOMPARE(times.value(id), 1);
}

QTEST_GUILESS_MAIN(TestParlancedChatLogs)
#include "tst_parlancedchatlogs.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/messagemodel.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMinute = 60'000;

/// Noon local time, so that a few hours either way are the same day.
qint64 noon()
{
    static const qint64 time = QDateTime(QDate(2026, 11, 22), QTime(12, 0)).toMSecsSinceEpoch();
    return time;
}

MessageEvent said(quint64 seq, const QString &author, const QString &text, qint64 minute = 0, const QString &cid = {})
{
    return {u"m%1"_s.arg(seq), author, text, noon() + minute * kMinute, u"general"_s, seq, cid};
}

Outbox::Entry pending(const QString &cid, const QString &text)
{
    return {Cid(cid), text, noon(), Outbox::State::Queued, {}};
}

MessageEditedEvent edited(quint64 target, const QString &text, quint64 seq)
{
    return {u"m%1"_s.arg(target), target, u"general"_s, u"Ben"_s, text, noon() + kMinute, seq, {}};
}

MessageDeletedEvent deleted(quint64 target, quint64 seq)
{
    return {u"m%1"_s.arg(target), target, u"general"_s, u"Ben"_s, noon() + kMinute, seq, {}};
}

ReactionEvent reacted(quint64 target, const QString &who, const QString &emoji, bool on, quint64 seq)
{
    return {u"m%1"_s.arg(target), target, u"general"_s, who, emoji, on, noon() + kMinute, seq, {}};
}

QString reactions(const MessageModel &model, int row)
{
    QStringList list;
    const auto tallies = model.index(row).data(MessageModel::ReactionsRole).value<QList<ReactionTally>>();
    for (const ReactionTally &tally : tallies)
        list << tally.emoji + tally.users.join(u'+');
    return list.join(u' ');
}

QStringList texts(const MessageModel &model)
{
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list << model.index(row).data().toString();
    return list;
}

MessageModel::Flags flags(const MessageModel &model, int row)
{
    return MessageModel::Flags(model.index(row).data(MessageModel::FlagsRole).toUInt());
}

int delivery(const MessageModel &model, int row)
{
    return model.index(row).data(MessageModel::DeliveryRole).toInt();
}

} // namespace

class TestMessageModel : public QObject
{
    Q_OBJECT

private slots:
    void groups();
    void days();
    void own();
    void pendingStaysAtTheEnd();
    void echoConfirmsInPlace();
    void echoConfirmsBehindFailed();
    void failsAndRetries();
    void discards();
    void missedIsInserted();
    void prepends();
    void replaceKeepsPending();
    void presenceIsCondensed();
    void presenceThatCancels();
    void gapAndUnread();
    void bounded();
    void hostileLengths();
    void changesInPlace();
    void changesTwice();
    void changesOfUnknownMessages();
    void nothingComesBackAfterADeletion();
    void hostileReactions();
    void changesBeforeTheirMessage();
    void layoutKeyFollowsTheLook();
    void anythingGoes();
};

void TestMessageModel::groups()
{
    MessageModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append({said(1, u"Ben"_s, u"a"_s), said(2, u"Ben"_s, u"b"_s, 4), said(3, u"Ben"_s, u"c"_s, 9),
                  said(4, u"Anna"_s, u"d"_s, 9)});
    QVERIFY(!flags(model, 0).testFlag(MessageModel::Grouped));
    QVERIFY(flags(model, 1).testFlag(MessageModel::Grouped));
    QVERIFY(!flags(model, 2).testFlag(MessageModel::Grouped)); // five minutes later
    QVERIFY(!flags(model, 3).testFlag(MessageModel::Grouped)); // somebody else
}

void TestMessageModel::days()
{
    MessageModel model;
    model.append({said(1, u"Ben"_s, u"a"_s), said(2, u"Ben"_s, u"b"_s, 1), said(3, u"Ben"_s, u"c"_s, 24 * 60)});
    QVERIFY(flags(model, 0).testFlag(MessageModel::FirstOfDay));
    QVERIFY(!flags(model, 1).testFlag(MessageModel::FirstOfDay));
    QVERIFY(flags(model, 2).testFlag(MessageModel::FirstOfDay));
    QVERIFY(!flags(model, 2).testFlag(MessageModel::Grouped));
}

void TestMessageModel::own()
{
    MessageModel model;
    model.setOwnName(u"Anna"_s);
    model.append({said(1, u"Ben"_s, u"a"_s), said(2, u"Anna"_s, u"b"_s)});
    QCOMPARE(model.index(0).data(MessageModel::OwnRole).toBool(), false);
    QCOMPARE(model.index(1).data(MessageModel::OwnRole).toBool(), true);
}

void TestMessageModel::pendingStaysAtTheEnd()
{
    MessageModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append({said(1, u"Ben"_s, u"first"_s)});
    model.addPending(pending(u"p"_s, u"mine"_s));
    model.append({said(2, u"Ben"_s, u"second"_s)});
    model.addPresence({u"Cleo"_s}, {}, noon());
    QCOMPARE(texts(model).at(0), u"first"_s);
    QCOMPARE(texts(model).at(1), u"second"_s);
    QCOMPARE(texts(model).at(3), u"mine"_s);
    QCOMPARE(delivery(model, 3), int(MessageModel::Delivery::Pending));
    QCOMPARE(model.lastSeq(), 2u);
}

void TestMessageModel::echoConfirmsInPlace()
{
    MessageModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setOwnName(u"Anna"_s);
    model.addPending(pending(u"p1"_s, u"one"_s));
    model.addPending(pending(u"p2"_s, u"two"_s));
    QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    model.append({said(1, u"Anna"_s, u"one"_s, 0, u"p1"_s)});
    QCOMPARE(texts(model), QStringList({u"one"_s, u"two"_s}));
    QCOMPARE(delivery(model, 0), int(MessageModel::Delivery::Sent));
    QCOMPARE(delivery(model, 1), int(MessageModel::Delivery::Pending));
    QCOMPARE(moved.size() + removed.size(), 0); // nothing jumps
}

void TestMessageModel::echoConfirmsBehindFailed()
{
    MessageModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append({said(1, u"Ben"_s, u"hello"_s)});
    model.addPending(pending(u"bad"_s, u"refused"_s));
    model.addPending(pending(u"good"_s, u"accepted"_s));
    model.setFailed(Cid(u"bad"_s), {ErrorCode::Unavailable, {}});
    model.append({said(2, u"Ben"_s, u"between"_s), said(3, u"Anna"_s, u"accepted"_s, 0, u"good"_s),
                  said(4, u"Ben"_s, u"after"_s)});
    QCOMPARE(texts(model), QStringList({u"hello"_s, u"between"_s, u"accepted"_s, u"after"_s, u"refused"_s}));
    QCOMPARE(delivery(model, 2), int(MessageModel::Delivery::Sent));
    QCOMPARE(delivery(model, 4), int(MessageModel::Delivery::Failed));
}

void TestMessageModel::failsAndRetries()
{
    MessageModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.addPending(pending(u"a"_s, u"one"_s));
    model.addPending(pending(u"b"_s, u"two"_s));
    model.setFailed(Cid(u"a"_s), {ErrorCode::StorageFull, u"full"_s});
    QCOMPARE(model.index(0).data(MessageModel::ErrorRole).value<Error>().code, ErrorCode::StorageFull);
    model.setPending(Cid(u"a"_s), Cid(u"a2"_s));
    QCOMPARE(texts(model), QStringList({u"two"_s, u"one"_s}));
    QCOMPARE(delivery(model, 1), int(MessageModel::Delivery::Pending));
    QCOMPARE(model.index(1).data(MessageModel::CidRole).toString(), u"a2"_s);
}

void TestMessageModel::discards()
{
    MessageModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.addPending(pending(u"a"_s, u"one"_s));
    model.removePending(Cid(u"unknown"_s));
    QCOMPARE(model.rowCount(), 1);
    model.removePending(Cid(u"a"_s));
    QCOMPARE(model.rowCount(), 0);
}

void TestMessageModel::missedIsInserted()
{
    MessageModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append({said(1, u"Ben"_s, u"one"_s), said(4, u"Ben"_s, u"four"_s)});
    model.addPresence({u"Cleo"_s}, {}, noon());
    model.addPending(pending(u"p"_s, u"three"_s));
    model.insertMissed(said(3, u"Anna"_s, u"three"_s, 0, u"p"_s));
    QCOMPARE(texts(model).mid(0, 3), QStringList({u"one"_s, u"three"_s, u"four"_s}));
    QCOMPARE(model.rowCount(), 4);
    model.insertMissed(said(3, u"Anna"_s, u"three"_s)); // there already
    QCOMPARE(model.rowCount(), 4);
    model.append({said(5, u"Ben"_s, u"five"_s)});
    QCOMPARE(texts(model).last(), u"five"_s);
}

void TestMessageModel::prepends()
{
    MessageModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append({said(10, u"Ben"_s, u"ten"_s)});
    model.addPending(pending(u"p"_s, u"mine"_s));
    QCOMPARE(model.prepend({said(8, u"Ben"_s, u"eight"_s), said(9, u"Ben"_s, u"nine"_s), said(10, u"Ben"_s, u"ten"_s)}),
             2);
    QCOMPARE(texts(model), QStringList({u"eight"_s, u"nine"_s, u"ten"_s, u"mine"_s}));
    QVERIFY(flags(model, 2).testFlag(MessageModel::Grouped));
    QCOMPARE(model.firstSeq(), 8u);
    model.append({said(11, u"Ben"_s, u"eleven"_s)});
    QCOMPARE(texts(model).at(3), u"eleven"_s);
}

void TestMessageModel::replaceKeepsPending()
{
    MessageModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append({said(1, u"Ben"_s, u"old"_s), said(2, u"Ben"_s, u"older"_s)});
    model.addPending(pending(u"p"_s, u"mine"_s));
    model.replace({said(900, u"Ben"_s, u"new"_s)});
    QCOMPARE(texts(model), QStringList({u"new"_s, u"mine"_s}));
    model.replace({});
    QCOMPARE(texts(model), QStringList({u"mine"_s}));
    QCOMPARE(model.lastSeq(), 0u);
}

void TestMessageModel::presenceIsCondensed()
{
    MessageModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.addPresence({u"Anna"_s}, {}, noon());
    model.addPresence({u"Ben"_s}, {u"Cleo"_s}, noon() + 1);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0).data(MessageModel::JoinedRole).toStringList(), QStringList({u"Anna"_s, u"Ben"_s}));
    QCOMPARE(model.index(0).data(MessageModel::LeftRole).toStringList(), QStringList({u"Cleo"_s}));
    model.append({said(1, u"Ben"_s, u"hello"_s)});
    model.addPresence({u"Dora"_s}, {}, noon() + 2);
    QCOMPARE(model.rowCount(), 3);
    for (int i = 0; i < 1000; ++i)
        model.addPresence({u"crowd %1"_s.arg(i)}, {}, noon() + 3);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(2).data(MessageModel::JoinedRole).toStringList().size(), MessageModel::kPresenceNames);
}

void TestMessageModel::presenceThatCancels()
{
    MessageModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append({said(1, u"Ben"_s, u"hello"_s)});
    model.addPending(pending(u"p"_s, u"mine"_s));
    model.addPresence({u"Anna"_s}, {}, noon());
    QCOMPARE(model.rowCount(), 3);
    model.addPresence({}, {u"Anna"_s}, noon());
    QCOMPARE(model.rowCount(), 2);
    model.addPresence({}, {}, noon());
    QCOMPARE(model.rowCount(), 2);
    model.append({said(2, u"Ben"_s, u"again"_s)});
    QCOMPARE(texts(model), QStringList({u"hello"_s, u"again"_s, u"mine"_s}));
}

void TestMessageModel::gapAndUnread()
{
    MessageModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setOwnName(u"Anna"_s);
    model.append({said(1, u"Ben"_s, u"read"_s)});
    model.setReadUpTo(1);
    model.append({said(2, u"Anna"_s, u"my own"_s), said(3, u"Ben"_s, u"unread"_s), said(4, u"Ben"_s, u"too"_s)});
    QVERIFY(!flags(model, 1).testFlag(MessageModel::FirstUnread));
    QVERIFY(flags(model, 2).testFlag(MessageModel::FirstUnread));
    QVERIFY(!flags(model, 3).testFlag(MessageModel::FirstUnread));
    QVERIFY(!flags(model, 2).testFlag(MessageModel::Grouped));
    model.setReadUpTo(4);
    QVERIFY(!flags(model, 2).testFlag(MessageModel::FirstUnread));
    model.markGap();
    model.append({said(90, u"Ben"_s, u"much later"_s), said(91, u"Ben"_s, u"and on"_s)});
    QVERIFY(flags(model, 4).testFlag(MessageModel::GapAbove));
    QVERIFY(!flags(model, 5).testFlag(MessageModel::GapAbove));
}

void TestMessageModel::bounded()
{
    MessageModel model;
    QList<MessageEvent> many;
    for (quint64 seq = 1; seq <= 3 * MessageModel::kMaxRows; ++seq)
        many.append(said(seq, u"Ben"_s, QString::number(seq)));
    model.addPending(pending(u"p"_s, u"mine"_s));
    for (qsizetype i = 0; i < many.size(); i += 100)
        model.append(many.mid(i, 100));
    QVERIFY(model.rowCount() <= MessageModel::kMaxRows);
    QVERIFY(model.rowCount() > MessageModel::kMaxRows - 2 * MessageModel::kTrimRows);
    QCOMPARE(texts(model).last(), u"mine"_s);
    QCOMPARE(model.lastSeq(), quint64(3 * MessageModel::kMaxRows));
    const int space = MessageModel::kMaxRows - model.rowCount();
    QCOMPARE(model.prepend(many), space);
    QCOMPARE(model.prepend(many), 0);
}

void TestMessageModel::hostileLengths()
{
    MessageModel model;
    model.append({said(1, QString(100'000, u'n'), QString(1'000'000, u'x')),
                  said(2, u"Ben"_s, u"😀"_s.repeated(20'000))});
    QVERIFY(model.index(0).data(MessageModel::AuthorRole).toString().size() <= MessageModel::kMaxNameChars + 1);
    QVERIFY(model.index(0).data().toString().size() <= MessageModel::kMaxContentChars + 1);
    const QString emoji = model.index(1).data().toString();
    QVERIFY(!emoji.at(emoji.size() - 2).isHighSurrogate()); // not cut through
}

void TestMessageModel::layoutKeyFollowsTheLook()
{
    MessageModel model;
    const auto key = [&model](int row) { return model.index(row).data(MessageModel::LayoutKeyRole).toULongLong(); };
    model.addPending(pending(u"a"_s, u"one"_s));
    const quint64 first = key(0);
    QCOMPARE(key(0), first);
    model.setFailed(Cid(u"a"_s), {ErrorCode::Unavailable, {}});
    const quint64 second = key(0);
    QVERIFY(second != first);
    model.prepend({said(1, u"Ben"_s, u"before"_s)});
    QVERIFY(key(1) != second); // no longer the first of its day
    QVERIFY(key(0) != key(1));
}

void TestMessageModel::anythingGoes()
{
    MessageModel model;
    QAbstractItemModelTester contract(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QRandomGenerator random(7);
    quint64 seq = 100;
    int made = 0;
    for (int step = 0; step < 2000; ++step) {
        const QString cid = QString::number(random.bounded(made + 1));
        switch (random.bounded(9)) {
        case 0: model.append({said(++seq, u"Ben"_s, u"x"_s), said(++seq, u"Anna"_s, u"y"_s, 0, cid)}); break;
        case 1: model.addPending(pending(QString::number(++made), u"p"_s)); break;
        case 2: model.setFailed(Cid(cid), {ErrorCode::Unavailable, {}}); break;
        case 3: model.setPending(Cid(cid), Cid(cid)); break;
        case 4: model.removePending(Cid(cid)); break;
        case 5: model.insertMissed(said(random.bounded(1, int(seq)), u"Anna"_s, u"m"_s, 0, cid)); break;
        case 6: model.addPresence({u"c%1"_s.arg(random.bounded(5))}, {u"c%1"_s.arg(random.bounded(5))}, noon()); break;
        case 7: model.setReadUpTo(seq - quint64(random.bounded(3))); break;
        case 8:
            if (random.bounded(20) == 0)
                model.replace({said(++seq, u"Ben"_s, u"new"_s)});
            break;
        }
        bool tail = false;
        quint64 last = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            const bool confirmed = delivery(model, row) == int(MessageModel::Delivery::Sent);
            QVERIFY2(!(tail && confirmed), "a confirmed row below one that is on its way");
            tail = tail || !confirmed;
            const quint64 here = model.index(row).data(MessageModel::SeqRole).toULongLong();
            QVERIFY(here == 0 || here > last);
            last = qMax(last, here);
        }
    }
}

void TestMessageModel::changesInPlace()
{
    MessageModel model;
    QAbstractItemModelTester tester(&model);
    model.append({said(1, u"Ben"_s, u"helo"_s), said(2, u"Ben"_s, u"oops"_s)});
    const auto key = [&model](int row) { return model.index(row).data(MessageModel::LayoutKeyRole).toULongLong(); };
    const quint64 before = key(0);
    QSignalSpy changed(&model, &MessageModel::dataChanged);
    model.edit(edited(1, u"hello"_s, 3));
    QCOMPARE(changed.size(), 1);
    QVERIFY(key(0) != before);
    QCOMPARE(model.index(0).data(MessageModel::EditedRole).toLongLong(), noon() + kMinute);
    model.react(reacted(1, u"Anna"_s, u"👍"_s, true, 4));
    model.react(reacted(1, u"Carl"_s, u"👍"_s, true, 5));
    model.react(reacted(1, u"Anna"_s, u"🎉"_s, true, 6));
    QCOMPARE(reactions(model, 0), u"👍Anna+Carl 🎉Anna"_s);
    model.react(reacted(1, u"Anna"_s, u"👍"_s, false, 7));
    QCOMPARE(reactions(model, 0), u"👍Carl 🎉Anna"_s);
    model.remove(deleted(2, 8));
    QCOMPARE(texts(model), (QStringList {u"hello"_s, QString()}));
    QVERIFY(model.index(1).data(MessageModel::DeletedRole).toBool());
}

void TestMessageModel::changesTwice()
{
    MessageModel model;
    MessageEvent message = said(1, u"Ben"_s, u"hello"_s);
    message.edited = noon();
    message.reactions = {{u"👍"_s, {u"Anna"_s}}};
    model.append({message}); // a replay has the state of now, and the events behind it
    model.react(reacted(1, u"Anna"_s, u"👍"_s, true, 2));
    model.edit(edited(1, u"hello"_s, 3));
    QCOMPARE(reactions(model, 0), u"👍Anna"_s);
    QCOMPARE(texts(model), QStringList {u"hello"_s});
    model.react(reacted(1, u"Anna"_s, u"👍"_s, false, 4));
    model.react(reacted(1, u"Anna"_s, u"👍"_s, false, 4));
    QCOMPARE(reactions(model, 0), QString());
}

void TestMessageModel::changesOfUnknownMessages()
{
    MessageModel model;
    model.setOwnName(u"Anna"_s);
    model.append({said(1, u"Ben"_s, u"hello"_s)});
    model.addPending(pending(u"c-1"_s, u"on its way"_s));
    model.edit(edited(9, u"x"_s, 2));
    model.remove(deleted(9, 3));
    model.react(reacted(9, u"Anna"_s, u"👍"_s, true, 4));
    MessageDeletedEvent nameless;
    model.remove(nameless); // rows that are on their way have no id either
    QCOMPARE(texts(model), (QStringList {u"hello"_s, u"on its way"_s}));
}

void TestMessageModel::nothingComesBackAfterADeletion()
{
    MessageModel model;
    model.append({said(1, u"Ben"_s, u"hello"_s)});
    model.remove(deleted(1, 2));
    model.edit(edited(1, u"back"_s, 3));
    model.react(reacted(1, u"Anna"_s, u"👍"_s, true, 4));
    QCOMPARE(texts(model), QStringList {QString()});
    QCOMPARE(reactions(model, 0), QString());
}

void TestMessageModel::hostileReactions()
{
    MessageModel model;
    MessageEvent message = said(1, u"Ben"_s, u"hello"_s);
    for (int i = 0; i < 1000; ++i)
        message.reactions.append({u"x"_s.repeated(10'000), {u"Anna"_s}});
    model.append({message});
    for (int i = 0; i < 100; ++i)
        model.react(reacted(1, u"Anna"_s, QString::number(i), true, quint64(2 + i)));
    const auto kept = model.index(0).data(MessageModel::ReactionsRole).value<QList<ReactionTally>>();
    QVERIFY(kept.size() <= 20);
    QVERIFY(kept.constFirst().emoji.size() < 50);
}

/// An older page that was read before a change, and arrives behind it.
void TestMessageModel::changesBeforeTheirMessage()
{
    MessageModel model;
    model.append({said(10, u"Ben"_s, u"new"_s)});
    model.edit(edited(1, u"hello"_s, 11));
    model.remove(deleted(2, 12));
    model.react(reacted(1, u"Anna"_s, u"👍"_s, true, 13));
    model.edit(edited(3, u"elsewhere"_s, 14));
    QCOMPARE(model.prepend({said(1, u"Ben"_s, u"helo"_s), said(2, u"Ben"_s, u"secret"_s)}), 2);
    QCOMPARE(texts(model), (QStringList {u"hello"_s, QString(), u"new"_s}));
    QCOMPARE(reactions(model, 0), u"👍Anna"_s);
    for (int i = 0; i < 10'000; ++i) // bounded: the oldest are forgotten
        model.edit(edited(quint64(1'000 + i), u"x"_s, quint64(20 + i)));
    QCOMPARE(model.rowCount(), 3);
}

QTEST_GUILESS_MAIN(TestMessageModel)
#include "tst_messagemodel.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef PARLANCE_TEST_MEMORY
#include "core/storage/databases.h"
#endif
#include "core/storage/storedesk.h"
#include "storage/memorystore.h"
#include "storage/sqlstore.h"

#include <QSignalSpy>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What a room is set to, the same for all stores, but that memory forgets it with the room.
class TestRoomSettings : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void aNewRoomHasNone();
    void patched();
    void beforeAnybodyIsInIt();
    void besideMessages();
    void survives();

private:
    void open();
    /// What holds then; nothing where it was refused.
    std::optional<RoomSettings> configure(const QString &room, const RoomPatch &patch = {});
    RoomSettings opened(const QString &room)
    {
        m_desk->open(room);
        m_desk->answers();
        return m_desk->records.takeLast().settings;
    }

#ifndef PARLANCE_TEST_MEMORY
    Databases m_databases;
#endif
    std::unique_ptr<StoreDesk> m_desk;
};

void TestRoomSettings::initTestCase()
{
    qRegisterMetaType<RoomSettings>();
#ifndef PARLANCE_TEST_MEMORY
    QVERIFY2(m_databases.fault().isEmpty(), qPrintable(m_databases.fault()));
#endif
}

void TestRoomSettings::init()
{
#ifndef PARLANCE_TEST_MEMORY
    m_desk.reset();
    m_databases.makeNew();
#endif
    open();
}

void TestRoomSettings::open()
{
    m_desk.reset();
#ifdef PARLANCE_TEST_MEMORY
    m_desk = std::make_unique<StoreDesk>(std::make_unique<MemoryStore>(10));
#else
    m_desk = std::make_unique<StoreDesk>(SqlStore::open(m_databases.source()).take());
#endif
}

std::optional<RoomSettings> TestRoomSettings::configure(const QString &room, const RoomPatch &patch)
{
    QSignalSpy done(m_desk->store.get(), &MessageStore::configured);
    QSignalSpy failed(m_desk->store.get(), &MessageStore::configureFailed);
    m_desk->store->configure(77, StoreDesk::roomName(room), patch);
    [&] {
        QVERIFY(done.isEmpty() && failed.isEmpty()); // never from inside the call
        QTRY_COMPARE(done.size() + failed.size(), 1);
    }();
    if (done.isEmpty())
        return std::nullopt;
    if (done.constFirst().at(0).toULongLong() != 77)
        qFatal("another's answer");
    return done.constFirst().at(1).value<RoomSettings>();
}

void TestRoomSettings::aNewRoomHasNone()
{
    QCOMPARE(opened(u"general"_s), RoomSettings());
    QCOMPARE(configure(u"general"_s), RoomSettings());
}

void TestRoomSettings::patched()
{
    opened(u"general"_s);
    QCOMPARE(configure(u"general"_s, {u"Тема 😀 'quoted'"_s, {}, true}), (RoomSettings {u"Тема 😀 'quoted'"_s, 0, true, false}));
    QCOMPARE(configure(u"GENERAL"_s, {{}, 30, false, true}), (RoomSettings {u"Тема 😀 'quoted'"_s, 30, false, true}));
    QCOMPARE(configure(u"general"_s), (RoomSettings {u"Тема 😀 'quoted'"_s, 30, false, true}));
    QCOMPARE(configure(u"general"_s, {u""_s}), (RoomSettings {u""_s, 30, false, true}));
}

void TestRoomSettings::beforeAnybodyIsInIt()
{
#ifdef PARLANCE_TEST_MEMORY
    QCOMPARE(configure(u"later"_s, {u"topic"_s}), std::nullopt);
#else
    QCOMPARE(configure(u"later"_s, {u"topic"_s}), RoomSettings {u"topic"_s});
    QCOMPARE(opened(u"later"_s), RoomSettings {u"topic"_s});
    QCOMPARE(m_desk->fetch(u"later"_s).head, 0u);
    QCOMPARE(configure(u"without a topic"_s, {{}, 5}), (RoomSettings {{}, 5}));
#endif
}

void TestRoomSettings::besideMessages()
{
    opened(u"general"_s);
    m_desk->append(u"general"_s, u"one"_s);
    QCOMPARE(m_desk->answers(), QStringList {u"1=1"_s});
    QVERIFY(configure(u"general"_s, {u"topic"_s}));
    m_desk->append(u"general"_s, u"two"_s);
    QCOMPARE(m_desk->answers(), QStringList {u"2=2"_s});
    QCOMPARE(configure(u"general"_s), RoomSettings {u"topic"_s});
    QCOMPARE(configure(u"another"_s).value_or(RoomSettings()), RoomSettings());
}

void TestRoomSettings::survives()
{
#ifdef PARLANCE_TEST_MEMORY
    QSKIP("memory keeps nothing");
#endif
    const RoomSettings all {u"topic"_s, 30, true, true};
    QCOMPARE(configure(u"general"_s, {all.topic, all.slowModeS, true, true}), all);
    open();
    QCOMPARE(opened(u"general"_s), all);
}

QTEST_GUILESS_MAIN(TestRoomSettings)
#include "tst_roomsettings.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/addresses.h"

#include <QNetworkInterface>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestAddresses : public QObject
{
    Q_OBJECT

private slots:
    void nothingConfiguredIsEverything();
    void configuredAddresses();
    void urls_data();
    void urls();
    void allAddressesOfThisHost_data();
    void allAddressesOfThisHost();
};

namespace {

Config listeningOn(const QStringList &addresses)
{
    Config config;
    config.listen = addresses;
    return config;
}

} // namespace

void TestAddresses::nothingConfiguredIsEverything()
{
    QCOMPARE(listenAddresses(Config()), QList<QHostAddress> {QHostAddress(QHostAddress::Any)});
}

void TestAddresses::configuredAddresses()
{
    QCOMPARE(listenAddresses(listeningOn({u"::1"_s, u"127.0.0.1"_s})),
             (QList<QHostAddress> {QHostAddress(QHostAddress::LocalHostIPv6), QHostAddress(QHostAddress::LocalHost)}));
}

void TestAddresses::urls_data()
{
    QTest::addColumn<QStringList>("listen");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("IPv4") << QStringList {u"127.0.0.1"_s} << QStringList {u"http://127.0.0.1:8000"_s};
    QTest::newRow("IPv6 in brackets") << QStringList {u"::1"_s} << QStringList {u"http://[::1]:8000"_s};
    QTest::newRow("the most useful first")
        << QStringList {u"::1"_s, u"127.0.0.1"_s, u"2001:db8::7"_s, u"192.0.2.7"_s}
        << QStringList {u"http://192.0.2.7:8000"_s, u"http://[2001:db8::7]:8000"_s, u"http://127.0.0.1:8000"_s,
                        u"http://[::1]:8000"_s};
    QTest::newRow("each once") << QStringList {u"127.0.0.1"_s, u"127.0.0.1"_s}
                               << QStringList {u"http://127.0.0.1:8000"_s};
    QTest::newRow("otherwise as configured") << QStringList {u"192.0.2.9"_s, u"192.0.2.7"_s}
                                             << QStringList {u"http://192.0.2.9:8000"_s, u"http://192.0.2.7:8000"_s};
}

void TestAddresses::urls()
{
    QFETCH(QStringList, listen);
    QTEST(pageUrls(listeningOn(listen), 8000), "expected");
}

void TestAddresses::allAddressesOfThisHost_data()
{
    QTest::addColumn<QStringList>("listen");
    QTest::addColumn<bool>("v4");
    QTest::addColumn<bool>("v6");
    QTest::newRow("nothing configured") << QStringList() << true << true;
    QTest::newRow("all of IPv4") << QStringList {u"0.0.0.0"_s} << true << false;
    QTest::newRow("all of IPv6") << QStringList {u"::"_s} << false << true;
    QTest::newRow("both") << QStringList {u"::"_s, u"0.0.0.0"_s} << true << true;
}

void TestAddresses::allAddressesOfThisHost()
{
    QFETCH(QStringList, listen);
    QFETCH(bool, v4);
    QFETCH(bool, v6);
    const QStringList found = pageUrls(listeningOn(listen), 81);
    QStringList loopbacks;
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        const bool isV4 = address.protocol() == QAbstractSocket::IPv4Protocol;
        const QString url = (isV4 ? u"http://%1:81"_s : u"http://[%1]:81"_s).arg(address.toString());
        const bool wanted = (isV4 ? v4 : v6) && !address.isLinkLocal();
        QVERIFY2(found.contains(url) == wanted, qPrintable(url));
        if (wanted && address.isLoopback())
            loopbacks.append(url);
    }
    for (const QString &url : found) {
        QVERIFY2(!url.contains(u"0.0.0.0") && !url.contains(u"[::]") && !url.contains(u'%'), qPrintable(url));
        // Behind the first loopback address there is nothing that other machines could use.
        if (loopbacks.contains(url))
            break;
        QVERIFY(loopbacks.isEmpty() || found.indexOf(url) < found.indexOf(loopbacks.constFirst()));
    }
    QCOMPARE(found.size(), QSet<QString>(found.cbegin(), found.cend()).size());
    if (!loopbacks.isEmpty())
        QCOMPARE(QStringList(found.mid(found.size() - loopbacks.size())).filter(u"127.0.0.1"_s).size(),
                 loopbacks.filter(u"127.0.0.1"_s).size());
}

QTEST_GUILESS_MAIN(TestAddresses)
#include "tst_addresses.moc"

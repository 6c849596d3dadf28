// SPDX-License-Identifier: GPL-3.0-or-later
// The request head parser beside a plain reference; the same outcome however the bytes are cut; what it lets
// through for a WebSocket can be written anew without gaining a line.
#include "harness/check.h"
#include "harness/cuts.h"
#include "harness/referencehead.h"
#include "net/upgraderequest.h"

#include <set>

using namespace Parlance;

namespace {

/// Everything that an outcome says, so that two can be compared and printed.
QByteArray describe(const HeadOutcome &outcome)
{
    if (std::holds_alternative<HeadIncomplete>(outcome))
        return "incomplete";
    if (const auto *refusal = std::get_if<HeadRefusal>(&outcome))
        return "refused " + QByteArray::number(refusal->status) + ' ' + refusal->error.detail.toUtf8();
    return Fuzz::describeHead(std::get<RequestHead>(outcome));
}

HeadOutcome readCut(QByteArrayView input, const HeadLimits &limits, quint32 salt)
{
    Fuzz::Cuts cuts(input, salt);
    qsizetype scanned = 0;
    HeadOutcome outcome;
    for (qsizetype have = 0; have < input.size() && std::holds_alternative<HeadIncomplete>(outcome);) {
        have += salt == 0 ? 1 : cuts.next(input.size() - have);
        // As from a socket: a buffer that ends where the bytes end, so that reading past them is seen.
        const QByteArray buffer = input.first(have).toByteArray();
        outcome = readRequestHead(buffer, scanned, limits);
    }
    return outcome;
}

void checkRefusal(const HeadRefusal &refusal)
{
    static const std::set<int> statuses{400, 414, 417, 431, 501, 505};
    FUZZ_CHECK(statuses.count(refusal.status), QByteArray::number(refusal.status));
    FUZZ_CHECK(!refusal.error.detail.isEmpty(), QByteArray());
    FUZZ_CHECK(refusal.error.code == ErrorCode::BadRequest || refusal.error.code == ErrorCode::TooLarge,
               errorName(refusal.error.code).toByteArray());
}

/// The path that Qt's server gets says the same and has no character that could mean anything else.
void checkCanonicalPath(const RequestHead &head)
{
    const QByteArray path = head.canonicalPath();
    for (const char c : path)
        FUZZ_CHECK(QByteArrayView("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%/")
                       .contains(c),
                   path);
    qsizetype scanned = 0;
    const QByteArray text = "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
    const HeadOutcome again = readRequestHead(text, scanned, HeadLimits{64 * 1024, 128 * 1024, 100});
    FUZZ_CHECK(std::holds_alternative<RequestHead>(again), text + describe(again));
    FUZZ_CHECK(std::get<RequestHead>(again).segments == head.segments, text);
}

void checkUpgrade(const RequestHead &head)
{
    static const QStringList origins{QStringLiteral("https://chat.example.org")};
    const auto outcome = readUpgrade(head, origins);
    if (const auto *refusal = std::get_if<UpgradeRefusal>(&outcome)) {
        FUZZ_CHECK(refusal->status >= 400 && refusal->status < 500, QByteArray::number(refusal->status));
        return;
    }
    const auto &request = std::get<UpgradeRequest>(outcome);
    FUZZ_CHECK(head.method == "GET" && head.segments.value(0) == QStringView(u"ws"),
               Fuzz::describeHead(head));
    const QByteArray origin = head.field("Origin").toLower();
    const bool isForeign = origin != origins.first().toLatin1()
        && !origin.contains(head.field("Host").toLower().split(':').first());
    FUZZ_CHECK(!head.hasField("Origin") || (!isForeign && head.count("Origin") == 1),
               Fuzz::describeHead(head));
    const QByteArray text = canonicalUpgrade(request, 7);
    qsizetype scanned = 0;
    const HeadOutcome again = readRequestHead(text, scanned, HeadLimits{});
    FUZZ_CHECK(std::holds_alternative<RequestHead>(again), text);
    const auto &canonical = std::get<RequestHead>(again);
    FUZZ_CHECK(canonical.size == text.size() && canonical.target == "/7", text);
    FUZZ_CHECK(canonical.fields.size() == (request.isParlance ? 6 : 5), text);
    FUZZ_CHECK(canonical.field("Sec-WebSocket-Key") == head.field("Sec-WebSocket-Key"), text);
}

void check(QByteArrayView input, const HeadLimits &limits)
{
    qsizetype scanned = 0;
    const HeadOutcome whole = readRequestHead(input, scanned, limits);
    const QByteArray said = describe(whole);

    const Fuzz::ReferenceHead reference = Fuzz::referenceHead(input, limits);
    FUZZ_CHECK(said.startsWith("refused") == (reference.verdict == Fuzz::ReferenceHead::Refused), said);
    if (const auto *head = std::get_if<RequestHead>(&whole)) {
        FUZZ_CHECK(reference.verdict == Fuzz::ReferenceHead::Accepted, said);
        FUZZ_CHECK(said == Fuzz::describeHead(reference.head),
                   said + "\n--\n" + Fuzz::describeHead(reference.head));
        checkCanonicalPath(*head);
        checkUpgrade(*head);
    } else if (const auto *refusal = std::get_if<HeadRefusal>(&whole)) {
        checkRefusal(*refusal);
    } else {
        FUZZ_CHECK(reference.verdict == Fuzz::ReferenceHead::Incomplete, said);
        FUZZ_CHECK(scanned == input.size() && scanned <= limits.headBytes, said);
    }

    for (quint32 salt = 0; salt < 3; ++salt) {
        if (salt == 0 && input.size() > 600)
            continue; // one by one costs too much
        const HeadOutcome cut = readCut(input, limits, salt);
        FUZZ_CHECK(describe(cut) == said, said + "\n-- in pieces:\n" + describe(cut));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView input(reinterpret_cast<const char *>(data), qsizetype(size));
    check(input, HeadLimits{});
    check(input, HeadLimits{48, 160, 4}); // so that the bounds are met often
    return 0;
}

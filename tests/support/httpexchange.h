// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/httpanswer.h"
#include "support/rawclient.h"

// What a test asks over HTTP, and what it is answered.

namespace Parlance {

/// \a fields are further header lines, each with its CR LF.
QByteArray get(const QByteArray &target, const QByteArray &fields = {});
QByteArray post(const QByteArray &target, const QByteArray &body);

/// Whatever \a client was answered so far; \a methods as for readAnswers().
HttpAnswers answersOf(const RawClient &client, const QByteArrayList &methods = {});
/// The first of it; status 0 as long as there is none.
HttpAnswer answerOf(const RawClient &client);

/// The answer of \a port to \a request; status 0 when there was none, or one that is not well formed.
HttpAnswer ask(quint16 port, const QByteArray &request);

} // namespace Parlance

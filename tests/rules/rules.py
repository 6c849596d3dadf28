# SPDX-License-Identifier: GPL-3.0-or-later
"""Each rule and limit that protects the server, as the small change that takes it out, and the test that must
then fail."""

from dataclasses import dataclass

NET = "core/net/"
MODEL = "core/model/"


@dataclass(frozen=True)
class Row:
    rule: str  # R1 to R12, "limit", or "chat" for what the chat promises
    what: str  # what no longer holds when the change is made
    file: str
    old: str  # stands in the file exactly once
    new: str
    test: str  # the ctest name, which is the target's name too
    functions: tuple[str, ...] = ()  # of the test: those that guard it; none: all

    @property
    def name(self) -> str:
        return f"{self.rule}: {self.what}"


def row(rule, what, file, old, new, test, *functions) -> Row:
    return Row(rule, what, file, old, new, test, functions)


def limit(name, file, old, new) -> Row:
    """A limit is guarded by its own row of tst_limits."""
    return Row("limit", name, file, old, new, "tst_limits", (f"bites:{name}",))


DOOR = NET + "frontdoor.cpp"
CONNECTION = NET + "httpconnection.cpp"
HEAD = NET + "requesthead.cpp"
LISTENER = NET + "listener.cpp"
CHANNEL = NET + "websocketchannel.cpp"
SESSION = NET + "clientsession.cpp"
GATEWAY = NET + "websocketgateway.cpp"
CHAT = MODEL + "chatmanager_join.cpp"
TALK = MODEL + "chatmanager_talk.cpp"
JOIN = MODEL + "joinrules.cpp"
RATES = MODEL + "messagerates.cpp"
BUDGET = MODEL + "historybudget.cpp"

ROWS = (
    # --- R1 accept --------------------------------------------------------------------------------
    row("R1", "a reserve descriptor answers when all others are gone", LISTENER,
        "case ENFILE: return acceptWithReserve();", "case ENFILE: return Outcome::NotNow;",
        "tst_openfiles", "refusedAndServedAgain"),
    row("R1", "accepting begins again by itself", LISTENER,
        "    m_readable->setEnabled(false);\n    m_retry.start();", "    m_readable->setEnabled(false);",
        "tst_openfiles", "withoutReserve"),
    row("R1", "no busy loop without descriptors", LISTENER,
        "    m_readable->setEnabled(false);\n    m_retry.start();", "    m_retry.start();",
        "tst_openfiles", "withoutReserve"),
    row("R1", "an address that is refused pushes nobody out", DOOR,
        "        if (!lease) {", "        if (!lease) {\n            makeRoomForUnjoined(peer);",
        "tst_frontdoor", "refusedAddressPushesNobodyOut"),
    row("R1", "one silent crowd locks nobody out", DOOR,
        "        victim = oldestOfLargestHolder(newcomer);", "        victim = m_closing ? oldestOfLargestHolder(newcomer) : nullptr;",
        "tst_frontdoor", "silentCrowdGivesWay"),
    row("R1", "a trusted proxy's connections count for its clients", DOOR,
        "const bool isProxied = isIn(peer, m_limits.proxies);", "const bool isProxied = false;",
        "tst_proxies", "sessionsCountForTheirClients"),
    row("R1", "a WebSocket through a proxy keeps its client's place", DOOR,
        "if (AddressCaps::Lease lease = connection->takeLease())",
        "if (AddressCaps::Lease lease = AddressCaps::Lease())",
        "tst_proxies", "sessionsCountForTheirClients"),
    row("R1", "X-Forwarded-For is believed of proxies only, from its end", NET + "forwarded.cpp",
        "node != nodes.crend() && isIn(client, proxies)",
        "node != nodes.crend() && (isIn(client, proxies) || true)", "tst_proxies", "client"),
    # --- R2 per socket ----------------------------------------------------------------------------
    row("R2", "no Nagle", NET + "socketstream.cpp", "    setFlag(descriptor, IPPROTO_TCP, TCP_NODELAY);\n", "",
        "tst_socketstream", "options"),
    row("R2", "keepalive", NET + "socketstream.cpp", "    setFlag(descriptor, SOL_SOCKET, SO_KEEPALIVE);\n", "",
        "tst_socketstream", "options"),
    row("R2", "bytes do not move the deadline of a head", CONNECTION,
        "if (m_in.isEmpty() && m_state == State::Head && m_requests > 0)", "if (m_state == State::Head)",
        "tst_httpdeadlines", "slowHead"),
    # --- R3 head ----------------------------------------------------------------------------------
    row("R3", "bare LF", HEAD, "if (at == 0 || seen.at(at - 1) != '\\r')", "if (at == 0)", "tst_requesthead",
        "outcome"),
    row("R3", "CR inside a line", HEAD, "if (line.contains('\\r'))", "if (line.contains('\\v'))",
        "tst_requesthead", "outcome"),
    row("R3", "space before a colon", HEAD, "if (colon < 0 || !isToken(line.first(colon)))", "if (colon < 0)",
        "tst_requesthead", "outcome"),
    row("R3", "control characters in a field", HEAD,
        "if ((static_cast<unsigned char>(c) < 0x20 && c != '\\t') || c == 0x7F)", "if (c == 0x7F)",
        "tst_requesthead", "outcome"),
    row("R3", "exactly one Host", HEAD, "if (hosts > 1 || (hosts == 0 && head.minorVersion == 1))", "if (hosts > 9)",
        "tst_requesthead", "outcome"),
    row("R3", "Content-Length once", HEAD, "    if (lengths > 1)", "    if (lengths > 9)", "tst_requesthead",
        "outcome"),
    row("R3", "Content-Length in digits", HEAD,
        "if (!digits || field.value.isEmpty() || field.value.size() > 15)", "if (!digits && field.value.size() > 99)",
        "tst_requesthead", "outcome"),
    row("R3", "no Transfer-Encoding", HEAD, 'sameName(field.name, "Transfer-Encoding")',
        'sameName(field.name, "X-None")',
        "tst_requesthead", "outcome"),
    row("R3", "a target starts with one slash", HEAD,
        "if (!target.startsWith('/') || target.startsWith(\"//\"))", "if (!target.startsWith('/'))",
        "tst_requesthead", "outcome"),
    row("R3", "no NUL, CR, LF, slash, backslash in a segment", HEAD, 'QByteArrayView("\\0\\r\\n/\\\\", 5)',
        "QByteArrayView()", "tst_requesthead", "outcome"),
    row("R3", "no . and .. segments", HEAD, 'if (!segment || *segment == u"." || *segment == u"..")', "if (!segment)",
        "tst_requesthead", "outcome"),
    row("R3", "UTF-8 after one decoding", HEAD, "    if (utf8.hasError())\n        return std::nullopt;\n", "",
        "tst_requesthead", "outcome"),
    row("R3", "versions 1.0 and 1.1 only", HEAD, 'if (version != "HTTP/1.1" && version != "HTTP/1.0")',
        'if (!version.startsWith("HTTP/"))', "tst_requesthead", "outcome"),
    row("R3", "known methods only", HEAD,
        "if (std::none_of(kMethods.begin(), kMethods.end(), [&](const char *m) { return head.method == m; }))",
        "if (head.method.isEmpty() && kMethods.empty())", "tst_requesthead", "outcome"),
    row("R3", "only new bytes are searched", HEAD, "    scanned = seen.size();\n", "",
        "tst_requesthead", "scansOnlyNewBytes"),
    row("R3", "wrong method is 405", NET + "httpgateway.cpp", "if (!allowed.contains(request.head.method)) {",
        "if (request.head.method.isEmpty()) {", "tst_httpgateway", "wrongMethod"),
    row("R3", "a Host that may be somebody else's is refused to browsers", CONNECTION,
        "if (isOwnHost(name, m_limits.hosts) || !isFromBrowser(m_head))",
        "if (isOwnHost(name, m_limits.hosts) || !isFromBrowser(m_head) || true)",
        "tst_hostnames", "requests"),
    row("R3", "a browser is known without Origin and Sec-Fetch", NET + "hostnames.cpp",
        'name == "accept-language"', 'name == "x-none"', "tst_hostnames", "requests"),
    # --- R4 body ----------------------------------------------------------------------------------
    row("R4", "100 Continue", CONNECTION, "if (m_head.expectContinue && m_head.contentLength > 0)",
        "if (false && (m_head.expectContinue && m_head.contentLength > 0))",
        "tst_httpconnection", "continues"),
    row("R4", "a refused body is no request", CONNECTION,
        "    m_in.remove(0, request.head.contentLength);\n", "", "tst_httpconnection", "refusedBodyIsNoRequest"),
    # --- R5 HTTP hand-off -------------------------------------------------------------------------
    row("R5", "Qt sees the request in canonical form", NET + "httpgateway.cpp",
        "request.head.canonicalPath() + \" HTTP/1.1",
        "request.head.target + \" HTTP/1.1", "tst_httpgateway", "qtSeesNoSecrets"),
    row("R5", "Connection: close is kept", CONNECTION, "    if (!request.head.keepAlive) {",
        "    if (false && (!request.head.keepAlive)) {",
        "tst_httpconnection", "keepAlive"),
    row("R5", "requests are read only as fast as answers are", CONNECTION,
        "if (m_stream->queuedBytes() > kPipelineBytes) {",
        "if (false && (m_stream->queuedBytes() > kPipelineBytes)) {", "tst_httpdeadlines", "unreadPipeline"),
    row("R5", "an answer that is not read has a deadline", CONNECTION, "} else if (now >= m_writeDeadline) {",
        "} else if (false && (now >= m_writeDeadline)) {", "tst_httpdeadlines", "slowReaderThatStops"),
    row("R5", "HEAD has no body", NET + "httpgateway.cpp", 'request.head.keepAlive, request.head.method != "HEAD")',
        "request.head.keepAlive, true)", "tst_httpgateway", "head"),
    row("R5", "who waits for its turn is not read", CONNECTION,
        "        if (m_waitsForTurn)\n            m_stream->setReading(false); // what it still has to say waits as well\n"
        "        else\n", "        if (!m_waitsForTurn)\n", "tst_httpturns", "whoWaitsIsNotRead"),
    # --- R6 WebSocket hand-off --------------------------------------------------------------------
    row("R6", "version 13", NET + "upgraderequest.cpp", 'if (head.field("Sec-WebSocket-Version") != "13") {',
        'if (false && (head.field("Sec-WebSocket-Version") != "13")) {', "tst_upgrade", "refused"),
    row("R6", "a key of 16 bytes", NET + "upgraderequest.cpp", "    if (!isKey(request.key))",
        "    if (false && (!isKey(request.key)))",
        "tst_upgrade", "refused"),
    row("R6", "Origin", NET + "upgraderequest.cpp", "    if (!isOriginAllowed(head, origins))",
        "    if (false && (!isOriginAllowed(head, origins)))",
        "tst_upgrade", "origins"),
    row("R6", "nothing behind the head", CONNECTION, "if (!m_in.isEmpty() || m_head.contentLength > 0) {",
        "if (false && (!m_in.isEmpty() || m_head.contentLength > 0)) {",
        "tst_upgrade", "bytesBehindTheHead", "refused"),
    row("R6", "nothing before the answer", NET + "websocketgateway.h", "{ gateway.refuseEarlyBytes(id); }", "{}",
        "tst_upgradejoin", "bytesBeforeTheAnswer"),
    row("R6", "a join has a deadline", GATEWAY, "        if (moment >= pending.deadline)",
        "        if (false && (moment >= pending.deadline))",
        "tst_upgradejoin", "chatThatDoesNotAnswer"),
    # --- R7 frames --------------------------------------------------------------------------------
    row("R7", "masks, opcodes and reserved bits", NET + "framereader.cpp",
        "if ((m_head.at(0) & 0x70) || !isKnown || !(m_head.at(1) & 0x80))", "if (!isKnown)", "tst_framereader"),
    row("R7", "size of a frame", NET + "framereader.cpp",
        "if (!isControl(opcode) && length > quint64(m_maxMessage - m_message.size()))",
        "if (false && (!isControl(opcode) && length > quint64(m_maxMessage - m_message.size())))", "tst_framereader"),
    # --- R8 lifetime ------------------------------------------------------------------------------
    row("R8", "every QWebSocket goes", CHANNEL, "        m_webSocket->deleteLater();\n", "",
        "tst_resources", "sessionsLeaveNothing"),
    # --- R9 egress --------------------------------------------------------------------------------
    row("R9", "bounded queue", CHANNEL, "if (queued > 0 && queued + frames.size() > m_limits.sendQueueBytes) {",
        "if (false && (queued > 0 && queued + frames.size() > m_limits.sendQueueBytes)) {", "tst_slowreaders",
        "sendQueueIsBounded"),
    row("R9", "pongs count like all else", NET + "websocketchannel.h",
        "void onQtWrote(const QByteArray &bytes) override { send(bytes); }",
        "void onQtWrote(const QByteArray &bytes) override { m_stream->write(bytes); }",
        "tst_slowreaders", "unreadPongsAreBounded"),
    row("R9", "progress", CHANNEL, "    } else if (isStalled(now)) {", "    } else if (false && (isStalled(now))) {",
        "tst_slowreaders", "noProgress"),
    # --- R10 liveness -----------------------------------------------------------------------------
    row("R10", "ping", CHANNEL, "        send(pingFrame());\n", "", "tst_heartbeat", "silence"),
    row("R10", "silence ends a connection", CHANNEL, "if (now - m_lastHeard >= m_limits.heartbeatTimeout) {",
        "if (false && (now - m_lastHeard >= m_limits.heartbeatTimeout)) {",
        "tst_heartbeat", "silence"),
    row("R10", "bytes without a whole frame are no sign of life", CHANNEL,
        "if (m_reader.completed() != completed)", "if (m_reader.completed() >= completed)",
        "tst_heartbeat", "dripIsNoSignOfLife"),
    row("R10", "a frame that drips is no sign of life", CHANNEL,
        "if (m_reader.completed() != completed)", "if (m_reader.completed() >= completed)",
        "tst_signsoflife", "drippingFrameIsDead"),
    row("R10", "fragments of a message that never ends are no sign of life", NET + "framereader.cpp",
        "m_completed += isControl(opcode) || isFinal;", "++m_completed;", "tst_signsoflife", "emptyFragmentsAreDead"),
    # --- R11, R12 ---------------------------------------------------------------------------------
    row("R11", "HTTP takes turns with the chat", NET + "httpturns.cpp", "    if (m_line.empty() && !isOver()) {",
        "    if (true || (m_line.empty() && !isOver())) {", "tst_httpturns", "onePassEndsAfterASlice"),
    row("R11", "what a route throws ends there", NET + "httpgateway.cpp", "} catch (...) {\n        return errorReply(", "} catch (const std::bad_exception &) {\n        return errorReply(",
        "tst_httpgateway", "routeThrows"),
    row("R12", "Qt's debug output has no secret", NET + "httpgateway.cpp",
        '    if (!request.body.isEmpty())\n        text += "Content-Length',
        '    for (const HeaderField &field : request.head.fields)\n        text += field.name + ": " + field.value + "\\r\\n";\n'
        '    if (!request.body.isEmpty())\n        text += "Content-Length',
        "tst_httpgateway", "qtSeesNoSecrets"),
    # --- limits -----------------------------------------------------------------------------------
    limit("connections", DOOR, "if (connectionCount() >= m_limits.connections) {",
        "if (false && (connectionCount() >= m_limits.connections)) {"),
    limit("connections_per_address", NET + "addresscaps.cpp", "if (m_open->value(key) >= m_perAddress)",
        "if (false && (m_open->value(key) >= m_perAddress))"),
    limit("unjoined", DOOR, "if (m_http1.size() < m_limits.unjoined)", "if (true)"),
    limit("request_line", HEAD, "const bool isLineTooLong = scanned", "const bool isLineTooLong = false && scanned"),
    limit("head_bytes", HEAD, "if (buffer.size() > limits.headBytes)",
        "if (false && (buffer.size() > limits.headBytes))"),
    limit("head_fields", HEAD, "if (!first && head.fields.size() >= limits.fields)",
        "if (false && (!first && head.fields.size() >= limits.fields))"),
    limit("head_timeout", CONNECTION, "    if (now < m_deadline || m_waitsForTurn)\n",
        "    if (now < m_deadline || m_waitsForTurn || m_state == State::Head)\n"),
    limit("body_bytes", CONNECTION, "if (m_head.contentLength > m_limits.bodyBytes) {",
        "if (false && (m_head.contentLength > m_limits.bodyBytes)) {"),
    limit("body_timeout", CONNECTION, "    if (now < m_deadline || m_waitsForTurn)\n",
        "    if (now < m_deadline || m_waitsForTurn || m_state == State::Body)\n"),
    limit("room_name_chars", JOIN, "if (codePointCount(request.room.text()) > m_roomNameChars)",
        "if (false && (codePointCount(request.room.text()) > m_roomNameChars))"),
    limit("user_name_chars", JOIN, "if (codePointCount(request.name.text()) > m_userNameChars)",
        "if (false && (codePointCount(request.name.text()) > m_userNameChars))"),
    limit("content_chars", TALK, "if (isLongerThan(content, m_limits.contentChars))",
        "if (false && isLongerThan(content, m_limits.contentChars))"),
    limit("message_bytes", CHANNEL, ", m_reader(limits.messageBytes)", ", m_reader(1 << 30)"),
    limit("json_depth", "core/protocol/jsonguard.cpp", "if (shape.depth > maxDepth)",
        "if (false && (shape.depth > maxDepth))"),
    limit("json_keys", "core/protocol/jsonguard.cpp", "if (shape.keys > WireLimits::kJsonKeys)",
        "if (false && (shape.keys > WireLimits::kJsonKeys))"),
    limit("messages", RATES,
        "    : m_persons(limits.messages, limits.trackedKeys)\n    , m_guests(limits.messages, limits.trackedKeys)\n",
        "    : m_persons(Rate {}, limits.trackedKeys)\n    , m_guests(Rate {}, limits.trackedKeys)\n"),
    row("limit", "messages, of a person wherever they are", RATES, "if (!person.isNull()) {",
        "if (false && !person.isNull()) {", "tst_messagerates", "personWhereverTheyAre"),
    row("limit", "messages, of a name in a network", RATES, "m_guests.take(guest, now); wait.count() > 0)",
        "m_guests.take(guest, now); wait.count() < 0)", "tst_messagerates", "guestOfOneNameInOneNetwork"),
    limit("messages_per_address", RATES, "m_networks.take(network, now); wait.count() > 0)",
        "m_networks.take(network, now); wait.count() < 0)"),
    row("limit", "messages_per_address, under however many names", RATES,
        "m_networks.take(network, now); wait.count() > 0)",
        "m_networks.take(network, now); wait.count() < 0)", "tst_messagerates", "networkInAll"),
    limit("commands", SESSION, "    if (wait.count() == 0)\n", "    if (true)\n"),
    limit("joins", JOIN, "m_rate.take(request.subscriber(), now); wait.count() > 0)",
        "m_rate.take(request.subscriber(), now); wait.count() < 0)"),
    limit("faults", SESSION, "if (m_faults.add(m_context.clock.monotonic())) {",
        "if (false && (m_faults.add(m_context.clock.monotonic()))) {"),
    limit("floods", SESSION, "m_floods.add(m_context.clock.monotonic())) {", "false) {"),
    limit("rooms", CHAT, "if (m_rooms.isFull()) {", "if (false && m_rooms.isFull()) {"),
    limit("sessions_per_user", JOIN, "m_sessions.value(request.person) >= m_sessionsPerPerson)",
        "false && m_sessions.value(request.person) >= m_sessionsPerPerson)"),
    limit("send_queue_bytes", CHANNEL, "if (queued > 0 && queued + frames.size() > m_limits.sendQueueBytes) {",
          "if (false && (queued > 0 && queued + frames.size() > m_limits.sendQueueBytes)) {"),
    limit("send_stall", CHANNEL, "    } else if (isStalled(now)) {", "    } else if (false && (isStalled(now))) {"),
    limit("heartbeat_timeout", CHANNEL, "if (now - m_lastHeard >= m_limits.heartbeatTimeout) {",
        "if (false && (now - m_lastHeard >= m_limits.heartbeatTimeout)) {"),
    row("limit", "history_ring", MODEL + "historyring.cpp", "    if (m_messages.size() > m_capacity)\n",
        "    if (false)\n",
        "tst_historyring"),
    limit("history_bytes", BUDGET, "while (m_ledger.total() > m_bound) {",
        "while (false && m_ledger.total() > m_bound) {"),
    row("limit", "history_bytes, the largest room pays", BUDGET,
        "auto &largest = static_cast<Room &>(*m_ledger.largest());", "Room &largest = room;",
        "tst_historybudget", "whoHasTheMostForgets"),
    # --- the chat ---------------------------------------------------------------------------------
    row("chat", "a repeat waits for the end of a replay", SESSION, "    if (!m_replay) {", "    if (!m_replay || true) {",
        "tst_replaypages", "repeatedCidDuringPages"),
)

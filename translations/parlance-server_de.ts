<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>ErrorText</name>
    <message>
        <source>The request could not be understood.</source>
        <translation>Die Anfrage war nicht zu verstehen.</translation>
    </message>
    <message>
        <source>A value is out of its range.</source>
        <translation>Ein Wert liegt außerhalb seines Bereichs.</translation>
    </message>
    <message>
        <source>That name is not allowed.</source>
        <translation>Dieser Name ist nicht erlaubt.</translation>
    </message>
    <message>
        <source>The command is not known.</source>
        <translation>Der Befehl ist nicht bekannt.</translation>
    </message>
    <message>
        <source>There was no text.</source>
        <translation>Es war kein Text da.</translation>
    </message>
    <message>
        <source>The text is too long. Shorten it.</source>
        <translation>Der Text ist zu lang. Kürze ihn.</translation>
    </message>
    <message>
        <source>The request is too large.</source>
        <translation>Die Anfrage ist zu groß.</translation>
    </message>
    <message>
        <source>Too much in too short a time.</source>
        <translation>Zu viel in zu kurzer Zeit.</translation>
    </message>
    <message>
        <source>It is not there any more.</source>
        <translation>Das gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>This address does not do that.</source>
        <translation>Diese Adresse kann das nicht.</translation>
    </message>
    <message>
        <source>This kind of content is not taken.</source>
        <translation>Diese Art von Inhalt wird nicht angenommen.</translation>
    </message>
    <message>
        <source>Not logged in.</source>
        <translation>Nicht angemeldet.</translation>
    </message>
    <message>
        <source>Not allowed.</source>
        <translation>Nicht erlaubt.</translation>
    </message>
    <message>
        <source>Removed from the room and not yet allowed back.</source>
        <translation>Aus dem Raum entfernt und noch nicht wieder zugelassen.</translation>
    </message>
    <message>
        <source>The room is frozen.</source>
        <translation>Der Raum ist eingefroren.</translation>
    </message>
    <message>
        <source>The room is locked.</source>
        <translation>Der Raum ist geschlossen.</translation>
    </message>
    <message>
        <source>The same message was sent with another text.</source>
        <translation>Dieselbe Nachricht wurde mit anderem Text geschickt.</translation>
    </message>
    <message>
        <source>Too many connections.</source>
        <translation>Zu viele Verbindungen.</translation>
    </message>
    <message>
        <source>Too many rooms are open.</source>
        <translation>Zu viele Räume sind offen.</translation>
    </message>
    <message>
        <source>Too many windows of one person.</source>
        <translation>Zu viele Fenster einer Person.</translation>
    </message>
    <message>
        <source>Not in a room.</source>
        <translation>In keinem Raum.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Die Festplatte ist voll.</translation>
    </message>
    <message>
        <source>The server is stopping.</source>
        <translation>Der Server hält gerade an.</translation>
    </message>
    <message>
        <source>Another program uses the port.</source>
        <translation>Ein anderes Programm benutzt den Port.</translation>
    </message>
    <message>
        <source>Another server uses the data directory.</source>
        <translation>Ein anderer Server benutzt das Datenverzeichnis.</translation>
    </message>
    <message>
        <source>The stored data cannot be used.</source>
        <translation>Die gespeicherten Daten sind nicht benutzbar.</translation>
    </message>
    <message>
        <source>The server could not do it.</source>
        <translation>Der Server konnte es nicht tun.</translation>
    </message>
    <message>
        <source>Port %1 is used by another program. Choose another port.</source>
        <translation>Port %1 wird von einem anderen Programm benutzt. Wähle einen anderen Port.</translation>
    </message>
    <message>
        <source>Port %1 may not be used by this account. Choose a port from 1024 on.</source>
        <translation>Port %1 darf dieses Benutzerkonto nicht verwenden. Wähle einen Port ab 1024.</translation>
    </message>
    <message>
        <source>The server could not start. Try again, or choose another port.</source>
        <translation>Der Server konnte nicht starten. Versuche es noch einmal oder wähle einen anderen Port.</translation>
    </message>
    <message>
        <source>The server could not start: %1</source>
        <translation>Der Server konnte nicht starten: %1</translation>
    </message>
    <message>
        <source>The server does not answer at the moment.</source>
        <translation>Der Server antwortet im Moment nicht.</translation>
    </message>
    <message>
        <source>The disk is full: nobody can write, reading goes on. Free some space; writing then goes on by itself.</source>
        <translation>Die Platte ist voll: Niemand kann schreiben, Lesen geht weiter. Geben Sie Platz frei; das Schreiben geht dann von selbst weiter.</translation>
    </message>
    <message>
        <source>The database does not answer: nobody can write. It is tried again all the time; the server&apos;s log says more.</source>
        <translation>Die Datenbank antwortet nicht: Niemand kann schreiben. Der Server versucht es ständig neu; sein Protokoll sagt mehr.</translation>
    </message>
</context>
<context>
    <name>FilteredLog</name>
    <message>
        <source>joined</source>
        <translation>ist gekommen</translation>
    </message>
    <message>
        <source>left</source>
        <translation>ist gegangen</translation>
    </message>
    <message>
        <source>left: %1</source>
        <translation>ist gegangen: %1</translation>
    </message>
    <message>
        <source>… 1 message not shown</source>
        <translation>… 1 Nachricht nicht gezeigt</translation>
    </message>
    <message>
        <source>… %1 messages not shown</source>
        <translation>… %1 Nachrichten nicht gezeigt</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>%1 (edited)</source>
        <translation>%1 (bearbeitet)</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <comment>minutes and seconds</comment>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <comment>hours and minutes</comment>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <comment>days and hours</comment>
        <translation>%1 T %2 h</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 Person</translation>
    </message>
    <message numerus="yes">
        <source>%Ln people</source>
        <translation>
            <numerusform>%Ln Person</numerusform>
            <numerusform>%Ln Personen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Hält an …</translation>
    </message>
    <message>
        <source>messages in memory only</source>
        <translation>Nachrichten nur im Arbeitsspeicher</translation>
    </message>
    <message>
        <source>messages stored (fast)</source>
        <translation>Nachrichten gespeichert (schnell)</translation>
    </message>
    <message>
        <source>messages stored (durable)</source>
        <translation>Nachrichten gespeichert (sicher)</translation>
    </message>
    <message>
        <source>storage: %1</source>
        <translation>Speicherung: %1</translation>
    </message>
</context>
<context>
    <name>Parlance::ActionReporter</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The server stopped before it answered.</source>
        <translation>Der Server hielt an, bevor er antwortete.</translation>
    </message>
    <message>
        <source>and %1 more.</source>
        <translation>und %1 weitere.</translation>
    </message>
</context>
<context>
    <name>Parlance::ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>Parlance::ConsoleStatusBar</name>
    <message>
        <source>Connections: %1</source>
        <translation>Verbindungen: %1</translation>
    </message>
    <message>
        <source>Rooms: %1</source>
        <translation>Räume: %1</translation>
    </message>
    <message>
        <source>Messages/s: %1</source>
        <translation>Nachrichten/s: %1</translation>
    </message>
    <message>
        <source>Memory: %1</source>
        <translation>Speicher: %1</translation>
    </message>
</context>
<context>
    <name>Parlance::ConsoleWindow</name>
    <message>
        <source>Parlance Server</source>
        <translation>Parlance-Server</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Start the server</source>
        <translation>Den Server starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop the server</source>
        <translation>Den Server anhalten</translation>
    </message>
    <message>
        <source>Notice…</source>
        <translation>Mitteilung …</translation>
    </message>
    <message>
        <source>Tell everybody or one room something (Ctrl+N)</source>
        <translation>Allen oder einem Raum etwas mitteilen (Strg+N)</translation>
    </message>
    <message>
        <source>Join QR</source>
        <translation>Beitrittscode</translation>
    </message>
    <message>
        <source>Show the join code in large (Ctrl+J)</source>
        <translation>Den Beitrittscode groß zeigen (Strg+J)</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation>%1 (Strg+%2)</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Räume</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>%1 (Ctrl+F)</source>
        <translation>%1 (Strg+F)</translation>
    </message>
    <message>
        <source>The server is stopped. Rooms, people and messages are shown as they were at %1.</source>
        <translation>Der Server ist angehalten. Räume, Personen und Nachrichten sind so zu sehen, wie sie um %1 waren.</translation>
    </message>
    <message>
        <source>Stop the server?</source>
        <translation>Den Server anhalten?</translation>
    </message>
    <message>
        <source>&amp;Stop Server</source>
        <translation>Server &amp;anhalten</translation>
    </message>
    <message>
        <source>Connected now: %1. They are told and disconnected, and come back when the server starts again.</source>
        <translation>Jetzt verbunden: %1. Sie werden benachrichtigt und getrennt und kommen wieder, wenn der Server erneut startet.</translation>
    </message>
    <message>
        <source>Close the window and stop the server?</source>
        <translation>Das Fenster schließen und den Server anhalten?</translation>
    </message>
    <message>
        <source>&amp;Stop and Close</source>
        <translation>&amp;Anhalten und schließen</translation>
    </message>
    <message>
        <source>Messages are stored again.</source>
        <translation>Nachrichten werden wieder gespeichert.</translation>
    </message>
</context>
<context>
    <name>Parlance::CountersCard</name>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Räume</translation>
    </message>
    <message>
        <source>Messages/s</source>
        <translation>Nachrichten/s</translation>
    </message>
    <message>
        <source>Deliveries/s</source>
        <translation>Zustellungen/s</translation>
    </message>
    <message>
        <source>Refusals</source>
        <translation>Abweisungen</translation>
    </message>
    <message>
        <source>Uptime</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>In all rooms together; somebody in two rooms counts twice</source>
        <translation>In allen Räumen zusammen; wer in zwei Räumen ist, zählt zweimal</translation>
    </message>
    <message>
        <source>Open windows and programs</source>
        <translation>Offene Fenster und Programme</translation>
    </message>
    <message>
        <source>Messages sent out, one for each who receives it</source>
        <translation>Verschickte Nachrichten, eine für jeden, der sie bekommt</translation>
    </message>
</context>
<context>
    <name>Parlance::JoinCard</name>
    <message>
        <source>&amp;Start Server</source>
        <translation>Server &amp;starten</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>&amp;Addresses of the chat</source>
        <translation>&amp;Adressen des Chats</translation>
    </message>
    <message>
        <source>Co&amp;py</source>
        <translation>Ko&amp;pieren</translation>
    </message>
    <message>
        <source>Copies the address to the clipboard</source>
        <translation>Kopiert die Adresse in die Zwischenablage</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Opens the chat page in your browser</source>
        <translation>Öffnet die Chat-Seite in deinem Browser</translation>
    </message>
    <message>
        <source>&amp;Large Code</source>
        <translation>&amp;Großer Code</translation>
    </message>
    <message>
        <source>Nobody can reach the chat. Start it to get addresses and a join code.</source>
        <translation>Niemand kann den Chat erreichen. Starte ihn, um Adressen und einen Beitrittscode zu erhalten.</translation>
    </message>
    <message>
        <source>&amp;Port:</source>
        <translation>&amp;Port:</translation>
    </message>
    <message>
        <source>any free</source>
        <translation>irgendein freier</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>The server is stopped</source>
        <translation>Der Server ist angehalten</translation>
    </message>
    <message>
        <source>The server is starting…</source>
        <translation>Der Server startet …</translation>
    </message>
    <message>
        <source>The server is stopping…</source>
        <translation>Der Server hält an …</translation>
    </message>
    <message>
        <source>Nobody is here yet. Show this code or send the address.</source>
        <translation>Noch ist niemand hier. Zeig diesen Code oder verschicke die Adresse.</translation>
    </message>
    <message>
        <source>Here now: %1</source>
        <translation>Jetzt hier: %1</translation>
    </message>
</context>
<context>
    <name>Parlance::JoinDialog</name>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>Scan this code with a phone in the same network, or type the address into a browser.</source>
        <translation>Scanne diesen Code mit einem Telefon im selben Netz, oder gib die Adresse in einen Browser ein.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Parlance::KickDialog</name>
    <message>
        <source>at once</source>
        <translation>sofort</translation>
    </message>
    <message>
        <source>after 1 minute</source>
        <translation>nach 1 Minute</translation>
    </message>
    <message>
        <source>after 10 minutes</source>
        <translation>nach 10 Minuten</translation>
    </message>
    <message>
        <source>after 1 hour</source>
        <translation>nach 1 Stunde</translation>
    </message>
    <message>
        <source>after 1 day</source>
        <translation>nach 1 Tag</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>nach %1</translation>
    </message>
    <message>
        <source>May come back</source>
        <translation>Darf zurückkommen</translation>
    </message>
    <message>
        <source>May come &amp;back:</source>
        <translation>Darf &amp;zurückkommen:</translation>
    </message>
    <message>
        <source>Spam</source>
        <translation>Spam</translation>
    </message>
    <message>
        <source>Insults</source>
        <translation>Beleidigungen</translation>
    </message>
    <message>
        <source>Off topic</source>
        <translation>Gehört nicht hierher</translation>
    </message>
    <message>
        <source>Please choose another name</source>
        <translation>Bitte wähle einen anderen Namen</translation>
    </message>
    <message>
        <source>Please close the windows that you do not use</source>
        <translation>Bitte schließe die Fenster, die du nicht benutzt</translation>
    </message>
    <message>
        <source>Kick</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove %1 from the room %2?</source>
        <translation>%1 aus dem Raum %2 entfernen?</translation>
    </message>
    <message>
        <source>All windows of this person in the room are closed.</source>
        <translation>Alle Fenster dieser Person in diesem Raum werden geschlossen.</translation>
    </message>
    <message>
        <source>&amp;Kick</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 aus %2</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>… und %1 weitere</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>%1 entfernen?</translation>
    </message>
    <message>
        <source>&amp;Kick %1</source>
        <translation>%1 &amp;entfernen</translation>
    </message>
</context>
<context>
    <name>Parlance::LogView</name>
    <message>
        <source>Jump to newest</source>
        <translation>Zum Neuesten</translation>
    </message>
    <message>
        <source>Jump to newest (%1)</source>
        <translation>Zum Neuesten (%1)</translation>
    </message>
</context>
<context>
    <name>Parlance::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>Parlance::MessageLogModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
</context>
<context>
    <name>Parlance::MessagesPage</name>
    <message>
        <source>All rooms</source>
        <translation>Alle Räume</translation>
    </message>
    <message>
        <source>&amp;Joins and leaves</source>
        <translation>&amp;Kommen und Gehen</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Select a message to read all of it.</source>
        <translation>Wähle eine Nachricht aus, um sie ganz zu lesen.</translation>
    </message>
    <message>
        <source>The whole message</source>
        <translation>Die ganze Nachricht</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Only the &amp;Room %1</source>
        <translation>Nur der &amp;Raum %1</translation>
    </message>
    <message>
        <source>&amp;Kick %1…</source>
        <translation>%1 &amp;entfernen …</translation>
    </message>
    <message>
        <source>No message matches. New ones that do will appear here.</source>
        <translation>Keine Nachricht passt. Neue, die passen, erscheinen hier.</translation>
    </message>
    <message>
        <source>Nothing has been said yet. Messages appear here as they are sent.</source>
        <translation>Noch wurde nichts gesagt. Nachrichten erscheinen hier, sobald sie geschrieben werden.</translation>
    </message>
    <message>
        <source>The server is stopped.</source>
        <translation>Der Server ist angehalten.</translation>
    </message>
    <message>
        <source>Filter messages</source>
        <translation>Nachrichten filtern</translation>
    </message>
</context>
<context>
    <name>Parlance::NoticeDialog</name>
    <message>
        <source>Stays until &amp;dismissed</source>
        <translation>Bleibt, bis sie &amp;geschlossen wird</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>&amp;Send Notice</source>
        <translation>Mitteilung &amp;senden</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Mitteilung</translation>
    </message>
    <message>
        <source>For example: The server restarts at noon.</source>
        <translation>Zum Beispiel: Der Server startet mittags neu.</translation>
    </message>
    <message>
        <source>Text of the notice</source>
        <translation>Text der Mitteilung</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Dringend</translation>
    </message>
    <message>
        <source>How urgent it is</source>
        <translation>Wie dringend sie ist</translation>
    </message>
    <message>
        <source>To whom it goes</source>
        <translation>An wen sie geht</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;To:</source>
        <translation>&amp;An:</translation>
    </message>
    <message>
        <source>Te&amp;xt:</source>
        <translation>Te&amp;xt:</translation>
    </message>
    <message>
        <source>&amp;Urgency:</source>
        <translation>&amp;Dringlichkeit:</translation>
    </message>
    <message>
        <source>Preview:</source>
        <translation>Vorschau:</translation>
    </message>
    <message>
        <source>Shown in the Parlance page and desktop client; other programs do not show notices.</source>
        <translation>Zu sehen auf der Parlance-Seite und im Parlance-Programm; andere Programme zeigen keine Mitteilungen.</translation>
    </message>
</context>
<context>
    <name>Parlance::NoticePreview</name>
    <message>
        <source>Notice</source>
        <translation>Mitteilung</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Dringend</translation>
    </message>
    <message>
        <source>(no text yet)</source>
        <translation>(noch kein Text)</translation>
    </message>
</context>
<context>
    <name>Parlance::OperatorActions</name>
    <message>
        <source>%1 was removed from %2.</source>
        <translation>%1 wurde aus %2 entfernt.</translation>
    </message>
    <message>
        <source>%1 was not removed from %2.</source>
        <translation>%1 wurde nicht aus %2 entfernt.</translation>
    </message>
    <message>
        <source>Nobody of that name is there any more.</source>
        <translation>Niemand mit diesem Namen ist noch da.</translation>
    </message>
    <message>
        <source>Removed: %1.</source>
        <translation>Entfernt: %1.</translation>
    </message>
    <message>
        <source>Not all were removed.</source>
        <translation>Nicht alle wurden entfernt.</translation>
    </message>
    <message>
        <source>not there any more.</source>
        <translation>nicht mehr da.</translation>
    </message>
    <message>
        <source>Close Room</source>
        <translation>Raum schließen</translation>
    </message>
    <message>
        <source>Close the room %1?</source>
        <translation>Den Raum %1 schließen?</translation>
    </message>
    <message>
        <source>Sent out: %1. The room opens again for the next who joins.</source>
        <translation>Hinausgeschickt: %1. Der Raum öffnet sich wieder für den Nächsten, der ihn betritt.</translation>
    </message>
    <message>
        <source>&amp;Close Room</source>
        <translation>Raum &amp;schließen</translation>
    </message>
    <message>
        <source>The meeting is over</source>
        <translation>Das Treffen ist zu Ende</translation>
    </message>
    <message>
        <source>Please go on in another room</source>
        <translation>Bitte mach in einem anderen Raum weiter</translation>
    </message>
    <message>
        <source>The room %1 was closed.</source>
        <translation>Der Raum %1 wurde geschlossen.</translation>
    </message>
    <message>
        <source>The room %1 was not closed.</source>
        <translation>Der Raum %1 wurde nicht geschlossen.</translation>
    </message>
    <message>
        <source>It is not open any more.</source>
        <translation>Er ist nicht mehr offen.</translation>
    </message>
    <message>
        <source>The notice was sent to everybody.</source>
        <translation>Die Mitteilung ging an alle.</translation>
    </message>
    <message>
        <source>The notice was sent to %1.</source>
        <translation>Die Mitteilung ging an %1.</translation>
    </message>
    <message>
        <source>The notice was not sent; its text is kept.</source>
        <translation>Die Mitteilung wurde nicht gesendet; ihr Text bleibt erhalten.</translation>
    </message>
    <message>
        <source>The room is not open any more.</source>
        <translation>Der Raum ist nicht mehr offen.</translation>
    </message>
</context>
<context>
    <name>Parlance::OverviewPage</name>
    <message>
        <source>Messages per second</source>
        <translation>Nachrichten je Sekunde</translation>
    </message>
    <message>
        <source>Time shown</source>
        <translation>Gezeigter Zeitraum</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1 Minute</translation>
    </message>
    <message>
        <source>5 minutes</source>
        <translation>5 Minuten</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
</context>
<context>
    <name>Parlance::QrCodeWidget</name>
    <message>
        <source>QR code</source>
        <translation>QR-Code</translation>
    </message>
</context>
<context>
    <name>Parlance::ReasonDialog</name>
    <message>
        <source>Shown to the person; may stay empty</source>
        <translation>Sieht die Person; darf leer bleiben</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>&amp;Reason:</source>
        <translation>&amp;Grund:</translation>
    </message>
</context>
<context>
    <name>Parlance::RefusalsCard</name>
    <message>
        <source>Refused lately</source>
        <translation>Zuletzt abgewiesen</translation>
    </message>
    <message>
        <source>Nothing was refused.</source>
        <translation>Nichts wurde abgewiesen.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>What was wrong</source>
        <translation>Was nicht stimmte</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>Parlance::RoomTableModel</name>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Last activity</source>
        <translation>Zuletzt aktiv</translation>
    </message>
</context>
<context>
    <name>Parlance::RoomsPage</name>
    <message>
        <source>Show &amp;Messages</source>
        <translation>&amp;Nachrichten zeigen</translation>
    </message>
    <message>
        <source>&amp;Notice to Room…</source>
        <translation>&amp;Mitteilung an den Raum …</translation>
    </message>
    <message>
        <source>&amp;Close Room…</source>
        <translation>Raum &amp;schließen …</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Räume</translation>
    </message>
    <message>
        <source>Rooms: %1</source>
        <translation>Räume: %1</translation>
    </message>
    <message>
        <source>Rooms: %1 of %2</source>
        <translation>Räume: %1 von %2</translation>
    </message>
    <message>
        <source>No room has that in its name. Clear the filter to see all.</source>
        <translation>Kein Raum hat das im Namen. Leere den Filter, um alle zu sehen.</translation>
    </message>
    <message>
        <source>No room is open. A room opens as soon as somebody joins it.</source>
        <translation>Kein Raum ist offen. Ein Raum öffnet sich, sobald ihn jemand betritt.</translation>
    </message>
    <message>
        <source>The server is stopped.</source>
        <translation>Der Server ist angehalten.</translation>
    </message>
    <message>
        <source>Filter rooms</source>
        <translation>Räume filtern</translation>
    </message>
</context>
<context>
    <name>Parlance::SessionTableModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Connected since</source>
        <translation>Verbunden seit</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
</context>
<context>
    <name>Parlance::SessionsPage</name>
    <message>
        <source>&amp;Kick…</source>
        <translation>&amp;Entfernen …</translation>
    </message>
    <message>
        <source>&amp;Copy as CSV</source>
        <translation>Als CSV &amp;kopieren</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Copies the selected rows, or all of them where none is selected</source>
        <translation>Kopiert die ausgewählten Zeilen, oder alle, wenn keine ausgewählt ist</translation>
    </message>
    <message>
        <source>Sessions: %1</source>
        <translation>Sitzungen: %1</translation>
    </message>
    <message>
        <source>Sessions: %1 of %2</source>
        <translation>Sitzungen: %1 von %2</translation>
    </message>
    <message>
        <source>%1, %2 selected</source>
        <translation>%1, %2 ausgewählt</translation>
    </message>
    <message>
        <source>Nobody matches the filter. Clear it to see all.</source>
        <translation>Niemand passt zum Filter. Leere ihn, um alle zu sehen.</translation>
    </message>
    <message>
        <source>Nobody is here yet. Show the join code or send the address.</source>
        <translation>Noch ist niemand hier. Zeig den Beitrittscode oder verschicke die Adresse.</translation>
    </message>
    <message>
        <source>The server is stopped.</source>
        <translation>Der Server ist angehalten.</translation>
    </message>
    <message>
        <source>Filter people</source>
        <translation>Personen filtern</translation>
    </message>
</context>
<context>
    <name>Parlance::Sparkline</name>
    <message>
        <source>Now %1, highest %2 in the last %3</source>
        <translation>Jetzt %1, höchstens %2 in den letzten %3</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1 s</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
</context>
<context>
    <name>SortedSessions</name>
    <message>
        <source>Parlance client</source>
        <translation>Parlance-Programm</translation>
    </message>
    <message>
        <source>Plain client</source>
        <translation>Einfaches Programm</translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>Parlance::Client::Bar</name>
    <message>
        <source>Put away</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::CommandLine</name>
    <message>
        <source>Desktop client of Parlance, a self-hosted chat.</source>
        <translation>Desktop-Programm für Parlance, einen selbst betriebenen Chat.</translation>
    </message>
    <message>
        <source>Server to connect to, for example 192.168.1.5:8000 or https://chat.example.</source>
        <translation>Server, zu dem verbunden wird, zum Beispiel 192.168.1.5:8000 oder https://chat.example.</translation>
    </message>
    <message>
        <source>Name to be known by.</source>
        <translation>Name, unter dem die anderen einen sehen.</translation>
    </message>
    <message>
        <source>Room to join; may be given more than once.</source>
        <translation>Raum, der betreten wird; darf mehrmals angegeben werden.</translation>
    </message>
    <message>
        <source>parlance: %1
Try &apos;parlance --help&apos;.</source>
        <translation>parlance: %1
Hilfe gibt »parlance --help«.</translation>
    </message>
    <message>
        <source>unexpected argument &quot;%1&quot;</source>
        <translation>unerwartetes Argument »%1«</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no server address</source>
        <translation>»%1« ist keine Serveradresse</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be a name</source>
        <translation>»%1« kann kein Name sein</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be the name of a room</source>
        <translation>»%1« kann kein Raumname sein</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::ComposerPanel</name>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>Senden (Eingabetaste)</translation>
    </message>
    <message numerus="yes">
        <source>%n too many</source>
        <translation>
            <numerusform>%n zu viel</numerusform>
            <numerusform>%n zu viel</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <comment>characters of so many</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>You are not in this room.</source>
        <translation>Du bist nicht in diesem Raum.</translation>
    </message>
    <message>
        <source>Offline: what you send now is delivered later.</source>
        <translation>Offline: Was du jetzt sendest, wird später zugestellt.</translation>
    </message>
    <message>
        <source>Message to %1</source>
        <translation>Nachricht an %1</translation>
    </message>
    <message>
        <source>This room is frozen: nobody may write at the moment.</source>
        <translation>Dieser Raum ist eingefroren: Zurzeit darf niemand schreiben.</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::ConnectDialog</name>
    <message>
        <source>Connect to a server</source>
        <translation>Mit einem Server verbinden</translation>
    </message>
    <message>
        <source>Address of the server</source>
        <translation>Adresse des Servers</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Dein Name</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>Your &amp;name</source>
        <translation>Dein &amp;Name</translation>
    </message>
    <message>
        <source>&amp;Room</source>
        <translation>&amp;Raum</translation>
    </message>
    <message>
        <source>Whoever runs the server can tell you its address. Choose any name; the others will see it.</source>
        <translation>Die Adresse nennt dir, wer den Server betreibt. Den Namen wählst du frei; die anderen sehen ihn.</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::LinkPrompt</name>
    <message>
        <source>Open link</source>
        <translation>Link öffnen</translation>
    </message>
    <message>
        <source>Open this address of %1 in the browser?</source>
        <translation>Diese Adresse von %1 im Browser öffnen?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::MainWindow</name>
    <message>
        <source>Not connected to a server.</source>
        <translation>Mit keinem Server verbunden.</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>Verbinden …</translation>
    </message>
    <message>
        <source>&amp;Chat</source>
        <translation>&amp;Chat</translation>
    </message>
    <message>
        <source>&amp;Connect…</source>
        <translation>&amp;Verbinden …</translation>
    </message>
    <message>
        <source>&amp;Go to a room…</source>
        <translation>&amp;Zu einem Raum …</translation>
    </message>
    <message>
        <source>&amp;Leave this room</source>
        <translation>Raum ver&amp;lassen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Rooms</source>
        <translation>&amp;Räume</translation>
    </message>
    <message>
        <source>&amp;People</source>
        <translation>&amp;Personen</translation>
    </message>
    <message>
        <source>&amp;Message box</source>
        <translation>&amp;Eingabefeld</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keyboard</source>
        <translation>&amp;Tastatur</translation>
    </message>
    <message>
        <source>&amp;About Parlance</source>
        <translation>&amp;Über Parlance</translation>
    </message>
    <message>
        <source>About Parlance</source>
        <translation>Über Parlance</translation>
    </message>
    <message>
        <source>Parlance %1, the desktop client of a self-hosted chat.

Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Parlance %1, das Desktop-Programm eines selbst betriebenen Chats.

Freie Software unter der GNU General Public License, Version 3 oder neuer.</translation>
    </message>
    <message>
        <source>Connected to %1, version %2.</source>
        <translation>Verbunden mit %1, Version %2.</translation>
    </message>
    <message>
        <source>%1 - Parlance</source>
        <comment>room</comment>
        <translation>%1 - Parlance</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::MessageLayout</name>
    <message>
        <source>Show the whole message</source>
        <translation>Ganze Nachricht zeigen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut senden</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation>Nicht gesendet: %1</translation>
    </message>
    <message>
        <source>Some messages are missing here</source>
        <translation>Hier fehlen einige Nachrichten</translation>
    </message>
    <message>
        <source>New messages</source>
        <translation>Neue Nachrichten</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::MessageListView</name>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Zur neuesten</translation>
    </message>
    <message>
        <source>1 new message</source>
        <translation>1 neue Nachricht</translation>
    </message>
    <message numerus="yes">
        <source>%n new messages</source>
        <translation>
            <numerusform>%n neue Nachricht</numerusform>
            <numerusform>%n neue Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>Goes to the newest message</source>
        <translation>Springt zur neuesten Nachricht</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut senden</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Open link…</source>
        <translation>Link öffnen …</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Open %1…</source>
        <translation>%1 öffnen …</translation>
    </message>
    <message>
        <source>Select text…</source>
        <translation>Text auswählen …</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::MessagePresenter</name>
    <message>
        <source>some messages are missing here</source>
        <translation>hier fehlen einige Nachrichten</translation>
    </message>
    <message>
        <source>new messages</source>
        <translation>neue Nachrichten</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>noch nicht gesendet</translation>
    </message>
    <message>
        <source>not sent: %1</source>
        <translation>nicht gesendet: %1</translation>
    </message>
    <message>
        <source>Message deleted</source>
        <translation>Nachricht gelöscht</translation>
    </message>
    <message>
        <source>%1 (edited)</source>
        <translation>%1 (bearbeitet)</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::NoticeBar</name>
    <message>
        <source>Urgent, from the operator: %1</source>
        <translation>Dringend, vom Betreiber: %1</translation>
    </message>
    <message>
        <source>From the operator: %1</source>
        <translation>Vom Betreiber: %1</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::PeoplePanel</name>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>Filter the people by name</source>
        <translation>Personen nach Namen filtern</translation>
    </message>
    <message>
        <source>People in this room</source>
        <translation>Personen in diesem Raum</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::PersonDelegate</name>
    <message>
        <source>you</source>
        <translation>du</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::RoomPage</name>
    <message>
        <source>Show older messages</source>
        <translation>Ältere Nachrichten zeigen</translation>
    </message>
    <message>
        <source>Loading older messages…</source>
        <translation>Ältere Nachrichten werden geladen …</translation>
    </message>
    <message>
        <source>The older messages could not be loaded. Try again</source>
        <translation>Die älteren Nachrichten konnten nicht geladen werden. Erneut versuchen</translation>
    </message>
    <message>
        <source>Nothing has been said here yet.
Write the first message below.</source>
        <translation>Hier wurde noch nichts gesagt.
Schreib unten die erste Nachricht.</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::RoomSwitcher</name>
    <message>
        <source>Go to a room</source>
        <translation>Zu einem Raum</translation>
    </message>
    <message>
        <source>Name of a room</source>
        <translation>Name eines Raums</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Räume</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::RoomsPanel</name>
    <message>
        <source>Your rooms</source>
        <translation>Deine Räume</translation>
    </message>
    <message>
        <source>Rooms on this server</source>
        <translation>Räume auf diesem Server</translation>
    </message>
    <message>
        <source>Name of a room</source>
        <translation>Name eines Raums</translation>
    </message>
    <message>
        <source>Name of the room to join or open</source>
        <translation>Name des Raums, der betreten oder eröffnet wird</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Betreten</translation>
    </message>
    <message>
        <source>On this server</source>
        <translation>Auf diesem Server</translation>
    </message>
    <message>
        <source>No other room is in use. Open one below.</source>
        <translation>Kein anderer Raum ist in Gebrauch. Unten kannst du einen eröffnen.</translation>
    </message>
    <message>
        <source>You are in as many rooms as this program allows. Leave one first.</source>
        <translation>Du bist in so vielen Räumen, wie dieses Programm erlaubt. Verlasse zuerst einen.</translation>
    </message>
    <message>
        <source>Leave this room</source>
        <translation>Raum verlassen</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::SessionView</name>
    <message>
        <source>You are in no room.
Choose one from the list, or open a new one.</source>
        <translation>Du bist in keinem Raum.
Wähle einen aus der Liste oder eröffne einen neuen.</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::ShortcutsDialog</name>
    <message>
        <source>Send the message</source>
        <translation>Nachricht senden</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>Neue Zeile</translation>
    </message>
    <message>
        <source>In an empty box: the text sent last</source>
        <translation>Im leeren Feld: der zuletzt gesendete Text</translation>
    </message>
    <message>
        <source>Complete a name, else go to the next control</source>
        <translation>Namen vervollständigen, sonst zum nächsten Bedienelement</translation>
    </message>
    <message>
        <source>Back to the message box</source>
        <translation>Zurück zum Eingabefeld</translation>
    </message>
    <message>
        <source>Go to a room by name, or join it</source>
        <translation>Zu einem Raum nach Namen gehen oder ihn betreten</translation>
    </message>
    <message>
        <source>Previous or next room</source>
        <translation>Voriger oder nächster Raum</translation>
    </message>
    <message>
        <source>Next room</source>
        <translation>Nächster Raum</translation>
    </message>
    <message>
        <source>Previous or next room with unread messages</source>
        <translation>Voriger oder nächster Raum mit ungelesenen Nachrichten</translation>
    </message>
    <message>
        <source>The first to ninth room</source>
        <translation>Der erste bis neunte Raum</translation>
    </message>
    <message>
        <source>In the messages: the newest</source>
        <translation>In den Nachrichten: die neueste</translation>
    </message>
    <message>
        <source>In the messages: copy those selected</source>
        <translation>In den Nachrichten: die ausgewählten kopieren</translation>
    </message>
    <message>
        <source>Show or hide the people</source>
        <translation>Personen ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show or hide the rooms</source>
        <translation>Räume ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Connect to a server</source>
        <translation>Mit einem Server verbinden</translation>
    </message>
    <message>
        <source>Hide the window, or leave the room where there is no tray</source>
        <translation>Fenster verbergen; ohne Infobereich: Raum verlassen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Diese Liste</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::TextDialog</name>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Message of %1</source>
        <translation>Nachricht von %1</translation>
    </message>
    <message>
        <source>Text of the message</source>
        <translation>Text der Nachricht</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::TopBar</name>
    <message>
        <source>Show or hide the rooms</source>
        <translation>Räume ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show or hide the people</source>
        <translation>Personen ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Parlance</source>
        <translation>Parlance</translation>
    </message>
    <message>
        <source>Join a room to begin.</source>
        <translation>Betritt einen Raum, um zu beginnen.</translation>
    </message>
    <message>
        <source>you are %1</source>
        <translation>du bist %1</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>unverschlüsselt</translation>
    </message>
</context>
<context>
    <name>Parlance::Client::TrayIcon</name>
    <message>
        <source>Status: %1</source>
        <translation>Status: %1</translation>
    </message>
    <message>
        <source>Show Parlance</source>
        <translation>Parlance zeigen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>author, message</comment>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n new messages in several rooms</source>
        <translation>
            <numerusform>%n neue Nachricht in mehreren Räumen</numerusform>
            <numerusform>%n neue Nachrichten in mehreren Räumen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new messages in %1</source>
        <translation>
            <numerusform>%n neue Nachricht in %1</numerusform>
            <numerusform>%n neue Nachrichten in %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::Client::Words</name>
    <message>
        <source>There is no host of that name.</source>
        <translation>Einen Rechner dieses Namens gibt es nicht.</translation>
    </message>
    <message>
        <source>No server answers at that address.</source>
        <translation>Unter dieser Adresse antwortet kein Server.</translation>
    </message>
    <message>
        <source>The server cannot be reached.</source>
        <translation>Der Server ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>Der Server antwortet nicht.</translation>
    </message>
    <message>
        <source>What answers there is no Parlance server.</source>
        <translation>Was dort antwortet, ist kein Parlance-Server.</translation>
    </message>
    <message>
        <source>The server speaks another version of the protocol.</source>
        <translation>Der Server spricht eine andere Version des Protokolls.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted: %1</source>
        <translation>Dem Zertifikat des Servers wird nicht vertraut: %1</translation>
    </message>
    <message>
        <source>The connection was lost.</source>
        <translation>Die Verbindung ist abgerissen.</translation>
    </message>
    <message>
        <source>The server fell silent.</source>
        <translation>Der Server ist verstummt.</translation>
    </message>
    <message>
        <source>The server is restarting.</source>
        <translation>Der Server startet neu.</translation>
    </message>
    <message>
        <source>The server is full.</source>
        <translation>Der Server ist voll.</translation>
    </message>
    <message>
        <source>This connection was too slow for the room.</source>
        <translation>Diese Verbindung war für den Raum zu langsam.</translation>
    </message>
    <message>
        <source>Too much was sent in a short time.</source>
        <translation>In kurzer Zeit wurde zu viel gesendet.</translation>
    </message>
    <message>
        <source>The server did not understand this program.</source>
        <translation>Der Server hat dieses Programm nicht verstanden.</translation>
    </message>
    <message>
        <source>The server does not accept that name.</source>
        <translation>Der Server nimmt diesen Namen nicht an.</translation>
    </message>
    <message>
        <source>This server wants a login.</source>
        <translation>Dieser Server verlangt eine Anmeldung.</translation>
    </message>
    <message>
        <source>You may not enter this room.</source>
        <translation>Du darfst diesen Raum nicht betreten.</translation>
    </message>
    <message>
        <source>There is no such room.</source>
        <translation>Diesen Raum gibt es nicht.</translation>
    </message>
    <message>
        <source>The server has as many rooms as it allows.</source>
        <translation>Der Server hat so viele Räume, wie er erlaubt.</translation>
    </message>
    <message>
        <source>You came back to this room in another window or on another device.</source>
        <translation>Du bist in einem anderen Fenster oder auf einem anderen Gerät in diesen Raum zurückgekehrt.</translation>
    </message>
    <message>
        <source>This room is locked.</source>
        <translation>Dieser Raum ist abgeschlossen.</translation>
    </message>
    <message>
        <source>You were removed from this room.</source>
        <translation>Du wurdest aus diesem Raum entfernt.</translation>
    </message>
    <message>
        <source>You were removed from this room: %1</source>
        <translation>Du wurdest aus diesem Raum entfernt: %1</translation>
    </message>
    <message>
        <source>Not connected.</source>
        <translation>Nicht verbunden.</translation>
    </message>
    <message>
        <source>Connecting again…</source>
        <translation>Wird erneut verbunden …</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Wird verbunden …</translation>
    </message>
    <message>
        <source>Catching up…</source>
        <translation>Versäumtes wird geholt …</translation>
    </message>
    <message>
        <source>Trying again in %1.</source>
        <translation>Neuer Versuch in %1.</translation>
    </message>
    <message>
        <source>You may come back in %1.</source>
        <translation>Du darfst in %1 zurückkommen.</translation>
    </message>
    <message>
        <source>You may come back.</source>
        <translation>Du darfst zurückkommen.</translation>
    </message>
    <message>
        <source>You may try again in %1.</source>
        <translation>Du darfst es in %1 erneut versuchen.</translation>
    </message>
    <message>
        <source>One message will be sent then.</source>
        <translation>Eine Nachricht wird dann gesendet.</translation>
    </message>
    <message numerus="yes">
        <source>%n messages will be sent then.</source>
        <translation>
            <numerusform>%n Nachricht wird dann gesendet.</numerusform>
            <numerusform>%n Nachrichten werden dann gesendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Rejoin</source>
        <translation>Zurückkehren</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>wird verbunden</translation>
    </message>
    <message>
        <source>catching up</source>
        <translation>holt Versäumtes</translation>
    </message>
    <message>
        <source>online</source>
        <translation>online</translation>
    </message>
    <message>
        <source>reconnecting</source>
        <translation>wird neu verbunden</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>the text is too long</source>
        <translation>der Text ist zu lang</translation>
    </message>
    <message>
        <source>the message is too large</source>
        <translation>die Nachricht ist zu groß</translation>
    </message>
    <message>
        <source>the message is empty</source>
        <translation>die Nachricht ist leer</translation>
    </message>
    <message>
        <source>too many messages in a short time</source>
        <translation>zu viele Nachrichten in kurzer Zeit</translation>
    </message>
    <message>
        <source>you may not speak here at the moment</source>
        <translation>Du darfst hier zurzeit nicht sprechen</translation>
    </message>
    <message>
        <source>the server has another message under the same number</source>
        <translation>der Server hat unter derselben Nummer eine andere Nachricht</translation>
    </message>
    <message>
        <source>you are no longer in this room</source>
        <translation>Du bist nicht mehr in diesem Raum</translation>
    </message>
    <message>
        <source>the server cannot store messages at the moment</source>
        <translation>der Server kann zurzeit keine Nachrichten speichern</translation>
    </message>
    <message>
        <source>the server&apos;s disk is full</source>
        <translation>der Datenträger des Servers ist voll</translation>
    </message>
    <message>
        <source>the server is shutting down</source>
        <translation>der Server wird beendet</translation>
    </message>
    <message>
        <source>the server refused it</source>
        <translation>der Server hat sie abgelehnt</translation>
    </message>
    <message>
        <source>Enter the address of the server, for example 192.168.1.5:8000.</source>
        <translation>Gib die Adresse des Servers ein, zum Beispiel 192.168.1.5:8000.</translation>
    </message>
    <message>
        <source>That is no address. Try something like 192.168.1.5:8000.</source>
        <translation>Das ist keine Adresse. Gemeint ist etwas wie 192.168.1.5:8000.</translation>
    </message>
    <message>
        <source>The address must start with http:// or https://, or with neither.</source>
        <translation>Die Adresse beginnt mit http:// oder https:// oder mit keinem von beiden.</translation>
    </message>
    <message>
        <source>The port is a number from 1 to 65535.</source>
        <translation>Der Port ist eine Zahl von 1 bis 65535.</translation>
    </message>
    <message>
        <source>Enter the name of a room.</source>
        <translation>Gib den Namen eines Raums ein.</translation>
    </message>
    <message>
        <source>Enter the name by which others will know you.</source>
        <translation>Gib den Namen ein, unter dem die anderen dich sehen.</translation>
    </message>
    <message>
        <source>A room&apos;s name has at most 64 characters.</source>
        <translation>Ein Raumname hat höchstens 64 Zeichen.</translation>
    </message>
    <message>
        <source>A name has at most 32 characters.</source>
        <translation>Ein Name hat höchstens 32 Zeichen.</translation>
    </message>
    <message>
        <source>A room&apos;s name may have letters, digits, spaces and . _ - only.</source>
        <translation>Ein Raumname darf nur Buchstaben, Ziffern, Leerzeichen und . _ - enthalten.</translation>
    </message>
    <message>
        <source>A name may have letters, digits, spaces and . _ - only.</source>
        <translation>Ein Name darf nur Buchstaben, Ziffern, Leerzeichen und . _ - enthalten.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>%1, %2 and %3</source>
        <translation>%1, %2 und %3</translation>
    </message>
    <message numerus="yes">
        <source>%1, %2 and %n others</source>
        <translation>
            <numerusform>%1, %2 und %n weitere Person</numerusform>
            <numerusform>%1, %2 und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Several people are writing…</source>
        <translation>Mehrere schreiben gerade …</translation>
    </message>
    <message>
        <source>%1 is writing…</source>
        <translation>%1 schreibt gerade …</translation>
    </message>
    <message>
        <source>%1 are writing…</source>
        <translation>%1 schreiben gerade …</translation>
    </message>
    <message numerus="yes">
        <source>%1 joined</source>
        <translation>
            <numerusform>%1 ist gekommen</numerusform>
            <numerusform>%1 sind gekommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 left</source>
        <translation>
            <numerusform>%1 ist gegangen</numerusform>
            <numerusform>%1 sind gegangen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>who joined, who left</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 Person</translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n Person</numerusform>
            <numerusform>%n Personen</numerusform>
        </translation>
    </message>
    <message>
        <source>1 unread message</source>
        <translation>1 ungelesene Nachricht</translation>
    </message>
    <message numerus="yes">
        <source>%n unread messages</source>
        <translation>
            <numerusform>%n ungelesene Nachricht</numerusform>
            <numerusform>%n ungelesene Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Too many windows are open under this name.</source>
        <translation>Unter diesem Namen sind zu viele Fenster offen.</translation>
    </message>
    <message>
        <source>The server cannot let anybody in at the moment.</source>
        <translation>Der Server kann im Moment niemanden einlassen.</translation>
    </message>
    <message>
        <source>The operator closed this room.</source>
        <translation>Der Raum wurde vom Betreiber geschlossen.</translation>
    </message>
    <message>
        <source>The operator closed this room: %1</source>
        <translation>Der Raum wurde vom Betreiber geschlossen: %1</translation>
    </message>
    <message>
        <source>The server did not let you in.</source>
        <translation>Der Server hat dich nicht eingelassen.</translation>
    </message>
    <message>
        <source>The server did not let you in: %1</source>
        <translation>Der Server hat dich nicht eingelassen: %1</translation>
    </message>
    <message>
        <source>Trying again soon.</source>
        <translation>Gleich wird es erneut versucht.</translation>
    </message>
    <message>
        <source>You may come back later.</source>
        <translation>Du kannst später wiederkommen.</translation>
    </message>
    <message>
        <source>You may try again later.</source>
        <translation>Du kannst es später erneut versuchen.</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>this server wants a login</source>
        <translation>dieser Server verlangt eine Anmeldung</translation>
    </message>
    <message>
        <source>you were removed from this room</source>
        <translation>Du wurdest aus diesem Raum entfernt</translation>
    </message>
    <message>
        <source>the room is frozen: nothing can be said at the moment</source>
        <translation>der Raum ist eingefroren: Im Moment kann niemand etwas schreiben</translation>
    </message>
    <message>
        <source>the server did not understand this program</source>
        <translation>der Server hat dieses Programm nicht verstanden</translation>
    </message>
</context>
</TS>

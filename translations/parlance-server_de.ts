<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CountersCard</name>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deliveries/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refusals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uptime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In all rooms together; somebody in two rooms counts twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open windows and programs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages sent out, one for each who receives it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>The request could not be understood.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A value is out of its range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That name is not allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command is not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There was no text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text is too long. Shorten it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The request is too large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too much in too short a time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not there any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This address does not do that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This kind of content is not taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not logged in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed from the room and not yet allowed back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same message was sent with another text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many connections.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many rooms are open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many windows of one person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in a room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The message store does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is stopping.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program uses the port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server could not do it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port %1 is used by another program. Choose another port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port %1 may not be used by this account. Choose a port from 1024 on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server could not start. Try again, or choose another port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server could not start: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilteredLog</name>
    <message>
        <source>joined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… 1 message not shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… %1 messages not shown</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <comment>minutes and seconds</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <comment>hours and minutes</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <comment>days and hours</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 person</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln people</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JoinCard</name>
    <message>
        <source>&amp;Start Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Addresses of the chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Co&amp;py</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies the address to the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens the chat page in your browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Large Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody can reach the chat. Start it to get addresses and a join code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Port:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is starting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is here yet. Show this code or send the address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here now: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JoinDialog</name>
    <message>
        <source>Join</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan this code with a phone in the same network, or type the address into a browser.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KickDialog</name>
    <message>
        <source>at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after 1 minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after 10 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after 1 hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after 1 day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May come back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May come &amp;back:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spam</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Insults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off topic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please choose another name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please close the windows that you do not use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kick</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove %1 from the room %2?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All windows of this person in the room are closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Kick</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Kick %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Jump to newest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jump to newest (%1)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MessageLogModel</name>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MessagesPage</name>
    <message>
        <source>All rooms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Joins and leaves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a message to read all of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the &amp;Room %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Kick %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No message matches. New ones that do will appear here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has been said yet. Messages appear here as they are sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter messages</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeDialog</name>
    <message>
        <source>Stays until &amp;dismissed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Send Notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For example: The server restarts at noon.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text of the notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Information</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How urgent it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To whom it goes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;To:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Te&amp;xt:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Urgency:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown in the Parlance page and desktop client; other programs do not show notices.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticePreview</name>
    <message>
        <source>Notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(no text yet)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>5 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>version %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>storage: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Parlance::ActionReporter</name>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server stopped before it answered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and %1 more.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Parlance::ConsoleStatusBar</name>
    <message>
        <source>Connections: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rooms: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages/s: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Parlance::ConsoleWindow</name>
    <message>
        <source>Parlance Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notice…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell everybody or one room something (Ctrl+N)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join QR</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the join code in large (Ctrl+J)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Views</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is stopped. Rooms, people and messages are shown as they were at %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the server?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected now: %1. They are told and disconnected, and come back when the server starts again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the window and stop the server?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop and Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Parlance::OperatorActions</name>
    <message>
        <source>%1 was removed from %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not removed from %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody of that name is there any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not all were removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not there any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close Room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the room %1?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent out: %1. The room opens again for the next who joins.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close Room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The meeting is over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please go on in another room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The room %1 was closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The room %1 was not closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not open any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notice was sent to everybody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notice was sent to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notice was not sent; its text is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The room is not open any more.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QrCodeWidget</name>
    <message>
        <source>QR code</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReasonDialog</name>
    <message>
        <source>Shown to the person; may stay empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reason:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RefusalsCard</name>
    <message>
        <source>Refused lately</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RoomTableModel</name>
    <message>
        <source>Room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last activity</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RoomsPage</name>
    <message>
        <source>Show &amp;Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Notice to Room…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close Room…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rooms: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rooms: %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No room has that in its name. Clear the filter to see all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No room is open. A room opens as soon as somebody joins it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter rooms</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionTableModel</name>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionsPage</name>
    <message>
        <source>&amp;Kick…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies the selected rows, or all of them where none is selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions: %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody matches the filter. Clear it to see all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is here yet. Show the join code or send the address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server is stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter people</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SortedSessions</name>
    <message>
        <source>Parlance client</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plain client</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sparkline</name>
    <message>
        <source>Now %1, highest %2 in the last %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>

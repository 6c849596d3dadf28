// SPDX-License-Identifier: GPL-3.0-or-later
// The peer on Node: package ws.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const rooms = new Map(); // name -> {members, seq, epoch}

function join(name) {
  if (!rooms.has(name))
    rooms.set(name, { members: new Set(), seq: 0, epoch: randomBytes(16).toString('hex') });
  return rooms.get(name);
}

function post(room, name, username, content) {
  const seq = ++room.seq;
  const event = {
    id: `${room.epoch}-${seq}`, username, content, timestamp: new Date().toISOString(),
    message_type: 'message', room: name, seq,
  };
  // A buffer, so that the text is turned into bytes once and not once for each member.
  const bytes = Buffer.from(JSON.stringify(event));
  for (const member of room.members)
    member.send(bytes, { binary: false });
}

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 65536 });
const server = createServer((request, response) => response.writeHead(404).end());

server.on('upgrade', (request, socket, head) => {
  const [, prefix, roomPart, userPart] = request.url.split('/');
  if (prefix !== 'ws' || !roomPart || !userPart) {
    socket.destroy();
    return;
  }
  const name = decodeURIComponent(roomPart);
  const username = decodeURIComponent(userPart);
  sockets.handleUpgrade(request, socket, head, (client) => {
    const room = join(name);
    room.members.add(client);
    client.on('message', (data) => {
      let command;
      try {
        command = JSON.parse(data);
      } catch {
        return;
      }
      const content = typeof command?.content === 'string' ? command.content.trim() : '';
      if (command?.type === 'message' && content)
        post(room, name, username, content);
    });
    client.on('error', () => {});
    client.on('close', () => {
      room.members.delete(client);
      if (room.members.size === 0)
        rooms.delete(name);
    });
  });
});

server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});

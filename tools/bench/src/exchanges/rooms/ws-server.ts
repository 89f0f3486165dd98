// Rooms on ws alone. Node runs this file as it is.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { Members } from './members.ts';

type Said =
  | { readonly event: 'join'; readonly data: readonly string[] }
  | { readonly event: 'cursor' | 'chat'; readonly data: { readonly room: string; readonly data: { id: string } } };

const http = createServer();
const members = new Members();

new WebSocketServer({ server: http }).on('connection', (client) => {
  client.on('message', (bytes: Buffer) => {
    const said = JSON.parse(bytes.toString('utf8')) as Said;
    if (said.event === 'join') {
      members.join(client, said.data);
      client.send('{"event":"joined","data":null}');
      return;
    }
    const { room, data } = said.data;
    members.tell(room, said.event, data);
    if (said.event === 'chat') client.send(JSON.stringify({ event: 'ack', data: data.id }));
  });
});

http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready ${(http.address() as AddressInfo).port}\n`);
});

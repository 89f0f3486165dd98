// A gateway on Nest's own WsAdapter. Node runs this file as it is, so its decorators are applied by hand.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WsAdapter } from '@nestjs/platform-ws';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebSocket } from 'ws';
import { Members } from './members.ts';

interface Said {
  readonly room: string;
  readonly data: unknown;
}

class RoomsGateway {
  private readonly members = new Members();

  join(client: WebSocket, rooms: readonly string[]): { event: string; data: null } {
    this.members.join(client, rooms);
    return { event: 'joined', data: null };
  }

  cursor(_client: WebSocket, { room, data }: Said): void {
    this.members.tell(room, 'cursor', data);
  }

  chat(_client: WebSocket, { room, data }: { room: string; data: { id: string } }): { event: string; data: string } {
    this.members.tell(room, 'chat', data);
    return { event: 'ack', data: data.id };
  }
}

// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- what a module is, its decorator says
class RoomsModule {}

for (const name of ['join', 'cursor', 'chat'] as const) {
  const handler = Object.getOwnPropertyDescriptor(RoomsGateway.prototype, name);
  if (handler !== undefined) SubscribeMessage(name)(RoomsGateway.prototype, name, handler);
}
WebSocketGateway()(RoomsGateway);
Module({ providers: [RoomsGateway] })(RoomsModule);

// eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class
const app = await NestFactory.create(RoomsModule, { logger: false });
app.useWebSocketAdapter(new WsAdapter(app));
await app.listen(0, '127.0.0.1');
const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
process.stdout.write(`ready ${port}\n`);

// Stock Nest with its WsAdapter. That has no rooms, so its users keep their own; here the text is made once for all
// members, which not everyone does.
import 'reflect-metadata';
import type { Server } from 'node:http';
import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WsAdapter } from '@nestjs/platform-ws';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayDisconnect,
  type WsResponse,
} from '@nestjs/websockets';
import { WebSocket } from 'ws';
import { Rooms } from './rooms';
import { sayReady } from './say-ready';

interface Publication {
  readonly room: string;
  readonly payload: unknown;
}

@WebSocketGateway({ path: '/', perMessageDeflate: false })
class RoomGateway implements OnGatewayDisconnect {
  private readonly rooms = new Rooms<WebSocket>();

  @SubscribeMessage('join')
  join(@ConnectedSocket() client: WebSocket, @MessageBody() room: string): WsResponse<string> {
    this.rooms.join(room, client);
    return { event: 'joined', data: room };
  }

  @SubscribeMessage('message')
  publish(@MessageBody() { room, payload }: Publication): void {
    const text = JSON.stringify({ event: 'message', data: payload });
    for (const member of this.rooms.in(room)) if (member.readyState === WebSocket.OPEN) member.send(text);
  }

  handleDisconnect(client: WebSocket): void {
    this.rooms.leave(client);
  }
}

@Module({ providers: [RoomGateway] })
class RoomModule {}

const app = await NestFactory.create<INestApplication<Server>>(RoomModule);
app.useLogger(['warn', 'error', 'fatal']);
app.useWebSocketAdapter(new WsAdapter(app));
await app.listen(0, '127.0.0.1');
sayReady(app.getHttpServer().address());

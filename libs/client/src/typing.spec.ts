import type { Ack, ServerFrame } from '@parley/protocol';
import { WebSocket as NodeSocket } from 'ws';
import type { ActionMap, TopicMessage } from './action-map';
import { SocketClient } from './socket-client';
import type { WebSocketLike } from './web-socket-like';
import { ann, topic, World, type TextActions } from './testing/world';

// What must not compile is what this file is about: `tsc` fails over an `@ts-expect-error` that has nothing to expect.
describe('types', () => {
  const client = () => new World().client(ann);

  it("[C3] takes payloads of the topic's own map only", () => {
    const channel = client().channel<TextActions>(topic);
    const uses = (): unknown[] => [
      channel.storeMessage('message', { text: 'hello' }),
      // @ts-expect-error a number is no text
      channel.storeMessage('message', { text: 1 }),
      // @ts-expect-error the text is missing
      channel.storeMessage('message', {}),
      // @ts-expect-error another action's payload
      channel.sendMessage('signal', { text: 'hello' }),
      // @ts-expect-error no such action
      channel.sendMessage('massage', { text: 'hello' }),
      // @ts-expect-error a stored message cannot be directed (P4)
      channel.storeMessage('message', { text: 'hello' }, { to: ['c1'] }),
      // @ts-expect-error nor volatile (P5)
      channel.storeMessage('message', { text: 'hello' }, { volatile: true }),
    ];
    // @ts-expect-error a volatile message has no ack to wait for (P5)
    const acked = (): Promise<Ack> => channel.sendMessage('typing', null, { volatile: true });
    expect([uses, acked]).toHaveLength(2);
  });

  it('[C3] tells messages apart by their action', () => {
    const read = (message: TopicMessage<TextActions>): string | null => {
      if (message.action === 'message') return message.payload.text;
      if (message.action === 'signal') return message.payload.sdp;
      // @ts-expect-error the other payloads are excluded by now
      const text: string = message.payload;
      return text;
    };
    const given = { sender: null, timestamp: '', store: false };
    expect(read({ ...given, action: 'message', payload: { text: 'café' } })).toBe('café');
    expect(read({ ...given, action: 'typing', payload: null })).toBeNull();
  });

  it('[C3] takes maps of what JSON carries only, as types or as interfaces', () => {
    interface Stroke {
      readonly points: readonly { readonly x: number; readonly y: number; readonly pressure?: number }[];
    }
    interface Board {
      stroke: Stroke;
      clear: null;
    }
    interface Dated {
      at: { when: Date };
    }
    const made = client();
    const uses = () => [
      made.channel<Board>(topic).storeMessage('stroke', { points: [{ x: 1, y: 2 }] }),
      made.channel<{ text: string | number }>(topic),
      made.channel(topic).sendMessage('anything', { goes: [1, 'two', null] }),
      // @ts-expect-error a Date arrives as a string
      made.channel<Dated>(topic),
      // @ts-expect-error functions do not travel
      made.channel<{ run: () => void }>(topic),
      // @ts-expect-error JSON has no bigint
      made.channel<{ big: bigint }>(topic),
    ];
    expect(uses).toBeInstanceOf(Function);
  });

  it("[C1] types a topic's frames", () => {
    const made = client();
    const uses = () =>
      made.subscribe<{ text: string }>(topic).subscribe((frame: ServerFrame<{ text: string }>) => frame.payload.text);
    const loose: ActionMap = { anything: ['goes'] };
    // @ts-expect-error a Date is not JSON
    const wrong = () => made.transmit(true, 'message', topic, { when: new Date() });
    expect([uses, wrong, loose]).toHaveLength(3);
  });

  it("takes the platform's sockets and those of the package ws", () => {
    const open = [
      (url: string): WebSocketLike => new WebSocket(url),
      (url: string): WebSocketLike => new NodeSocket(url),
    ];
    const clients = open.map((webSocket) => new SocketClient({ ...new World().server.optionsFor(ann), webSocket }));
    expect(clients).toHaveLength(2);
  });
});

import { Board, type BoardActions, decodeBoardState, FIRST_PAGE, MemoryKeep, type NewShape } from '@parley/board';
import { SocketClient } from '@parley/client';
import type { HttpPerson } from '@parley/harness';
import { formatTopic } from '@parley/protocol';
import { BehaviorSubject, filter, firstValueFrom } from 'rxjs';
import { WebSocket } from 'ws';

/** Puts shapes on the board of an exchange, as a page of this person would, and waits until they are stored. */
export async function seedBoard(person: HttpPerson, id: string, shapes: readonly NewShape[]): Promise<void> {
  const connectionId = new BehaviorSubject<string | undefined>(undefined);
  const client = new SocketClient({
    ticket: (resume) => person.ticket(resume),
    url: `${person.server.url.replace(/^http/, 'ws')}/sock`,
    webSocket: (url) => new WebSocket(url, { perMessageDeflate: false }),
  });
  client.connectionId$.subscribe(connectionId);
  const board = new Board({
    channel: client.channel<BoardActions>(formatTopic('exchange', 'whiteboard', id)),
    me: person.userId,
    connectionId: () => connectionId.value,
    fetchState: async (after) => {
      const { bytes } = await person.download(`/api/exchanges/${id}/board?after=${after}`);
      return decodeBoardState(bytes);
    },
    keep: new MemoryKeep(),
    report: (error) => {
      throw error;
    },
  });
  board.open();
  const settled = (): Promise<unknown> =>
    firstValueFrom(board.status.pipe(filter(({ state, queued }) => state === 'open' && queued === 0)));
  await settled();
  // One change at a time, as people draw: the server has as many updates to merge.
  for (let from = 0; from < shapes.length; from += 50) {
    for (const shape of shapes.slice(from, from + 50)) board.scene.add([shape]);
    await settled();
  }
  board.close();
  client.disconnect();
}

/** Strokes as a hand draws them, `count` of them spread over an area, the same ones each time. */
export function strokes(count: number, width: number, height: number): NewShape[] {
  const random = sequence(count);
  const colours = ['ink', 'blue', 'red', 'green', 'violet'] as const;
  return Array.from({ length: count }, (_, at): NewShape => {
    const [length, wave, turn] = [40 + random() * 80, 4 + random() * 12, random() * 2 * Math.PI];
    const steps = 24 + Math.floor(random() * 24);
    const places = Array.from({ length: steps }, (_each, step) => {
      const along = (step / (steps - 1)) * length;
      const aside = Math.sin((along / length) * 9) * wave;
      return {
        x: along * Math.cos(turn) - aside * Math.sin(turn),
        y: along * Math.sin(turn) + aside * Math.cos(turn),
      };
    });
    const [left, top] = [Math.min(...places.map(({ x }) => x)), Math.min(...places.map(({ y }) => y))];
    const [inkWidth, inkHeight] = [
      Math.max(...places.map(({ x }) => x)) - left,
      Math.max(...places.map(({ y }) => y)) - top,
    ];
    const points = Float32Array.from(
      places.flatMap(({ x, y }, step) => [x - left, y - top, 0.35 + 0.3 * Math.sin((step / steps) * Math.PI)]),
    );
    const box = { x: random() * width, y: random() * height, width: inkWidth, height: inkHeight, angle: 0 };
    const colour = colours[at % colours.length] ?? 'ink';
    return { kind: 'ink', page: FIRST_PAGE, colour, size: 3, highlight: false, points, inkWidth, inkHeight, ...box };
  });
}

function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

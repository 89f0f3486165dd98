import { Board, decodeBoardState, FIRST_PAGE, IndexedDbKeep, outlineOf, shades, type BoardActions } from '../index';
import type { SocketClient } from '@parley/client';

/** Opens the board of an exchange and draws its ink on a canvas, for as long as the board is open. */
export function openBoard(client: SocketClient, exchange: string, me: string, canvas: HTMLCanvasElement): Board {
  const topic = `exchange/whiteboard:${exchange}`;
  let connectionId: string | undefined;
  client.connectionId$.subscribe((id) => (connectionId = id));
  const board = new Board({
    channel: client.channel<BoardActions>(topic),
    me,
    connectionId: () => connectionId,
    fetchState: async (after) => {
      const answer = await fetch(`/api/exchanges/${exchange}/board?after=${after}`);
      if (!answer.ok) throw new Error(`The board could not be read: ${answer.status}`);
      return decodeBoardState(new Uint8Array(await answer.arrayBuffer()));
    },
    keep: new IndexedDbKeep(me, topic),
    report: (error) => reportError(error),
  });
  const draw = (): void => {
    const context = canvas.getContext('2d');
    context?.clearRect(0, 0, canvas.width, canvas.height);
    for (const shape of board.scene.shapes(FIRST_PAGE)) {
      if (context === null || shape.kind !== 'ink') continue;
      context.fillStyle = shades(shape.colour, 'light').line;
      context.beginPath();
      for (const { x, y } of outlineOf(shape)) context.lineTo(x, y);
      context.fill();
    }
  };
  board.scene.changes.subscribe(draw);
  board.open();
  return board;
}

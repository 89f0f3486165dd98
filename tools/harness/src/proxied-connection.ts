import type { Socket } from 'node:net';
import { Flow, reset } from './flow';
import type { Direction, LineCondition } from './line-condition';

/** How a connection is cut: with a reset, or with the polite end of both sides. */
export type Cut = 'reset' | 'end';

/** One connection through a {@link FaultProxy}. */
export class ProxiedConnection {
  /** Resolves when both sides are gone. */
  readonly closed: Promise<void>;
  private readonly flows: Readonly<Record<Direction, Flow>>;

  constructor(
    private readonly near: Socket,
    private readonly far: Socket,
    random: () => number,
  ) {
    this.flows = { up: new Flow(near, far, random), down: new Flow(far, near, random) };
    const closing = [near, far].map((socket) => {
      socket.setNoDelay(true);
      // An error is followed by the close, and that is what counts.
      socket.on('error', () => socket.destroy());
      return new Promise<void>((resolve) => socket.once('close', () => resolve()));
    });
    this.closed = Promise.all(closing).then(() => undefined);
  }

  /** In place of what held for this direction before. */
  set(direction: Direction, condition: LineCondition): void {
    this.flows[direction].set(condition);
  }

  /** Ends it on both sides; what is under way is gone. */
  cut(how: Cut = 'reset'): void {
    for (const flow of Object.values(this.flows)) flow.stop();
    for (const socket of [this.near, this.far]) {
      if (how === 'reset') reset(socket);
      else socket.destroy();
    }
  }
}

import { RawSocket } from '../../load';
import { readCursor } from '../cursor-text';
import type { Arrival, Guest } from '../venue';

/** Where a guest goes. */
export interface RoomArrival extends Arrival {
  readonly port: number;
  readonly rooms: { readonly all: readonly string[]; readonly text: string; readonly whiteboard: string };
}

/** Someone in the rooms of a server that has rooms and nothing else of what ours does. */
export abstract class RoomGuest implements Guest {
  private readonly awaited = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  private leaving = false;

  protected constructor(
    protected readonly socket: RawSocket,
    protected readonly arrival: RoomArrival,
  ) {
    socket.onFrame = (frame) => {
      if (!readCursor(frame, arrival.hearing.cursor)) this.read(frame.toString('utf8'));
    };
    void socket.closed.then((how) => {
      const error = new Error(`The connection ended with ${String(how)}.`);
      for (const { reject } of this.awaited.values()) reject(error);
      if (!this.leaving) arrival.hearing.trouble(error.message);
    });
  }

  abstract cursor(number: number): void;
  abstract chat(id: string): void;

  async leave(): Promise<void> {
    this.leaving = true;
    await this.socket.close();
  }

  /** Every text that is no cursor. */
  protected abstract read(text: string): void;

  /** Resolves when this is told to have {@link came}. */
  protected await(what: string): Promise<void> {
    return new Promise((resolve, reject) => this.awaited.set(what, { resolve, reject }));
  }

  protected came(what: string): void {
    this.awaited.get(what)?.resolve();
    this.awaited.delete(what);
  }
}

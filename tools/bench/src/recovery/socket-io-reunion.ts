import { workspace } from '@parley/harness';
import { join } from 'node:path';
import { RoomProgram } from '../exchanges/rooms/room-program';
import type { Gathering, Reunion } from './absence';
import type { RecoveryOptions } from './measure-recovery';
import { SocketIoMember } from './socket-io-member';

const file = join(workspace, 'tools/bench/src/recovery/socket-io-server.ts');
/** So many come in at the same time. */
const BATCH = 100;

/** socket.io with its connection state recovery, which keeps what was missed in the memory of the server. */
export class SocketIoReunion implements Reunion {
  readonly helpers: readonly number[] = [];
  readonly gatherings: Gathering[] = [];
  private observer: SocketIoMember | undefined;

  private constructor(private readonly program: RoomProgram) {}

  static async open({ clients, topics }: RecoveryOptions): Promise<SocketIoReunion> {
    const reunion = new SocketIoReunion(await RoomProgram.start(file));
    try {
      for (let topic = 0; topic < topics; topic += 1) {
        const share = Math.floor(clients / topics) + (topic < clients % topics ? 1 : 0);
        await reunion.gather(`exchange/text:${topic}`, share);
      }
      return reunion;
    } catch (error) {
      await reunion.stop();
      throw error;
    }
  }

  get pids(): readonly number[] {
    return [this.program.pid];
  }

  get pinned(): boolean {
    return this.program.pinned;
  }

  async connections(): Promise<number> {
    return (await this.observer?.count()) ?? Number.NaN;
  }

  async stop(): Promise<void> {
    await this.program.stop();
  }

  private async gather(room: string, count: number): Promise<void> {
    const voice = await SocketIoMember.open(this.program.port, room);
    this.observer ??= voice;
    const absentees: SocketIoMember[] = [];
    while (absentees.length < count) {
      const batch = Math.min(BATCH, count - absentees.length);
      const open = (): Promise<SocketIoMember> => SocketIoMember.open(this.program.port, room);
      absentees.push(...(await Promise.all(Array.from({ length: batch }, open))));
    }
    // Its client can only take up a session in which it has had a message.
    const heard = absentees.map((absentee) => absentee.hearsOne());
    await voice.say(1);
    await Promise.all(heard);
    this.gatherings.push({ voice, absentees });
  }
}

import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';

const targets = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1);
const usage = z.object({ heapUsed: z.number(), external: z.number() });
const evaluated = z.object({ result: z.object({ value: z.string() }) });

/** Bytes. */
export type HeapUsage = z.infer<typeof usage>;

/** Collections, one after the other: what the first one sets free may hold more. */
const COLLECTIONS = 3;
/** Milliseconds in which freed pages are given back. */
const SETTLE_MS = 500;

/** Node's inspector of a process that was started with `--inspect`. */
export class Inspector {
  private asked = 0;

  private constructor(private readonly socket: WebSocket) {}

  /** @param port of the loopback interface */
  static async of(port: number): Promise<Inspector> {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
    const [target] = targets.parse(await answer.json());
    const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
    await once(socket, 'open');
    return new Inspector(socket);
  }

  /** What is left when everything is collected that nobody needs. */
  async collect(): Promise<HeapUsage> {
    for (let count = 0; count < COLLECTIONS; count += 1) {
      await this.ask('HeapProfiler.collectGarbage');
      await delay(SETTLE_MS);
    }
    const answer = await this.ask('Runtime.evaluate', { expression: 'JSON.stringify(process.memoryUsage())' });
    return usage.parse(JSON.parse(evaluated.parse(answer).result.value));
  }

  close(): void {
    this.socket.close();
  }

  private ask(method: string, params: object = {}): Promise<unknown> {
    this.asked += 1;
    const id = this.asked;
    return new Promise((resolve, reject) => {
      const read = (data: Buffer): void => {
        const answer = JSON.parse(data.toString('utf8')) as { id?: number; result?: unknown; error?: object };
        if (answer.id !== id) return;
        this.socket.off('message', read);
        if (answer.error === undefined) resolve(answer.result);
        else reject(new Error(`${method}: ${JSON.stringify(answer.error)}`));
      };
      this.socket.on('message', read);
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }
}

import { ticket, type Ticket } from '@parley/protocol';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { SeededPerson } from './seed-people';

/** Where people ask for tickets as their pages would (T1), over connections that stay open. */
export class TicketCounter {
  private readonly agent = new Agent({ keepAlive: true });

  /** @param url the server's, like `http://127.0.0.1:3000` */
  constructor(private readonly url: string) {}

  /**
   * @param resume the connection that is to go on (T4)
   * @throws Error unless the server gives one
   */
  async ask({ cookie }: SeededPerson, resume?: string): Promise<Ticket> {
    const { status, body } = await this.post(cookie, JSON.stringify({ resume }));
    if (status !== 200) throw new Error(`No ticket: ${status} ${body}`);
    return ticket.parse(JSON.parse(body));
  }

  close(): void {
    this.agent.destroy();
  }

  private post(cookie: string, body: string): Promise<{ readonly status: number; readonly body: string }> {
    const headers = {
      cookie,
      origin: this.url,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    return new Promise((resolve, reject) => {
      const asked = request(`${this.url}/api/ticket`, { method: 'POST', agent: this.agent, headers }, (answer) => {
        text(answer).then((answered) => resolve({ status: answer.statusCode ?? 0, body: answered }), reject);
      });
      asked.once('error', reject);
      asked.end(body);
    });
  }
}

import { randomBytes } from 'node:crypto';
import { turnCredentials } from '../credentials';
import { TurnClient, type Allocated } from '../testing/turn-client';
import { startCoturn, type Coturn } from './coturn';

const secret = randomBytes(24).toString('base64url');
const ann = { secret, userId: 'ann', ttlMs: 600_000 };

async function allocate(url: string, given: { username: string; credential: string }): Promise<Allocated> {
  const client = await TurnClient.open(url, given);
  try {
    return await client.allocate();
  } finally {
    client.close();
  }
}

describe('a Coturn of our own', () => {
  let coturn: Coturn;

  beforeAll(async () => {
    coturn = await startCoturn({ secret });
  });

  afterAll(() => coturn.stop());

  it.each(['udp', 'tcp'])('relays for whoever has its credentials, over %s', async (transport) => {
    const url = `turn:127.0.0.1:${coturn.port}?transport=${transport}`;
    expect(coturn.urls).toContain(url);
    expect(await allocate(url, turnCredentials(ann))).toEqual({
      relayed: { host: '127.0.0.1', port: expect.any(Number) as number },
    });
  });
});

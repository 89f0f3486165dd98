import type { Connection } from './connection';
import { ProtocolError } from './protocol-error';
import { Receipts } from './receipts';

const LIMIT = 3;
const at = '2026-11-23T10:00:00.123Z';

function peer(userId: string, told: string[] = []): { readonly connection: Connection; readonly told: string[] } {
  const connection = {
    principal: { userId },
    // The header of a frame of this length has four bytes.
    send: (frame: Buffer) => told.push((JSON.parse(frame.toString('utf8', 4)) as { id: string }).id),
    refuse: ({ code }: ProtocolError, { id }: { id: string }) => told.push(`${code} ${id}`),
  };
  return { connection: connection as unknown as Connection, told };
}

describe('Receipts', () => {
  it('[P3] answers a repeat with the first ack, before and after it is there, and nobody else’s message with it', () => {
    const receipts = new Receipts('room/text:1', LIMIT);
    const [ann, again, ben] = [peer('ann'), peer('ann'), peer('ben')];
    const first = receipts.open(ann.connection, 'a');
    expect(receipts.open(again.connection, 'a')).toBeUndefined();
    expect(receipts.open(ben.connection, 'a')).toBeDefined();
    expect([...ann.told, ...again.told, ...ben.told]).toEqual([]);
    first?.settle(at);
    expect(receipts.open(again.connection, 'a')).toBeUndefined();
    expect([ann.told, again.told, ben.told]).toEqual([['a'], ['a', 'a'], []]);
  });

  it('[P3] takes the id of a message that failed again', () => {
    const receipts = new Receipts('room/text:1', LIMIT);
    const { connection, told } = peer('ann');
    receipts.open(connection, 'a')?.fail(new ProtocolError('internal', 'No.'));
    const second = receipts.open(connection, 'a');
    expect(second).toBeDefined();
    second?.settle(at);
    expect(receipts.open(connection, 'a')).toBeUndefined();
    expect(told).toEqual(['internal a', 'a', 'a']);
  });

  it('remembers the newest, and each that is on its way', () => {
    const receipts = new Receipts('room/text:1', LIMIT);
    const { connection } = peer('ann');
    const open = (id: string) => receipts.open(connection, id);
    const slow = open('slow');
    for (let number = 1; number <= 20; number += 1) open(`${number}`)?.settle(at);
    expect(open('slow')).toBeUndefined();
    slow?.settle(at);
    expect(['19', '20', 'slow'].map((id) => open(id))).toEqual([undefined, undefined, undefined]);
    for (const id of ['18', '17', '1']) expect(open(id)).toBeDefined();
  });

  it('[P3] does not forget a second try together with the first that failed', () => {
    const receipts = new Receipts('room/text:1', LIMIT);
    const { connection } = peer('ann');
    const open = (id: string) => receipts.open(connection, id);
    const failing = open('a');
    for (const id of ['b', 'c', 'd', 'e']) open(id)?.settle(at);
    failing?.fail(new ProtocolError('internal', 'No.'));
    open('a')?.settle(at);
    expect(open('a')).toBeUndefined();
    expect(open('b')).toBeDefined();
  });

  it('[P3] forgets nothing that is settled for what fails, however often', () => {
    const receipts = new Receipts('room/text:1', LIMIT);
    const { connection } = peer('ann');
    receipts.open(connection, 'good')?.settle(at);
    for (let tries = 0; tries < 20; tries += 1) {
      receipts.open(connection, 'bad')?.fail(new ProtocolError('internal', 'No.'));
    }
    receipts.open(connection, 'later')?.settle(at);
    expect(receipts.open(connection, 'good')).toBeUndefined();
  });
});

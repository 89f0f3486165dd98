import { AllowanceRecords, Booking, Bookings, Exchange, User, createDataSource } from '@parley/persistence';
import { SilentProxy, startTestPostgres, type TestPostgres } from '@parley/persistence/testing';
import type { AllowanceChange } from '@parley/socket';
import { randomUUID } from 'node:crypto';
import { ReplaySubject, firstValueFrom, type Subject } from 'rxjs';
import { filter } from 'rxjs/operators';
import type { DataSource } from 'typeorm';
import { AllowanceWatch } from './allowance-watch';

/** A node's watch, and everything that it has told. */
interface Node {
  readonly watch: AllowanceWatch;
  readonly told: AllowanceChange[];
  readonly heard: Subject<AllowanceChange>;
}

describe('[S6] changes of allowances', () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;
  let bookings: Bookings;
  const closers: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    postgres = await startTestPostgres();
    dataSource = await createDataSource({ url: await postgres.createDatabase(), poolSize: 5 }).initialize();
    bookings = new Bookings(dataSource);
  });

  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });

  async function node(source = dataSource): Promise<Node> {
    const watch = new AllowanceWatch(new AllowanceRecords(source), source);
    const told: AllowanceChange[] = [];
    const heard = new ReplaySubject<AllowanceChange>();
    watch.changed$.subscribe((change) => {
      told.push(change);
      heard.next(change);
    });
    await watch.onModuleInit();
    // What other tests did before is told at the start too.
    told.length = 0;
    closers.push(() => watch.onApplicationShutdown());
    return { watch, told, heard };
  }

  const url = (): string => (dataSource.options as { url: string }).url;

  async function people(count: number): Promise<readonly string[]> {
    const made = Array.from({ length: count }, () => ({ email: `${randomUUID()}@example.org`, name: 'café 日本語' }));
    const saved = await dataSource.getRepository(User).save(made.map((each) => ({ ...each, passwordHash: null })));
    return saved.map(({ id }) => id);
  }

  async function book(): Promise<{ readonly id: string; readonly host: string; readonly guest: string }> {
    const [host = '', guest = ''] = await people(2);
    const startsAt = new Date('2026-12-01T09:00:00Z');
    const endsAt = new Date('2026-12-01T10:00:00Z');
    const id = await bookings.add(host, { title: 'Planning', startsAt, endsAt, timeZone: 'UTC' }, [guest]);
    await dataSource.getRepository(Exchange).insert({ id });
    return { id, host, guest };
  }

  /** Everything that is told before a change that comes after all others. */
  async function toldBy({ told, heard }: Node): Promise<readonly AllowanceChange[]> {
    const end = randomUUID();
    await dataSource.query(`SELECT announce_allowance_change('end', $1)`, [end]);
    await firstValueFrom(heard.pipe(filter(({ id }) => id === end)));
    return told.filter(({ namespace }) => namespace !== 'end');
  }

  const changes: readonly [
    string,
    (booking: Awaited<ReturnType<typeof book>>) => [string, unknown[]],
    'one' | 'all',
  ][] = [
    [
      'someone is removed',
      ({ id, guest }) => [
        'UPDATE booking_participants SET removed_at = now() WHERE booking_id = $1 AND user_id = $2',
        [id, guest],
      ],
      'one',
    ],
    [
      'someone’s row is deleted',
      ({ id, guest }) => ['DELETE FROM booking_participants WHERE booking_id = $1 AND user_id = $2', [id, guest]],
      'one',
    ],
    ['a booking is cancelled', ({ id }) => ['UPDATE bookings SET cancelled_at = now() WHERE id = $1', [id]], 'all'],
    ['an exchange ends', ({ id }) => ['UPDATE exchanges SET ended_at = now() WHERE id = $1', [id]], 'all'],
  ];

  it.each(changes)('are told once when %s, and not when that is taken back', async (_what, statement, whom) => {
    const here = await node();
    const booking = await book();
    const [text, values] = statement(booking);
    const takenBack = dataSource.transaction(async (manager) => {
      await manager.query(text, values);
      throw new Error('taken back');
    });
    await expect(takenBack).rejects.toThrow('taken back');
    expect(await toldBy(here)).toEqual([]);
    await dataSource.query(text, values);
    const change = { namespace: 'exchange', id: booking.id };
    expect(await toldBy(here)).toEqual([whom === 'all' ? change : { ...change, userId: booking.guest }]);
  });

  it('are told for each person of a booking that is deleted', async () => {
    const here = await node();
    const { id, host, guest } = await book();
    await bookings.removeParticipant(id, guest);
    expect(await toldBy(here)).toHaveLength(1);
    here.told.length = 0;
    await dataSource.getRepository(Booking).delete({ id });
    // The guest had gone before.
    expect(await toldBy(here)).toEqual([{ namespace: 'exchange', id, userId: host }]);
  });

  it('are not told when nothing about anyone’s rights changes', async () => {
    const here = await node();
    const { id, host } = await book();
    await bookings.change(id, { title: 'Another title 👩‍👩‍👧' });
    await bookings.addParticipant(id, host);
    await dataSource.query('UPDATE booking_participants SET removed_at = removed_at, added_at = now()');
    await dataSource.query('UPDATE exchanges SET ended_at = ended_at');
    expect(await toldBy(here)).toEqual([]);
  });

  it('are told by every node', async () => {
    const nodes = [await node(), await node()];
    const { id } = await book();
    await bookings.cancel(id);
    for (const each of nodes) expect(await toldBy(each)).toEqual([{ namespace: 'exchange', id }]);
  });

  it('of any namespace are told by whoever calls the function in a transaction', async () => {
    const here = await node();
    const [reader = ''] = await people(1);
    await dataSource.query(`SELECT announce_allowance_change('document', 'd1', $1)`, [reader]);
    await dataSource.query(`SELECT announce_allowance_change('document', 'd2')`);
    expect(await toldBy(here)).toEqual([
      { namespace: 'document', id: 'd1', userId: reader },
      { namespace: 'document', id: 'd2' },
    ]);
    for (const wrong of [`'Document', 'd1'`, `'document', 'd:1'`]) {
      await expect(dataSource.query(`SELECT announce_allowance_change(${wrong})`)).rejects.toThrow('check constraint');
    }
  });

  it('are told once when they were committed while nobody could listen, in whichever order', async () => {
    const proxy = await SilentProxy.to(url());
    const far = await createDataSource({ url: proxy.url, poolSize: 2 }).initialize();
    closers.push(() => proxy.close());
    const here = await node(far);
    closers.push(() => far.destroy());
    const [early, late, heardBefore] = [await book(), await book(), await book()];
    await bookings.cancel(heardBefore.id);
    expect(await toldBy(here)).toHaveLength(1);

    // Written before the connection breaks and before another change, committed after both.
    const slow = dataSource.createQueryRunner();
    await slow.startTransaction();
    await slow.query('UPDATE bookings SET cancelled_at = now() WHERE id = $1', [early.id]);
    await bookings.removeParticipant(late.id, late.guest);
    expect(await toldBy(here)).toHaveLength(2);
    proxy.cut();
    await slow.commitTransaction();
    await slow.release();
    await bookings.cancel(late.id);
    proxy.mend();
    expect((await toldBy(here)).slice(2)).toEqual([
      { namespace: 'exchange', id: early.id },
      { namespace: 'exchange', id: late.id },
    ]);
    expect(here.watch.listening).toBe(true);
  });

  it('are told once when the database ends the connection with each of them', async () => {
    const here = await node();
    const expected: AllowanceChange[] = [];
    for (let round = 0; round < 5; round += 1) {
      const { id } = await book();
      await dataSource.transaction(async (manager) => {
        await manager.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = 'parley parley_allowance_changed' AND datname = current_database()`,
        );
        await manager.query('UPDATE bookings SET cancelled_at = now() WHERE id = $1', [id]);
      });
      expected.push({ namespace: 'exchange', id });
    }
    expect(await toldBy(here)).toEqual(expected);
  });

  it('that a crash kept from being told are told at the next start', async () => {
    const { id } = await book();
    await bookings.cancel(id);
    const { heard } = await node();
    expect(await firstValueFrom(heard.pipe(filter((change) => change.id === id)))).toEqual({
      namespace: 'exchange',
      id,
    });
  });

  it('outlive nonsense on the channel', async () => {
    const here = await node();
    for (const nonsense of ['', 'no JSON', '[]', '{"id":1}']) {
      await dataSource.query(`SELECT pg_notify('parley_allowance_changed', $1)`, [nonsense]);
    }
    expect(await toldBy(here)).toEqual([]);
  });

  it('are read once for each who and where, the last of them, in the order in which they were written', async () => {
    const records = new AllowanceRecords(dataSource);
    const [reader = ''] = await people(1);
    const id = randomUUID();
    const announce = async (topicId: string, userId: string | null): Promise<void> => {
      await dataSource.query(`SELECT announce_allowance_change('document', $1, $2)`, [topicId, userId]);
    };
    for (let round = 0; round < 3; round += 1) {
      await announce(id, reader);
      await announce(id, null);
      await announce(`${id}-2`, reader);
    }
    await announce(id, reader);
    const written = await dataSource.query<{ readonly id: string }[]>(
      `SELECT id::text FROM allowance_changes WHERE namespace = 'document' AND topic_id LIKE $1 ORDER BY id`,
      [`${id}%`],
    );
    const last = written.slice(-3).map((row) => row.id);
    const read = (await records.recent()).filter(({ topicId }) => topicId.startsWith(id));
    expect(read).toEqual([
      { id: last[0], namespace: 'document', topicId: id, userId: null },
      { id: last[1], namespace: 'document', topicId: `${id}-2`, userId: reader },
      { id: last[2], namespace: 'document', topicId: id, userId: reader },
    ]);
  });

  it('are never read by more than ten thousand', async () => {
    await dataSource.query(
      `INSERT INTO allowance_changes (namespace, topic_id) SELECT 'many', n FROM generate_series(1, 10001) AS n`,
    );
    const read = (await new AllowanceRecords(dataSource).recent()).map(({ topicId }) => topicId);
    expect([read.length, read[0], read.at(-1)]).toEqual([10_000, '2', '10001']);
    await dataSource.query(`DELETE FROM allowance_changes WHERE namespace = 'many'`);
  });

  it('are kept for ten minutes', async () => {
    const records = new AllowanceRecords(dataSource);
    await dataSource.query(`SELECT announce_allowance_change('document', 'old')`);
    await dataSource.query(
      `UPDATE allowance_changes SET created_at = now() - interval '10 minutes' WHERE topic_id = 'old'`,
    );
    await dataSource.query(`SELECT announce_allowance_change('document', 'new')`);
    const ids = async (): Promise<readonly string[]> => (await records.recent()).map(({ topicId }) => topicId);
    expect(await ids()).toContain('new');
    expect(await ids()).not.toContain('old');
    await records.removeOld();
    expect(await dataSource.query(`SELECT topic_id FROM allowance_changes WHERE topic_id IN ('old', 'new')`)).toEqual([
      { topic_id: 'new' },
    ]);
  });
});

import { check, type Counts, type Heard, type Life, type Row, type Seen, type Witness } from './check';

const topic = 'exchange/text:1';
const rows: readonly Row[] = [1, 2, 3, 4].map((seq) => ({ topic, seq, id: `m${seq}`, said: `m${seq}` }));
const none: Counts = {
  lost: 0,
  unseen: 0,
  twice: 0,
  disordered: 0,
  phantom: 0,
  gaps: 0,
  doubled: 0,
  misnumbered: 0,
  unstoredTwice: 0,
  offsets: 0,
};

function stored(seq: number): Seen {
  return { id: `m${seq}`, seq, said: `m${seq}` };
}

function heard(id: string, offset: number, more: Partial<Heard> = {}): Heard {
  return { id, offset, epoch: 'one', previous: offset - 1, ...more };
}

function life(seen: readonly Seen[], more: Partial<Life> = {}): Life {
  return { fromStart: true, toEnd: true, seen, heard: [], ...more };
}

/** Everything that there is, once. */
function all(more: Partial<Life> = {}): Life {
  return life(
    [1, 2, 3, 4].map((seq) => stored(seq)),
    more,
  );
}

function ann(more: Partial<Witness> = {}): Witness {
  return { name: 'Ann', topic, acks: new Map(), lives: [life([1, 2, 3, 4].map((seq) => stored(seq)))], ...more };
}

describe('what the fault bench checks', () => {
  it('[H3] finds nothing where everything arrived once and in order', () => {
    const acks = new Map([
      ['m1', 1],
      ['m4', 4],
    ]);
    expect(check(rows, [ann({ acks })])).toEqual({ counts: none, evidence: [] });
  });

  it.each<[keyof Counts, string, readonly Row[], Witness]>([
    ['lost', 'm9', rows, ann({ acks: new Map([['m9', 5]]) })],
    ['misnumbered', 'm2', rows, ann({ acks: new Map([['m2', 3]]) })],
    ['misnumbered', 'm2', rows, ann({ acks: new Map([['m2', undefined]]) })],
    ['unseen', 'm3', rows, ann({ lives: [life([stored(1), stored(2), stored(4)])] })],
    ['unseen', 'm4', rows, ann({ lives: [life([stored(1), stored(2), stored(3)])] })],
    ['unseen', 'm1', rows, ann({ lives: [life([stored(2), stored(3), stored(4)])] })],
    ['twice', 'm2', rows, ann({ lives: [life([1, 2, 2, 3, 4].map((seq) => stored(seq)))] })],
    ['disordered', 'm2', rows, ann({ lives: [life([1, 3, 2, 4].map((seq) => stored(seq)))] })],
    ['phantom', 'm5', rows, ann({ lives: [life([1, 2, 3, 4, 5].map((seq) => stored(seq)))] })],
    [
      'gaps',
      'seq 6',
      [...rows, { topic, seq: 6, id: 'm6', said: 'm6' }],
      ann({
        lives: [
          life(
            [1, 2, 3, 4].map((seq) => stored(seq)),
            { toEnd: false },
          ),
        ],
      }),
    ],
    [
      'doubled',
      'm1',
      [...rows, { topic, seq: 5, id: 'again', said: 'm1' }],
      ann({
        lives: [
          life(
            [1, 2, 3, 4].map((seq) => stored(seq)),
            { toEnd: false },
          ),
        ],
      }),
    ],
    ['offsets', 'm2', rows, ann({ lives: [all({ heard: [heard('m1', 2), heard('m2', 1, { previous: 2 })] })] })],
    ['offsets', 'm3', rows, ann({ lives: [all({ heard: [heard('m1', 1), heard('m3', 3, { previous: 1 })] })] })],
  ])('finds what is %s, and says which message: %s', (what, which, table, witness) => {
    const { counts, evidence } = check(table, [witness]);
    expect(counts).toEqual({ ...none, [what]: 1 });
    expect(evidence).toEqual([expect.stringContaining(which)]);
  });

  it('asks of whoever came later, or left, only for what was in between', () => {
    const later = life([stored(3), stored(4)], { fromStart: false });
    const left = life([stored(1), stored(2)], { toEnd: false });
    expect(check(rows, [ann({ lives: [left, later] })]).counts).toEqual(none);
    const hole = life([stored(1), stored(3)], { toEnd: false });
    expect(check(rows, [ann({ lives: [hole] })]).counts).toEqual({ ...none, unseen: 1 });
  });

  it('[P3] allows an unstored message to come again after a restart, and not before', () => {
    const seen = [...all().seen, { id: 'n1', said: 'n1' }, { id: 'n1', said: 'n1' }];
    const again = heard('n1', 1, { epoch: 'two' });
    expect(check(rows, [ann({ lives: [all({ seen, heard: [heard('n1', 5), again] })] })]).counts).toEqual(none);
    expect(check(rows, [ann({ lives: [all({ seen, heard: [heard('n1', 5), heard('n1', 6)] })] })]).counts).toEqual({
      ...none,
      unstoredTwice: 1,
    });
  });
});

import * as fc from 'fast-check';
import { contentOf, edit, newShape, perform, type Edit } from '../testing/random-edits';
import { exchange, Replica } from '../testing/replica';
import { mergeBoard } from '../wire/merge-board';
import { FIRST_PAGE } from './page';

describe('any board', () => {
  const turns = fc.array(
    fc.record({
      who: fc.nat(2),
      what: edit,
      hears: fc.option(fc.record({ from: fc.nat(2), seed: fc.nat() }), { nil: undefined }),
    }),
    { maxLength: 60 },
  );

  it('is the same for three people, whatever they do and in whatever order they hear of it', () => {
    fc.assert(
      fc.property(turns, fc.nat(), (all, seed) => {
        const three = [new Replica('ann'), new Replica('ben'), new Replica('cleo')];
        for (const { who, what, hears } of all) {
          perform(three[who]!.scene, what);
          if (hears === undefined) continue;
          // Some of what one of the others sent, in any order.
          const some = shuffled(three[hears.from]!.sent, hears.seed);
          three[who]!.hear(some.slice(0, Math.ceil(some.length / 2)));
        }
        const everything = three.flatMap(({ sent }) => sent);
        for (const [place, replica] of three.entries()) replica.hear(shuffled(everything, seed + place));
        const [ann, ben, cleo] = three.map(({ scene }) => contentOf(scene));
        expect(ben).toEqual(ann);
        expect(cleo).toEqual(ann);

        // And so is what the server makes of it, in two steps.
        const tail = shuffled(everything, seed + 3).map((update) => ({ userId: 'x', update }));
        const half = Math.floor(tail.length / 2);
        const first = mergeBoard(undefined, tail.slice(0, half));
        const whole = mergeBoard(first.snapshot, tail.slice(half));
        const late = new Replica('late');
        late.hear([whole.snapshot]);
        expect([contentOf(late.scene), whole.broken, whole.left]).toEqual([ann, 0, []]);
      }),
      { numRuns: 200 },
    );
  });

  it('takes back with undo what was done here, and nothing of what others did', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 25 }), fc.array(newShape, { maxLength: 8 }), (mine, theirs) => {
        const [ann, ben] = [new Replica('ann'), new Replica('ben')];
        const harmless = mine.filter((what): what is Edit => !['undo', 'redo', 'lock'].includes(what.do));
        const ids: string[] = [];
        for (const [turn, what] of harmless.entries()) {
          perform(ann.scene, what);
          const shape = theirs[turn];
          if (shape !== undefined) ids.push(...ben.scene.add([shape]));
          exchange(ann, ben);
        }
        while (ann.scene.undo());
        exchange(ann, ben);
        // All that is left is Ben's, and all of it.
        expect(
          ann.scene
            .shapes(FIRST_PAGE)
            .map(({ id }) => id)
            .sort(),
        ).toEqual([...ids].sort());
        expect(contentOf(ann.scene)).toEqual(contentOf(ben.scene));
      }),
      { numRuns: 150 },
    );
  });
});

function shuffled<T>(list: readonly T[], seed: number): T[] {
  const mixed = [...list];
  let state = seed + 1;
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = state % (at + 1);
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}

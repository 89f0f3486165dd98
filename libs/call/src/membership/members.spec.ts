import { inOrder, joined, left, nobody, raised, told, type Said } from './members';

const own = { microphone: 'on', camera: 'off', screen: false } as const;

function said(userId: string, at: number): Said {
  return { userId, connectionId: `${userId}-connection`, at: new Date(at).toISOString() };
}

describe('[K1] [K2] members', () => {
  it('are in the order in which the server heard them join', () => {
    const members = joined(joined(nobody, said('ben', 2), { ...own, seat: 'b' }), said('ann', 1), {
      ...own,
      seat: 'a',
    });
    expect(inOrder(members).map(({ userId }) => userId)).toEqual(['ann', 'ben']);
  });

  it('keep their place and their hand when they say again that they joined', () => {
    let members = joined(nobody, said('ann', 1), { ...own, seat: 'a' });
    members = raised(members, said('ann', 2), { seat: 'a', up: true });
    members = joined(members, said('ann', 9), { ...own, seat: 'a' });
    expect(inOrder(members)).toMatchObject([{ joinedAt: said('ann', 1).at, handAt: said('ann', 2).at }]);
  });

  it('have one seat, the one that was taken last', () => {
    let members = joined(nobody, said('ann', 1), { ...own, seat: 'first' });
    members = joined(members, said('ann', 5), { ...own, seat: 'second' });
    expect(inOrder(members)).toMatchObject([{ seat: 'second', joinedAt: said('ann', 5).at }]);
    // What the first one had said before comes late.
    members = told(members, said('ann', 6), { ...own, seat: 'first', joinedAt: said('ann', 1).at, handAt: null });
    expect(inOrder(members)).toMatchObject([{ seat: 'second' }]);
    expect(inOrder(left(members, 'ann', 'first'))).toHaveLength(1);
    expect(inOrder(left(members, 'ann', 'second'))).toHaveLength(0);
  });

  it('can be reached where they spoke from last', () => {
    const members = joined(nobody, said('ann', 1), { ...own, seat: 'a' });
    const state = { ...own, seat: 'a', joinedAt: said('ann', 1).at, handAt: null };
    const moved = told(members, { ...said('ann', 3), connectionId: 'another' }, state);
    expect(inOrder(moved)).toMatchObject([{ connectionId: 'another' }]);
  });

  it('[K6] raise a hand once, and from the seat that they have', () => {
    const members = joined(nobody, said('ann', 1), { ...own, seat: 'a' });
    expect(raised(members, said('ann', 2), { seat: 'other', up: true })).toBe(members);
    const up = raised(members, said('ann', 2), { seat: 'a', up: true });
    expect(raised(up, said('ann', 3), { seat: 'a', up: true })).toBe(up);
    expect(inOrder(raised(up, said('ann', 3), { seat: 'a', up: false }))).toMatchObject([{ handAt: undefined }]);
  });
});

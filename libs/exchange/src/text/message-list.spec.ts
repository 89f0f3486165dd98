import { ComponentFixture, TestBed } from '@angular/core/testing';
import { ProtocolError } from '@parley/client';
import { FakeClock } from '@parley/client/testing';
import { MessageList } from './message-list';
import { broadcast, epoch, FakeChannel, person, settled } from './testing/fake-channel';
import { elementOf, find } from '../testing/element';
import { giveLayout, layOutRows, type Scroll } from '../testing/layout';
import { TextRoom } from './text-room';

interface Shown {
  readonly fixture: ComponentFixture<MessageList>;
  readonly channel: FakeChannel;
  readonly room: TextRoom;
  readonly scroll: Scroll;
  scrollTo(top: number): Promise<void>;
  rows(): string[];
}

async function list(stored: number): Promise<Shown> {
  const channel = new FakeChannel();
  channel.history = Array.from({ length: stored }, (_, index) => broadcast(index + 1, 'ben', `text ${index + 1}`));
  let ids = 0;
  const room = new TextRoom({
    channel,
    me: 'ann',
    clock: new FakeClock(epoch),
    newId: () => `mine-${(ids += 1)}`,
  });
  const fixture = TestBed.createComponent(MessageList);
  const element = elementOf(fixture);
  fixture.componentRef.setInput('room', room);
  fixture.componentRef.setInput('person', (userId: string) => ({ ...person(userId), name: userId }));
  const scroll = { top: 0, rowHeight: 40, boxHeight: 400 };
  fixture.detectChanges();
  layOutRows(element, scroll);
  room.open();
  await stable(fixture);
  return {
    fixture,
    channel,
    room,
    scroll,
    rows: () => [...element.querySelectorAll('parley-message-text')].map(({ textContent }) => textContent),
    scrollTo: async (top) => {
      const box = element.querySelector('.box')!;
      box.scrollTop = top;
      box.dispatchEvent(new Event('scroll'));
      await stable(fixture);
    },
  };
}

async function stable(fixture: ComponentFixture<MessageList>): Promise<void> {
  await settled();
  await fixture.whenStable();
}

/** Where a row is on the screen. */
function onScreen({ fixture }: Shown, seq: number): number {
  return find(fixture, `[data-key="ben:id-${seq}"]`).getBoundingClientRect().top;
}

function pill({ fixture }: Shown): string | undefined {
  return elementOf(fixture).querySelector('.pill')?.textContent.trim();
}

describe('message list', () => {
  beforeEach(() => {
    sessionStorage.clear();
    giveLayout();
  });
  afterEach(() => jest.restoreAllMocks());

  it('begins at the end and follows what comes', async () => {
    const shown = await list(40);
    expect(shown.rows().at(-1)).toBe('text 40');
    const end = shown.scroll.top;
    expect(end).toBe(40 * 40 - 400);
    shown.channel.messages.next(broadcast(41, 'ben', 'text 41'));
    await stable(shown.fixture);
    expect(shown.scroll.top).toBe(end + 40);
    expect(pill(shown)).toBeUndefined();
  });

  it('[H1] loads older pages near the beginning without moving what is read', async () => {
    const shown = await list(120);
    expect(shown.rows()).toHaveLength(50);
    const scrolled = shown.scrollTo(600);
    const before = onScreen(shown, 90);
    await scrolled;
    expect(shown.rows()).toHaveLength(100);
    expect(onScreen(shown, 90)).toBe(before);
    expect(shown.rows()).toEqual(Array.from({ length: 100 }, (_, index) => `text ${index + 21}`));
  });

  it('stays where it is read when something new comes, and says how much', async () => {
    const shown = await list(40);
    await shown.scrollTo(200);
    expect(pill(shown)).toBe('Newest messages');
    const before = onScreen(shown, 10);
    shown.channel.messages.next(broadcast(41, 'ben', 'text 41'));
    shown.channel.messages.next(broadcast(42, 'ann', 'own, from another window', 'other'));
    shown.channel.messages.next(broadcast(43, 'ben', 'text 43'));
    await stable(shown.fixture);
    expect(onScreen(shown, 10)).toBe(before);
    expect(pill(shown)).toBe('2 new messages');
    find(shown.fixture, '.pill').click();
    await stable(shown.fixture);
    expect(pill(shown)).toBeUndefined();
    expect(shown.scroll.top).toBe(43 * 40 - 400);
  });

  it('goes to the end with an own message', async () => {
    const shown = await list(40);
    await shown.scrollTo(100);
    shown.room.send('mine');
    await stable(shown.fixture);
    expect(shown.rows().at(-1)).toBe('mine');
    expect(shown.scroll.top).toBe(41 * 40 - 400);
  });

  it('[P3] keeps the same element from sending to sent', async () => {
    const shown = await list(3);
    shown.room.send('mine');
    await stable(shown.fixture);
    const mine = (): HTMLElement => find(shown.fixture, '[data-key="ann:mine-1"]');
    const before = mine();
    expect(before.textContent).toContain('Sending');
    shown.channel.messages.next(broadcast(4, 'ann', 'mine', 'mine-1'));
    shown.channel.stored[0]?.settle.resolve({ id: 'mine-1', seq: 4, timestamp: new Date().toISOString() });
    await stable(shown.fixture);
    expect(mine()).toBe(before);
    expect(before.textContent).toContain('Sent');
    expect(shown.rows().filter((text) => text === 'mine')).toHaveLength(1);
  });

  it('offers to try again where a page could not be loaded, and does not hammer the server', async () => {
    const shown = await list(120);
    shown.channel.failure = new ProtocolError({ code: 'internal', message: 'no' });
    await shown.scrollTo(600);
    await shown.scrollTo(500);
    expect(shown.channel.asked).toHaveLength(2);
    find(shown.fixture, '.edge button').click();
    await stable(shown.fixture);
    expect(shown.rows()).toHaveLength(100);
  });

  it('marks the beginning, and says something kind where nothing was said', async () => {
    const few = await list(3);
    expect(elementOf(few.fixture).textContent).toContain('This is the beginning of the conversation.');
    const none = await list(0);
    expect(elementOf(none.fixture).querySelector('.empty')).not.toBeNull();
  });

  it('reads new messages and comings out, and the history not', async () => {
    const shown = await list(3);
    const live = find(shown.fixture, '[aria-live=polite]');
    expect(live.textContent.trim()).toBe('');
    shown.channel.messages.next(broadcast(4, 'ben', 'café 👩‍👩‍👧 日本語'));
    shown.channel.subscriber.next(person('cleo'));
    await stable(shown.fixture);
    const lines = [...live.querySelectorAll('p')].map(({ textContent }) => textContent);
    expect(lines).toEqual(['ben: café 👩‍👩‍👧 日本語', 'cleo joined']);
    expect(find(shown.fixture, '[role=log]').getAttribute('aria-live')).toBe('off');
  });
});

import { Ledger } from './ledger';

describe('Ledger', () => {
  const seats = [0, 1].map((place) => ({ exchange: 0, place }));
  let ledger: Ledger;

  beforeEach(() => {
    ledger = new Ledger({ exchanges: 2, people: 2, cursors: 10 });
    ledger.begin();
  });

  it('is complete when everyone has heard everything once', () => {
    const [ann, ben] = seats.map((seat) => ledger.hearing(seat));
    ledger.cursorSent(seats[0]!, 0);
    ledger.chatSent(seats[0]!, 'chat-0-0');
    expect(ledger.complete).toBe(false);
    for (const each of [ann!, ben!]) {
      each.cursor(0, 0);
      each.chat('chat-0-0');
    }
    ann!.ack('chat-0-0');
    expect(ledger.complete).toBe(true);
    expect(Object.values(ledger.wrongs())).toEqual([0, 0, 0, 0, 0]);
    expect(ledger.deliveries).toBe(4);
    expect(ledger.cursorLatencies.count).toBe(2);
  });

  it('sees what goes astray, comes again or late, or not at all', () => {
    const ann = ledger.hearing(seats[0]!);
    ledger.cursorSent(seats[0]!, 0);
    ledger.cursorSent(seats[0]!, 1);
    ann.cursor(1, 0);
    ann.cursor(0, 0);
    ann.cursor(1, 1);
    ledger.chatSent(seats[0]!, 'chat-0-0');
    ann.chat('chat-0-0');
    ann.chat('chat-0-0');
    expect(ledger.wrongs()).toEqual({ astray: 1, disordered: 1, missing: 1, twice: 1, misacknowledged: 1 });
    expect(ledger.cursorsDue - ledger.cursorsCame).toBe(3);
  });

  it('counts chat of another exchange as what must not come', () => {
    ledger.chatSent({ exchange: 1, place: 0 }, 'chat-1-0');
    ledger.hearing(seats[0]!).chat('chat-1-0');
    expect(ledger.wrongs().twice).toBe(1);
  });
});

import { ProblemException } from '../http/problem.exception';
import { TicketPace } from './ticket-pace';

describe('the pace of tickets', () => {
  function granted(pace: TicketPace, sid: string, now: number, asked: number): number {
    let count = 0;
    for (let index = 0; index < asked; index += 1) {
      try {
        pace.take(sid, now);
        count += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(ProblemException);
        expect((error as ProblemException).getStatus()).toBe(429);
      }
    }
    return count;
  }

  it('[T1] lets a quarter of a minute’s tickets through at once, and then an even flow', () => {
    const pace = new TicketPace({ ticketsPerMinute: 120 });
    expect(granted(pace, 'ann', 1_000, 100)).toBe(30);
    expect(granted(pace, 'ann', 1_499, 1)).toBe(0);
    expect(granted(pace, 'ann', 1_500, 5)).toBe(1);
    expect(granted(pace, 'ann', 3_500, 10)).toBe(4);
    expect(granted(pace, 'ann', 60_000, 100)).toBe(30);
  });

  it('counts each session apart, however many there are', () => {
    const pace = new TicketPace({ ticketsPerMinute: 4 });
    expect(granted(pace, 'ann', 0, 3)).toBe(1);
    for (let index = 0; index < 10_001; index += 1) expect(granted(pace, `ben-${index}`, 0, 1)).toBe(1);
    expect(granted(pace, 'ann', 0, 3)).toBe(0);
  });
});

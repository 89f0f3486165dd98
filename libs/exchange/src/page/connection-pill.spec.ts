import { ComponentFixture, TestBed } from '@angular/core/testing';
import type { ConnectionStatus } from '@parley/client';
import { ConnectionPill } from './connection-pill';

function pill(): {
  fixture: ComponentFixture<ConnectionPill>;
  show: (status: Partial<ConnectionStatus>) => Promise<HTMLElement>;
} {
  const fixture = TestBed.createComponent(ConnectionPill);
  fixture.componentRef.setInput('returnTo', '/app/exchange/1');
  return {
    fixture,
    show: async (status) => {
      fixture.componentRef.setInput('status', { state: 'connected', attempt: 0, queued: 0, ...status });
      await fixture.whenStable();
      return fixture.nativeElement as HTMLElement;
    },
  };
}

describe('connection pill', () => {
  it('says how the connection is and what waits, and tries again when asked', async () => {
    const { fixture, show } = pill();
    let retried = 0;
    fixture.componentInstance.retry.subscribe(() => (retried += 1));
    expect((await show({})).textContent).toContain('Connected');
    const waiting = await show({ state: 'waiting', attempt: 1, queued: 3, retryAt: new Date(Date.now() + 60_000) });
    expect(waiting.querySelector('.state')?.textContent).toMatch(/Reconnecting in \d+ s\s*· 3 messages queued/);
    expect(waiting.querySelector('[role=status]')?.textContent).toBe('Reconnecting. You can go on writing.');
    expect(waiting.classList).toContain('warn');
    waiting.querySelector('button')?.click();
    expect(retried).toBe(1);
  });

  it('leads back here after signing in again', async () => {
    const { show } = pill();
    const link = (await show({ state: 'signed-out' })).querySelector('a');
    expect(link?.getAttribute('href')).toBe('/sign-in?returnTo=%2Fapp%2Fexchange%2F1&ended=true');
  });

  it('takes the connection back from another window', async () => {
    const { fixture, show } = pill();
    let taken = 0;
    fixture.componentInstance.takeOver.subscribe(() => (taken += 1));
    (await show({ state: 'closed' })).querySelector('button')?.click();
    expect(taken).toBe(1);
  });
});

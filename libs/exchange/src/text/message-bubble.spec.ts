import { ComponentFixture, TestBed } from '@angular/core/testing';
import { MessageBubble } from './message-bubble';
import { elementOf, find } from '../testing/element';
import type { MessageRow } from './timeline';

const row: MessageRow = {
  kind: 'message',
  key: 'ann:a',
  seq: 1,
  id: 'a',
  userId: 'ann',
  own: true,
  text: 'café 👩‍👩‍👧 日本語',
  at: Date.parse('2026-11-03T10:00:00.000Z'),
  first: true,
  last: true,
  delivery: undefined,
};

async function bubble(more: Partial<MessageRow> = {}): Promise<ComponentFixture<MessageBubble>> {
  const fixture = TestBed.createComponent(MessageBubble);
  fixture.componentRef.setInput('row', { ...row, ...more });
  fixture.componentRef.setInput('author', { userId: 'ann', name: 'Ann', colour: '#256f3a' });
  await fixture.whenStable();
  return fixture;
}

function texts(fixture: ComponentFixture<MessageBubble>): string {
  return elementOf(fixture).textContent.replace(/\s+/g, ' ');
}

describe('message bubble', () => {
  it('says of an own message in words whether it is on its way or sent', async () => {
    expect(texts(await bubble({ delivery: { state: 'sending' }, seq: undefined }))).toContain('Sending');
    expect(texts(await bubble())).toContain('Sent');
    expect(texts(await bubble({ own: false }))).not.toContain('Sent');
  });

  it('offers a failed message to be sent again or discarded, with the reason', async () => {
    const failed = { state: 'failed', reason: 'The server could not keep it.', retryable: true } as const;
    const fixture = await bubble({ delivery: failed, seq: undefined });
    const told: string[] = [];
    fixture.componentInstance.retry.subscribe((id) => told.push(`retry ${id}`));
    fixture.componentInstance.discard.subscribe((id) => told.push(`discard ${id}`));
    expect(texts(fixture)).toContain('Not sent. The server could not keep it.');
    for (const button of elementOf(fixture).querySelectorAll('button')) button.click();
    expect(told).toEqual(['retry a', 'discard a']);
  });

  it('does not offer what cannot work', async () => {
    const failed = { state: 'failed', reason: 'It is too long for one message.', retryable: false } as const;
    const fixture = await bubble({ delivery: failed });
    const labels = [...elementOf(fixture).querySelectorAll('button')].map((button) => button.textContent.trim());
    expect(labels).toEqual(['Discard']);
  });

  it('does not offer to send again where nothing can be written any more', async () => {
    const failed = { state: 'failed', reason: 'You cannot write here at the moment.', retryable: true } as const;
    const fixture = await bubble({ delivery: failed });
    fixture.componentRef.setInput('closed', true);
    await fixture.whenStable();
    expect(texts(fixture)).toContain('Not sent. Nothing can be written here any more.');
    const labels = [...elementOf(fixture).querySelectorAll('button')].map((button) => button.textContent.trim());
    expect(labels).toEqual(['Discard']);
  });

  it('writes markup as text, and addresses as safe links', async () => {
    const text = '<img src=x onerror=alert(1)> javascript:alert(1)\n  https://example.org/a';
    const fixture = await bubble({ text });
    const said = find(fixture, 'parley-message-text');
    expect(said.textContent).toBe(text);
    expect(said.querySelector('img')).toBeNull();
    const links = [...said.querySelectorAll('a')];
    expect(links.map(({ href, rel, target }) => [href, rel, target])).toEqual([
      ['https://example.org/a', 'noopener noreferrer nofollow', '_blank'],
    ]);
  });

  it('shows a few emoji large, and lets the text choose its direction', async () => {
    const large = find(await bubble({ text: '👩‍👩‍👧' }), 'parley-message-text');
    expect(large.classList).toContain('emoji');
    expect(large.dir).toBe('auto');
    const usual = find(await bubble(), 'parley-message-text');
    expect(usual.classList).not.toContain('emoji');
  });

  it('folds a very long message until its reader wants it', async () => {
    const fixture = await bubble({ text: 'long '.repeat(1000) });
    const button = find(fixture, '.fold');
    expect(button.getAttribute('aria-expanded')).toBe('false');
    button.click();
    await fixture.whenStable();
    expect(button.getAttribute('aria-expanded')).toBe('true');
    expect(elementOf(fixture).querySelector('.folded')).toBeNull();
  });

  it('names author and time for whoever cannot see them', async () => {
    const label = elementOf(await bubble({ own: false, first: false })).getAttribute('aria-label');
    expect(label).toMatch(/^Ann, \d/);
  });
});

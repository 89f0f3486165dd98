import fc from 'fast-check';
import { messageParts } from './message-parts';

function links(text: string): string[] {
  return messageParts(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []));
}

describe('message parts', () => {
  it('finds web and mail addresses', () => {
    expect(messageParts('see https://example.org/a?b=1, or mail ann@example.org.')).toEqual([
      { kind: 'text', text: 'see ' },
      { kind: 'link', text: 'https://example.org/a?b=1', href: 'https://example.org/a?b=1' },
      { kind: 'text', text: ', or mail ' },
      { kind: 'link', text: 'ann@example.org', href: 'mailto:ann@example.org' },
      { kind: 'text', text: '.' },
    ]);
  });

  it('gives a bare host https', () => {
    expect(links('example.org/café')).toEqual(['https://example.org/café']);
  });

  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'ftp://example.org/x',
    'vbscript:x',
    '<img src=x onerror=alert(1)>',
  ])('makes no link of %j that runs or opens anything but a page', (text) => {
    for (const href of links(text)) expect(href).toMatch(/^(https?|mailto):/);
  });

  it('loses and adds no character', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.webUrl(),
      fc.constantFrom('ann@example.org', 'javascript:alert(1)', '\n', 'café 👩‍👩‍👧 日本語', 'example.org', 'مرحبا'),
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const text = words.join(' ');
        const parts = messageParts(text);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        for (const part of parts) if (part.kind === 'link') expect(part.href).toMatch(/^(https?|mailto):/i);
      }),
    );
  });
});

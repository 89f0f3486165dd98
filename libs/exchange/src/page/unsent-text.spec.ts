import { TestBed } from '@angular/core/testing';
import { elementOf, find } from '../testing/element';
import { UnsentText } from './unsent-text';

const text = 'two lines, café\n👩‍👩‍👧 日本語';

async function shown(value: string) {
  const fixture = TestBed.createComponent(UnsentText);
  fixture.componentRef.setInput('text', value);
  await fixture.whenStable();
  return fixture;
}

function giveClipboard(writeText: (copied: string) => Promise<void>): void {
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
}

describe('unsent text', () => {
  afterEach(() => Reflect.deleteProperty(navigator, 'clipboard'));

  it('is not there when everything was sent', async () => {
    expect(elementOf(await shown('')).children).toHaveLength(0);
  });

  it('can be copied as it was written, and says so', async () => {
    const copied: string[] = [];
    giveClipboard(async (each) => {
      copied.push(each);
      await Promise.resolve();
    });
    const fixture = await shown(text);
    expect((find(fixture, 'textarea') as HTMLTextAreaElement).value).toBe(text);
    find(fixture, 'button').click();
    await fixture.whenStable();
    expect(copied).toEqual([text]);
    expect(find(fixture, '[role=status]').textContent).toBe('Text copied');
  });

  it('is marked for copying by hand where the browser does not copy', async () => {
    giveClipboard(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
    const fixture = await shown(text);
    document.body.append(elementOf(fixture));
    find(fixture, 'button').click();
    await fixture.whenStable();
    const field = find(fixture, 'textarea') as HTMLTextAreaElement;
    expect(document.activeElement).toBe(field);
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe(text);
    expect(find(fixture, 'button').textContent.trim()).toBe('It is marked: copy it');
  });
});

import { ComponentFixture, TestBed } from '@angular/core/testing';
import { Composer } from './composer';
import { KeptText } from './kept-text';
import { elementOf, find } from '../testing/element';

const topic = 'exchange/text:1';

async function composer(): Promise<{
  fixture: ComponentFixture<Composer>;
  field: HTMLTextAreaElement;
  sent: string[];
}> {
  const fixture = TestBed.createComponent(Composer);
  fixture.componentRef.setInput('kept', new KeptText(topic, 'ann', sessionStorage));
  await fixture.whenStable();
  const sent: string[] = [];
  fixture.componentInstance.send.subscribe((text) => sent.push(text));
  return { fixture, field: find(fixture, 'textarea') as HTMLTextAreaElement, sent };
}

function write(field: HTMLTextAreaElement, text: string): void {
  field.value = text;
  field.dispatchEvent(new Event('input'));
}

function press(field: HTMLTextAreaElement, init: KeyboardEventInit): boolean {
  return field.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
}

describe('composer', () => {
  beforeEach(() => sessionStorage.clear());

  it('sends on Enter and is empty at once, even when nothing was rendered in between', async () => {
    const { field, sent } = await composer();
    write(field, '  café 👩‍👩‍👧 日本語\nsecond line ');
    expect(press(field, { key: 'Enter' })).toBe(false);
    expect(sent).toEqual(['café 👩‍👩‍👧 日本語\nsecond line']);
    expect(field.value).toBe('');
  });

  it('leaves Shift+Enter to the field, and sends nothing that is empty', async () => {
    const { field, sent } = await composer();
    write(field, 'one');
    expect(press(field, { key: 'Enter', shiftKey: true })).toBe(true);
    for (const nothing of [' \n ', '\u200b', '\u200f\u200d', '\0']) {
      write(field, nothing);
      press(field, { key: 'Enter' });
    }
    expect(sent).toEqual([]);
  });

  it('does not send with the Enter of an input method, even where it comes after the composition', async () => {
    const { field, sent } = await composer();
    write(field, '日本');
    press(field, { key: 'Enter', isComposing: true });
    field.dispatchEvent(new CompositionEvent('compositionstart'));
    field.dispatchEvent(new CompositionEvent('compositionend'));
    press(field, { key: 'Enter' });
    expect(sent).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve));
    press(field, { key: 'Enter' });
    expect(sent).toEqual(['日本']);
  });

  it('keeps a draft over a reload', async () => {
    const { field, fixture } = await composer();
    write(field, 'not finished');
    await fixture.whenStable();
    expect((await composer()).field.value).toBe('not finished');
  });

  it('says how much too long a message is, and does not send it', async () => {
    const { field, fixture, sent } = await composer();
    write(field, '語'.repeat(25_000));
    await fixture.whenStable();
    expect(find(fixture, '.hint').textContent).toMatch(/^Too long by about [\d,]+ characters/);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    press(field, { key: 'Enter' });
    expect(sent).toEqual([]);
    expect(find(fixture, 'button').hasAttribute('disabled')).toBe(true);
  });

  it('tells of typing, and not of deleting everything', async () => {
    const { field, fixture } = await composer();
    let typed = 0;
    fixture.componentInstance.typed.subscribe(() => (typed += 1));
    write(field, 'a');
    write(field, '');
    expect(typed).toBe(1);
  });

  it('says why nothing can be written where the meeting is over', async () => {
    const { fixture } = await composer();
    fixture.componentRef.setInput('closedBecause', 'This meeting has ended.');
    await fixture.whenStable();
    expect(elementOf(fixture).querySelector('textarea')).toBeNull();
    expect(elementOf(fixture).textContent).toContain('This meeting has ended.');
  });
});

import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { EmailChips } from './email-chips';

describe('EmailChips', () => {
  let chips: ComponentFixture<EmailChips>;
  let input: HTMLInputElement;

  beforeEach(async () => {
    chips = TestBed.createComponent(EmailChips);
    await chips.whenStable();
    input = (chips.nativeElement as HTMLElement).querySelector('input')!;
  });

  const type = async (text: string) => {
    input.value = text;
    input.dispatchEvent(new Event('input'));
    await chips.whenStable();
  };
  const value = () => chips.componentInstance.value();
  const text = () => (chips.nativeElement as HTMLElement).textContent;

  it('takes an address when a separator follows, as keyboards on phones send it', async () => {
    await type('ben@example.org,');
    expect(value()).toEqual(['ben@example.org']);
    expect(input.value).toBe('');
  });

  it('takes a pasted list, each address once and in lower case', async () => {
    await type('Ben@Example.org; cleo@example.org ben@example.org ');
    expect(value()).toEqual(['ben@example.org', 'cleo@example.org']);
  });

  it('leaves what is no address to be corrected, and says so', async () => {
    await type('ben@example.org cleo@ ');
    expect(value()).toEqual(['ben@example.org']);
    expect(input.value).toBe('cleo@');
    expect(text()).toContain('Enter an e-mail address');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    await type('');
    expect(text()).not.toContain('Enter an e-mail address');
  });

  it('takes what stands there when the field is left', async () => {
    await type('ben@example.org');
    expect(value()).toEqual([]);
    input.dispatchEvent(new Event('blur'));
    await chips.whenStable();
    expect(value()).toEqual(['ben@example.org']);
  });

  it('removes one, and shows the mistakes of its field once it was touched', async () => {
    await type('ben@example.org,cleo@example.org,');
    chips.componentRef.setInput('errors', [{ kind: 'server', message: 'cleo@example.org: nobody.' }]);
    await chips.whenStable();
    expect(text()).not.toContain('nobody');
    chips.componentRef.setInput('touched', true);
    await chips.whenStable();
    expect(text()).toContain('cleo@example.org: nobody.');
    (chips.nativeElement as HTMLElement)
      .querySelector<HTMLButtonElement>('[aria-label="Do not invite cleo@example.org"]')!
      .click();
    await chips.whenStable();
    expect(value()).toEqual(['ben@example.org']);
  });
});

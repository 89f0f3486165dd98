import { type ComponentFixture, TestBed } from '@angular/core/testing';
import type { ExchangeFile } from '@parley/protocol';
import type { Question } from '../page/question-dialog';
import { elementOf, find } from '../testing/element';
import { ExchangeFiles } from './exchange-files';
import { FilesPanel } from './files-panel';
import { FakeFilesApi, problemOf } from './testing/fake-files-api';
import { fileOf } from './testing/files';
import { Thumbnails } from './thumbnails';

const own = fileOf({ id: 'own', name: 'own é.pdf', addedBy: 'ann' });
const others = fileOf({ id: 'others', name: '日本語.png', type: 'image/png', pages: 1, addedBy: 'ben' });

interface Shown {
  readonly fixture: ComponentFixture<FilesPanel>;
  readonly api: FakeFilesApi;
  readonly store: ExchangeFiles;
  readonly placed: ExchangeFile[];
  readonly asked: Question[];
  names(selector: string): string[];
}

const seen: ((shown: boolean) => void)[] = [];

async function panel(inputs: Readonly<Record<string, unknown>> = {}, stored: ExchangeFile[] = []): Promise<Shown> {
  const api = new FakeFilesApi();
  api.stored = stored;
  const store = new ExchangeFiles({ api, exchangeId: 'one', tellOthers: () => undefined });
  const fixture = TestBed.createComponent(FilesPanel);
  const person = () => (userId: string) => ({ userId, name: userId === 'ben' ? 'Ben' : 'Ann', colour: '#256f3a' });
  for (const [name, value] of Object.entries({ store, me: 'ann', person: person(), ...inputs })) {
    fixture.componentRef.setInput(name, value);
  }
  const placed: ExchangeFile[] = [];
  const asked: Question[] = [];
  fixture.componentInstance.place.subscribe((file) => placed.push(file));
  fixture.componentInstance.ask.subscribe((question) => asked.push(question));
  await store.refresh();
  await fixture.whenStable();
  const names = (selector: string): string[] =>
    [...elementOf(fixture).querySelectorAll(selector)].map((element) =>
      (element.getAttribute('aria-label') ?? element.textContent).replace(/\s+/gu, ' ').trim(),
    );
  return { fixture, api, store, placed, asked, names };
}

describe('files panel', () => {
  beforeEach(() => {
    seen.length = 0;
    globalThis.IntersectionObserver = class {
      constructor(told: IntersectionObserverCallback) {
        seen.push((isIntersecting) =>
          told([{ isIntersecting } as IntersectionObserverEntry], this as unknown as IntersectionObserver),
        );
      }
      observe(): void {
        // The test says what is in view.
      }
      disconnect(): void {
        // See observe.
      }
    } as unknown as typeof IntersectionObserver;
  });

  it('says what to do first', async () => {
    const { fixture, names } = await panel();
    expect(names('.empty .title')).toEqual(['No files yet']);
    expect(elementOf(fixture).textContent).toContain('PDF, PNG, JPEG or WebP, 25 MB each.');
    expect(find(fixture, 'input').getAttribute('accept')).toContain('application/pdf');
  });

  it('lists files: what they are, and who added them', async () => {
    const { names } = await panel({}, [own, others]);
    expect(names('h2')).toEqual(['Files 2']);
    expect(names('.what > *')).toEqual([
      ...['own é.pdf', 'PDF · 20 pages · 1.3 MB', 'Added by you'],
      ...['日本語.png', 'PNG · 1.3 MB', 'Added by Ben'],
    ]);
  });

  it('offers to delete one’s own, and all of them to the host', async () => {
    const guest = await panel({}, [own, others]);
    expect(guest.names('button[aria-label^=Delete]')).toEqual(['Delete own é.pdf']);
    const host = await panel({ isHost: true }, [own, others]);
    expect(host.names('button[aria-label^=Delete]')).toEqual(['Delete own é.pdf', 'Delete 日本語.png']);
    find(host.fixture, 'button[aria-label="Delete 日本語.png"]').click();
    expect(host.asked[0]?.title).toBe('Delete \u2068日本語.png\u2069?');
    await host.asked[0]?.act();
    await host.fixture.whenStable();
    expect(host.names('.what .name')).toEqual(['own é.pdf']);
  });

  it('puts files on the board where there is one', async () => {
    const without = await panel({}, [own]);
    expect(without.names('.place')).toEqual([]);
    const { fixture, placed, names } = await panel({ canPlace: true }, [own]);
    expect(names('.place')).toEqual(['Put on the board: own é.pdf']);
    find(fixture, '.place').click();
    expect(placed).toEqual([own]);
  });

  it('shows how far a file is, and stops it', async () => {
    const { fixture, api, store, names } = await panel();
    store.add([new File(['%PDF'], 'café.pdf', { type: 'application/pdf' })]);
    api.uploads[0]!.options.progress?.(2, 4);
    await fixture.whenStable();
    const bar = find(fixture, 'progress') as HTMLProgressElement;
    expect([bar.value, bar.max, bar.getAttribute('aria-label')]).toEqual([2, 4, 'Sending café.pdf']);
    expect(names('.upload .facts')).toEqual(['2 bytes of 4 bytes']);
    find(fixture, '.upload button').click();
    await fixture.whenStable();
    expect(names('.upload')).toEqual([]);
    expect(names('.empty .title')).toEqual(['No files yet']);
  });

  it('says why a file was refused, and that one was added', async () => {
    const { fixture, api, store, names } = await panel();
    store.add(['a.pdf', 'b.pdf'].map((name) => new File(['%PDF'], name, { type: 'application/pdf' })));
    api.uploads[0]!.refused(problemOf(422, 'This PDF is protected with a password.'));
    api.uploads[1]!.taken();
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
    expect(names('[role=alert]')).toEqual(['This PDF is protected with a password.']);
    expect(names('.upload button')).toEqual(['Dismiss: a.pdf']);
    expect(names('[role=status]')).toEqual(['b.pdf was added.']);
  });

  it('takes dropped files, and nothing once the meeting is over', async () => {
    const { fixture, store, names } = await panel({}, [own]);
    const drop = (): Event => {
      const files = [new File(['%PDF'], 'dropped.pdf', { type: 'application/pdf' })];
      const event = new Event('drop', { cancelable: true });
      Object.assign(event, { dataTransfer: { files, types: ['Files'] } });
      elementOf(fixture).dispatchEvent(event);
      return event;
    };
    expect(drop().defaultPrevented).toBe(true);
    expect(store.uploads().map(({ name }) => name)).toEqual(['dropped.pdf']);
    store.close();
    fixture.componentRef.setInput('closedBecause', 'This meeting is over.');
    await fixture.whenStable();
    drop();
    expect(store.uploads()).toEqual([]);
    expect(names('button')).toEqual([]);
    expect(names('a')).toEqual(['Download own é.pdf']);
    expect(names('.note')).toEqual(['This meeting is over.']);
  });

  it('draws what comes into view, and nothing else', async () => {
    const drawn: string[] = [];
    const thumbnails = TestBed.inject(Thumbnails);
    thumbnails.load = () =>
      Promise.resolve((url) => {
        drawn.push(url);
        return Promise.reject(new Error('A test draws nothing.'));
      });
    await panel({}, [own, others, fileOf({ id: 'huge', bytes: 20_000_000 })]);
    expect(drawn).toEqual([]);
    seen[1]?.(true);
    seen[2]?.(true);
    await new Promise((resolve) => setTimeout(resolve));
    expect(drawn).toEqual(['/files/one/others']);
  });
});

import { fileOf } from './testing/files';
import { type DrawThumbnail, Thumbnails } from './thumbnails';

interface Drawing {
  readonly url: string;
  done(): void;
  fail(): void;
}

function thumbnails(): { all: Thumbnails; drawings: Drawing[] } {
  const drawings: Drawing[] = [];
  const draw: DrawThumbnail = (url) =>
    new Promise((resolve, reject) => {
      const picture = { width: 79, height: 112, close: () => undefined };
      drawings.push({ url, done: () => resolve(picture), fail: () => reject(new Error('It is broken.')) });
    });
  const all = new Thumbnails();
  all.load = () => Promise.resolve(draw);
  return { all, drawings };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const never = new AbortController().signal;

describe('small pictures of files', () => {
  it('are drawn two at a time, and once', async () => {
    const { all, drawings } = thumbnails();
    const asked = ['a', 'b', 'c'].map((id) => all.of(fileOf({ id }), id, never));
    await settled();
    expect(drawings.map(({ url }) => url)).toEqual(['a', 'b']);
    drawings[0]!.done();
    await settled();
    expect(drawings.map(({ url }) => url)).toEqual(['a', 'b', 'c']);
    drawings[1]!.done();
    drawings[2]!.done();
    expect(await Promise.all(asked)).toHaveLength(3);
    expect(await all.of(fileOf({ id: 'a' }), 'a', never)).toMatchObject({ width: 79 });
    expect(drawings).toHaveLength(3);
  });

  it('that cannot be drawn are left out, and hold up no other', async () => {
    const { all, drawings } = thumbnails();
    const asked = ['a', 'b', 'c'].map((id) => all.of(fileOf({ id }), id, never));
    await settled();
    drawings[0]!.fail();
    drawings[1]!.fail();
    await settled();
    drawings[2]!.done();
    expect((await Promise.all(asked)).map((picture) => picture?.width)).toEqual([undefined, undefined, 79]);
  });

  it('that nobody looks at any more, and those of very large files, are not drawn', async () => {
    const { all, drawings } = thumbnails();
    expect(await all.of(fileOf({ bytes: 20_000_000 }), 'large', never)).toBeUndefined();
    const [one, two] = [all.of(fileOf({ id: 'a' }), 'a', never), all.of(fileOf({ id: 'b' }), 'b', never)];
    const gone = new AbortController();
    const three = all.of(fileOf({ id: 'c' }), 'c', gone.signal);
    await settled();
    gone.abort();
    for (const { done } of drawings) done();
    await Promise.all([one, two]);
    expect(await three).toBeUndefined();
    expect(drawings.map(({ url }) => url)).toEqual(['a', 'b']);
  });
});

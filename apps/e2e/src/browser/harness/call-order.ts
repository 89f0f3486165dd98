import type { CallWorld, Someone } from './call-world';
import { viewOf, type PageView } from './tile-eye';

/** What one page should show of everyone, and does not; empty when all is in order. */
function judge(world: CallWorld, someone: Someone, view: PageView): string[] {
  const problems: string[] = [];
  const inCall = world.people.filter(({ isIn }) => isIn);
  const others = inCall.filter((other) => other !== someone);
  const wanted = someone.isIn
    ? inCall.flatMap(({ person, screen }) => [
        `${person.userId} camera`,
        ...(screen ? [`${person.userId} screen`] : []),
      ])
    : [];
  const keys = view.tiles.map(({ key }) => key);
  for (const key of wanted) {
    const count = keys.filter((each) => each === key).length;
    if (count !== 1) problems.push(`${count} tiles of ${key}`);
  }
  for (const key of keys) if (!wanted.includes(key)) problems.push(`a tile of ${key}`);
  for (const tile of view.tiles) problems.push(...judgeTile(world, someone, tile));
  const expectedLinks = someone.isIn ? others.length : 0;
  if (view.links.length !== expectedLinks) problems.push(`${view.links.length} links instead of ${expectedLinks}`);
  for (const { state, ice, signalling, end } of view.links) {
    if (someone.relayOnly && end !== undefined && end !== 'relay') problems.push(`a link shows an address: ${end}`);
    if (state !== 'connected') problems.push(`a link is ${state} (${ice}, ${signalling})`);
  }
  const speaking = someone.isIn ? others.filter(({ microphone }) => microphone).length : 0;
  if (view.sounding !== speaking) problems.push(`${view.sounding} are heard instead of ${speaking}`);
  problems.push(...view.astray);
  return problems;
}

function judgeTile(world: CallWorld, someone: Someone, tile: PageView['tiles'][number]): string[] {
  const owner = world.people.find(({ person }) => tile.key.startsWith(person.userId));
  if (owner === undefined) return [`a tile of nobody: ${tile.key}`];
  const isCamera = tile.key.endsWith('camera');
  const problems: string[] = [];
  const state = owner === someone ? 'self' : 'connected';
  if (tile.state !== state) problems.push(`${tile.key} is ${tile.state}`);
  if (isCamera && tile.muted === owner.microphone)
    problems.push(`${tile.key} is ${tile.muted ? '' : 'not '}shown muted`);
  const hasPicture = isCamera ? owner.camera : owner.screen;
  if (!hasPicture && tile.shows !== undefined) problems.push(`${tile.key} shows ${tile.shows} while off`);
  if (hasPicture && tile.shows !== tile.key) {
    problems.push(`${tile.key} shows ${tile.shows ?? 'nothing'} (${tile.rgb.join()}) “${tile.words}”`);
  }
  if (hasPicture && tile.grew < 2) problems.push(`the picture of ${tile.key} stands still`);
  return problems;
}

/** Everything that is not as it should be, at all pages, in words. */
export async function problemsOf(world: CallWorld): Promise<string[]> {
  const found = await Promise.all(
    world.people.map(async (someone) => {
      const { name } = someone.person;
      try {
        return judge(world, someone, await viewOf(someone.page)).map((problem) => `${name}: ${problem}`);
      } catch (error) {
        return [`${name}: the page cannot be looked at: ${String(error).slice(0, 200)}`];
      }
    }),
  );
  return found.flat().map((problem) => world.inWords(problem));
}

/**
 * Waits until all is in order.
 *
 * @param ms how long at most
 * @returns milliseconds until it was, and what was wrong last if it never was
 */
export async function untilInOrder(
  world: CallWorld,
  ms: number,
): Promise<{ readonly took: number; readonly problems: readonly string[] }> {
  const began = Date.now();
  let said = '';
  for (;;) {
    const looked = Date.now();
    const problems = await problemsOf(world);
    const words = problems.join('; ');
    if (words !== said && problems.length > 0) world.say(`not yet: ${words}`);
    said = words;
    if (problems.length === 0 || Date.now() - began > ms) return { took: looked - began, problems };
  }
}

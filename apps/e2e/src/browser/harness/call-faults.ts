import { setTimeout as wait } from 'node:timers/promises';
import type { CallWorld, Someone } from './call-world';
import type { Seeded } from './seeded';

/** How long things are away or held up, in milliseconds. */
export interface Lengths {
  readonly least: number;
  readonly most: number;
}

/** Something that happens to one person's network or page, or that they do. */
interface PersonalFault {
  readonly name: string;
  /** Nothing but the way to the server is touched: pictures go on. */
  readonly sparesMedia?: true;
  /** What the random numbers decide is decided before anything happens, so that a seed means the same each time. */
  readonly plan: (random: Seeded, lengths: Lengths) => (world: CallWorld, someone: Someone) => Promise<void>;
}

/** Something that happens to all. */
interface SharedFault {
  readonly name: string;
  readonly sparesMedia?: true;
  readonly plan: (random: Seeded, lengths: Lengths) => (world: CallWorld) => Promise<void>;
}

const duration = (random: Seeded, { least, most }: Lengths): number => random.between(least, most);

async function toggle(someone: Someone, what: 'microphone' | 'camera' | 'screen'): Promise<void> {
  const names = {
    microphone: ['Mute', 'Unmute'],
    camera: ['Turn camera off', 'Turn camera on'],
    screen: ['Stop sharing', 'Share screen'],
  } as const;
  const [off, on] = names[what];
  await someone.sees.press(someone[what] ? off : on);
  someone[what] = !someone[what];
}

/** Out of the call and of the page, as whoever closes a window is. */
function gone(someone: Someone): void {
  someone.isIn = false;
  someone.screen = false;
}

const toNetwork: readonly PersonalFault[] = [
  {
    name: 'socket cut',
    sparesMedia: true,
    plan: (random, lengths) => {
      const ms = duration(random, lengths);
      return async (_, { network }) => {
        network.cut();
        await wait(ms);
        network.restore();
      };
    },
  },
  {
    name: 'socket silent, then cut',
    sparesMedia: true,
    plan: (random, lengths) => {
      const ms = duration(random, lengths);
      return async (_, { network }) => {
        network.mute();
        await wait(ms);
        network.cut();
        network.restore();
      };
    },
  },
  {
    name: 'offline',
    sparesMedia: true,
    plan: (random, lengths) => {
      const ms = duration(random, lengths);
      return async (_, { context, network }) => {
        await context.setOffline(true);
        // The browser leaves a socket open that is open.
        network.cut();
        await wait(ms);
        network.restore();
        await context.setOffline(false);
      };
    },
  },
];

const toPage: readonly PersonalFault[] = [
  {
    name: 'page loaded again',
    plan: () => async (world, someone) => {
      gone(someone);
      await someone.page.goto('about:blank');
      await world.join(someone);
    },
  },
  {
    name: 'window closed, another one opened',
    plan: (random, { most }) => {
      const ms = random.between(0, Math.min(most, 5_000));
      return async (world, someone) => {
        gone(someone);
        await someone.page.close();
        await wait(ms);
        await world.openWindow(someone);
        await world.join(someone);
      };
    },
  },
  {
    name: 'joined from another window',
    plan: () => async (world, someone) => {
      const before = someone.page;
      gone(someone);
      await world.openWindow(someone);
      await world.join(someone);
      await before.close();
    },
  },
  {
    // Its timers, its socket and its clicks; what the browser itself carries goes on.
    name: 'page held up',
    plan: (random, lengths) => {
      const ms = duration(random, lengths);
      return async (_, { page }) => {
        await page.evaluate((length) => {
          const until = performance.now() + length;
          while (performance.now() < until);
        }, ms);
      };
    },
  },
];

const relayChange = 'relay only, or not';

const byPerson: readonly PersonalFault[] = [
  {
    name: 'left and joined',
    plan: (random) => {
      const ms = random.pick([0, 0, random.between(0, 3_000)]);
      return async (world, someone) => {
        await world.leave(someone);
        await wait(ms);
        await world.join(someone);
      };
    },
  },
  {
    name: relayChange,
    plan: () => async (world, someone) => {
      await world.leave(someone);
      await world.openLobby(someone);
      if (world.relay !== undefined) {
        await someone.sees.lobby.getByRole('checkbox', { name: 'Always use the relay' }).click();
        someone.relayOnly = !someone.relayOnly;
      }
      await someone.sees.joinNow();
      someone.isIn = true;
    },
  },
  { name: 'microphone', plan: () => (_, someone) => toggle(someone, 'microphone') },
  { name: 'camera', plan: () => (_, someone) => toggle(someone, 'camera') },
  { name: 'screen', plan: () => (_, someone) => toggle(someone, 'screen') },
  {
    name: 'all switches at once',
    plan: (random) => {
      const switches = Array.from({ length: 6 }, () => random.pick(['microphone', 'camera', 'screen'] as const));
      return async (_, someone) => {
        for (const each of switches) await toggle(someone, each);
      };
    },
  },
];

/** Alone: who is removed can do nothing meanwhile. */
const removal = 'somebody removed, and invited again';

const toAll: readonly SharedFault[] = [
  { name: 'server restarted', sparesMedia: true, plan: () => (world) => world.restartServer('SIGTERM') },
  { name: 'server killed', sparesMedia: true, plan: () => (world) => world.restartServer('SIGKILL') },
  {
    name: 'relay killed',
    plan: (random) => {
      const ms = random.between(200, 4_000);
      return async ({ relay }) => {
        await relay?.kill();
        await wait(ms);
        await relay?.startAgain();
      };
    },
  },
  {
    name: 'ICE restarted by all at once',
    plan: (random) => {
      const times = random.between(1, 3);
      return async ({ people }) => {
        for (let time = 0; time < times; time += 1) {
          const restarts = people.map(({ page }) =>
            page.evaluate(() => {
              const links = window.collectedLinks?.made ?? [];
              for (const link of links.filter(({ signalingState }) => signalingState !== 'closed')) link.restartIce();
            }),
          );
          // Who loads their page just now has nothing to restart.
          await Promise.allSettled(restarts);
        }
      };
    },
  },
  {
    name: removal,
    plan: (random) => {
      const which = random.between(1, 2);
      return async (world) => {
        const someone = world.people[which];
        if (someone !== undefined) await world.removeAndInvite(someone);
      };
    },
  },
];

/** Some of them at nearly the same time. */
export interface Burst {
  readonly names: readonly string[];
  /** Pictures have to go on all the time. */
  readonly sparesMedia: boolean;
  /** @returns what could not be done */
  run(world: CallWorld): Promise<readonly string[]>;
}

/** In the beginning some hide their address. */
export function planRelays(random: Seeded, people: number): Burst {
  const [change] = byPerson.filter(({ name }) => name === relayChange);
  const chosen = Array.from({ length: people }, (_, who) => who).filter(() => random.once(3));
  const faults = change === undefined ? [] : [change];
  return schedule(
    random,
    { least: 0, most: 0 },
    [],
    chosen.map((who) => ({ who, faults })),
  );
}

/** What happens next, by the random numbers alone. Half of the time it is one thing, else up to six. */
export function planBurst(random: Seeded, people: number, lengths: Lengths): Burst {
  const alone = random.once(2);
  const all: SharedFault[] = [];
  const personal: { readonly who: number; readonly faults: PersonalFault[] }[] = [];
  const ofPerson = (): PersonalFault => random.pick([...toNetwork, ...toPage, ...byPerson]);
  if (alone && random.once(3)) all.push(random.pick(toAll));
  else if (alone) personal.push({ who: random.between(0, people - 1), faults: [ofPerson()] });
  else {
    if (random.once(2)) all.push(random.pick(toAll.filter(({ name }) => name !== removal)));
    const least = all.length > 0 ? 0 : 1;
    for (let who = 0; who < people; who += 1) {
      if (who >= least && random.once(2)) continue;
      const faults = random.once(3) ? [random.pick(toNetwork), random.pick([...toPage, ...byPerson])] : [ofPerson()];
      personal.push({ who, faults });
    }
  }
  return schedule(random, lengths, all, personal);
}

function schedule(
  random: Seeded,
  lengths: Lengths,
  all: readonly SharedFault[],
  personal: readonly { readonly who: number; readonly faults: readonly PersonalFault[] }[],
): Burst {
  const names: string[] = [];
  const runs: ((world: CallWorld) => Promise<void>)[] = [];
  const later = (name: string, run: (world: CallWorld) => Promise<void>): void => {
    const delay = names.length === 0 ? 0 : random.between(0, 1_200);
    names.push(name);
    runs.push(async (world) => {
      await wait(delay);
      world.say(`begins: ${name}`);
      await run(world);
      world.say(`over: ${name}`);
    });
  };
  for (const { name, plan } of all) later(name, plan(random, lengths));
  for (const { who, faults } of personal) {
    for (const { name, plan } of faults) {
      const run = plan(random, lengths);
      later(`${['Ann', 'Ben', 'Cleo'][who]}: ${name}`, async (world) => {
        const someone = world.people[who];
        if (someone !== undefined) await run(world, someone);
      });
    }
  }
  return {
    names,
    // Whoever is away while the server restarts too is forgotten, and waited for only so long (U3).
    sparesMedia:
      (all.length === 0 || personal.length === 0) &&
      [...all, ...personal.flatMap(({ faults }) => faults)].every(({ sparesMedia }) => sparesMedia === true),
    run: async (world) => {
      const ends = await Promise.allSettled(runs.map((run) => run(world)));
      return ends.flatMap((end, index) => (end.status === 'rejected' ? [`${names[index]}: ${end.reason}`] : []));
    },
  };
}

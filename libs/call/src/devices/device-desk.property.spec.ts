import { FakeClock, MemoryStorage } from '@parley/client/testing';
import fc from 'fast-check';
import { DeviceDesk } from './device-desk';
import type { CaptureKind, DevicesState } from './device-state';
import { FakeMediaDevices } from './testing/fake-media-devices';

const captureKinds: readonly CaptureKind[] = ['microphone', 'camera'];
const labels = ['One', 'Two', 'Zwei café'];

type Step =
  | { readonly do: 'start' | 'stop' | 'default' | 'grant' | 'deny' | 'ask' | 'glitch'; readonly kind: CaptureKind }
  | { readonly do: 'choose' | 'plug' | 'unplug' | 'busy' | 'free'; readonly kind: CaptureKind; readonly which: number }
  | { readonly do: 'hold' | 'release' | 'wait' }
  | { readonly do: 'answer'; readonly which: number };

const kind = fc.constantFrom(...captureKinds);
const which = fc.nat({ max: labels.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('start' as const, 'stop' as const), kind }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('default', 'grant', 'deny', 'ask', 'glitch'), kind }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('choose', 'plug', 'unplug', 'busy', 'free'), kind, which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('hold', 'release', 'wait') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('answer' as const), which }) },
);

describe('DeviceDesk, whatever happens in whatever order', () => {
  /** What must be true at any moment, also in the middle of an exchange. */
  function checkMoment(state: DevicesState): void {
    for (const each of captureKinds) {
      const { status, track } = state[each];
      expect(status === 'on').toBe(track !== undefined);
    }
  }

  function take(next: Step, desk: DeviceDesk, devices: FakeMediaDevices, clock: FakeClock): unknown {
    const id = 'kind' in next && 'which' in next ? `${next.kind} ${next.which}` : '';
    switch (next.do) {
      case 'start':
        void desk.start(next.kind);
        break;
      case 'stop':
        desk.stop(next.kind);
        break;
      case 'default':
        void desk.choose(next.kind, undefined);
        break;
      case 'choose':
        void desk.choose(next.kind, id);
        break;
      case 'grant':
        devices.permit(next.kind, 'granted');
        break;
      case 'deny':
        devices.permit(next.kind, 'denied');
        break;
      case 'ask':
        devices.permit(next.kind, 'prompt');
        break;
      case 'glitch':
        for (const track of devices.live(next.kind)) track.end();
        break;
      case 'plug':
        devices.plug(next.kind, labels[next.which] ?? '', id);
        break;
      case 'unplug':
        devices.unplug(id);
        break;
      case 'busy':
        devices.busy.add(id);
        break;
      case 'free':
        devices.busy.delete(id);
        break;
      case 'hold':
        devices.hold();
        break;
      case 'release':
        devices.release();
        break;
      case 'answer':
        devices.answerOne(next.which);
        break;
      case 'wait':
        return clock.advance(1_000);
    }
    return undefined;
  }

  it('keeps no track that nobody asked for, and never two of a kind', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(step, fc.boolean()), { maxLength: 40 }),
        fc.boolean(),
        async (steps, phone) => {
          const devices = new FakeMediaDevices();
          devices.oneCamera = phone;
          const clock = new FakeClock();
          const desk = new DeviceDesk({
            mediaDevices: devices,
            permissions: devices.permissions,
            storage: new MemoryStorage() as unknown as Storage,
            clock,
            speakers: true,
            oneCamera: phone,
          });
          desk.state.subscribe(checkMoment);
          const wanted = new Set<CaptureKind>();
          for (const [next, pause] of steps) {
            if (next.do === 'start') wanted.add(next.kind);
            if (next.do === 'stop') wanted.delete(next.kind);
            await take(next, desk, devices, clock);
            // Some follow one another at once, some after what the one before set off.
            if (!pause) continue;
            await clock.advance(0);
            for (const each of captureKinds) {
              const { status, track } = desk.current[each];
              if (!wanted.has(each)) expect(status).toBe('idle');
              expect(devices.live(each)).toEqual(track === undefined ? [] : [track]);
            }
          }
          devices.release();
          await clock.advance(10_000);
          for (const each of captureKinds) {
            const { status, track } = desk.current[each];
            expect(status).not.toBe('asking');
            if (!wanted.has(each)) expect(status).toBe('idle');
            expect(devices.live(each)).toEqual(status === 'on' ? [track] : []);
          }
          const pending = [...captureKinds].map((each) => desk.start(each));
          await clock.advance(1_000);
          await Promise.all(pending);
          desk.close();
          for (const each of captureKinds) expect(devices.live(each)).toEqual([]);
          expect(clock.pending).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('comes back to the only device each time, while it is wanted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 600 }), { minLength: 1, maxLength: 12 }), async (pauses) => {
        const devices = new FakeMediaDevices();
        const clock = new FakeClock();
        const desk = new DeviceDesk({
          mediaDevices: devices,
          permissions: devices.permissions,
          storage: new MemoryStorage() as unknown as Storage,
          clock,
        });
        const id = devices.plug('camera', 'Only');
        await desk.start('camera');
        for (const pause of pauses) {
          devices.unplug(id);
          await clock.advance(pause);
          devices.plug('camera', 'Only', id);
          await clock.advance(pause);
        }
        await clock.advance(1_000);
        expect(desk.current.camera.status).toBe('on');
        expect(devices.live('camera')).toHaveLength(1);
        desk.close();
      }),
      { numRuns: 100 },
    );
  });
});

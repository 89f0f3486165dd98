import { FakeClock, MemoryStorage } from '@parley/client/testing';
import type { DevicesState } from './device-state';
import { DeviceDesk } from './device-desk';
import { FakeMediaDevices } from './testing/fake-media-devices';

const label = 'Ann’s café microphone 日本語';

describe('DeviceDesk', () => {
  let devices: FakeMediaDevices;
  let storage: Storage;
  let clock: FakeClock;
  let desk: DeviceDesk;

  function open(): DeviceDesk {
    desk = new DeviceDesk({ mediaDevices: devices, permissions: devices.permissions, storage, clock, speakers: true });
    return desk;
  }

  /** Lets what follows from the last change happen, `devicechange` included. */
  const settle = (): Promise<void> => clock.advance(1_000);

  beforeEach(() => {
    devices = new FakeMediaDevices();
    storage = new MemoryStorage() as unknown as Storage;
    clock = new FakeClock();
  });

  afterEach(() => desk.close());

  it('asks for nothing by itself, and tells no choices before there is permission', async () => {
    devices.plug('microphone', label);
    open();
    await settle();
    expect(desk.current.microphone).toEqual({ status: 'idle', track: undefined, chosen: undefined, choices: [] });
    expect(devices.requests).toEqual([]);
  });

  it('starts the microphone alone, with speech processing, and then tells the choices', async () => {
    const id = devices.plug('microphone', label);
    devices.plug('camera', 'Camera');
    await open().start('microphone');
    await settle();
    expect(devices.requests).toEqual([
      { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } },
    ]);
    expect(desk.current.microphone.status).toBe('on');
    expect(desk.current.microphone.track?.readyState).toBe('live');
    expect(desk.current.microphone.choices).toEqual([{ id, label }]);
    expect(desk.current.camera.choices).toEqual([]);
  });

  it('asks of a camera what a mesh can carry', async () => {
    devices.plug('camera', 'Camera');
    await open().start('camera');
    expect(devices.requests).toEqual([
      { video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 24 } } },
    ]);
  });

  it('replays the state to whoever comes late, and ends it when closed', async () => {
    devices.plug('microphone', label);
    await open().start('microphone');
    const seen: DevicesState[] = [];
    let completed = false;
    desk.state.subscribe({ next: (state) => seen.push(state), complete: () => (completed = true) });
    expect(seen).toEqual([desk.current]);
    desk.close();
    expect(completed).toBe(true);
    expect(devices.live('microphone')).toEqual([]);
    await desk.start('microphone');
    expect(devices.requests).toHaveLength(1);
  });

  it('tells everyone the same in the same order, also what somebody does at once', async () => {
    open();
    const seen: string[][] = [[], []];
    desk.state.subscribe(({ camera }) => {
      seen[0]?.push(camera.status);
      // As a page does that tries again by itself.
      if (camera.status === 'idle' && seen[0]?.includes('missing')) void desk.start('camera');
    });
    desk.state.subscribe(({ camera }) => seen[1]?.push(camera.status));
    await desk.start('camera');
    devices.plug('camera', 'Camera');
    await settle();
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[1]?.at(-1)).toBe('on');
  });

  it('joins repeated starts', async () => {
    devices.plug('microphone', label);
    open();
    await Promise.all([desk.start('microphone'), desk.start('microphone')]);
    await desk.start('microphone');
    expect(devices.requests).toHaveLength(1);
  });

  it('releases the device when stopped', async () => {
    devices.plug('camera', 'Camera');
    await open().start('camera');
    desk.stop('camera');
    expect(devices.live('camera')).toEqual([]);
    expect(desk.current.camera).toMatchObject({ status: 'idle', track: undefined });
  });

  it('releases what comes after it was stopped, and does not keep whoever waits', async () => {
    devices.plug('camera', 'Camera');
    devices.hold();
    const started = open().start('camera');
    expect(desk.current.camera.status).toBe('asking');
    desk.stop('camera');
    await started;
    devices.release();
    await settle();
    expect(devices.given).toHaveLength(1);
    expect(devices.live('camera')).toEqual([]);
    expect(desk.current.camera).toMatchObject({ status: 'idle', track: undefined });
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['TypeError', 'failed'],
  ])('says what %s means: %s', async (name, status) => {
    devices.getUserMedia = () => Promise.reject(new DOMException('the browser’s words', name));
    await open().start('camera');
    expect(desk.current.camera).toMatchObject({ status, detail: 'the browser’s words', track: undefined });
  });

  it('says so where a page gets no devices at all', async () => {
    desk = new DeviceDesk({ storage, clock });
    await desk.start('microphone');
    expect(desk.current.microphone.status).toBe('failed');
    expect(desk.current.microphone.detail).toContain('HTTPS');
  });

  it('lets a refused camera take no microphone with it, and lets try again once the settings allow it', async () => {
    devices.plug('camera', 'Camera');
    devices.plug('microphone', label);
    open();
    await desk.start('microphone');
    devices.answer = 'denied';
    await desk.start('camera');
    expect(desk.current.camera.status).toBe('denied');
    expect(desk.current.microphone.status).toBe('on');
    devices.permit('camera', 'granted');
    await settle();
    expect(desk.current.camera.status).toBe('idle');
    await desk.start('camera');
    expect(desk.current.camera.status).toBe('on');
  });

  it('moves from missing to idle once there is a device, and leaves it to the person to start it', async () => {
    await open().start('camera');
    expect(desk.current.camera.status).toBe('missing');
    devices.plug('camera', 'Camera');
    await settle();
    expect(desk.current.camera.status).toBe('idle');
  });

  describe('choosing', () => {
    let first: string;
    let second: string;

    beforeEach(async () => {
      first = devices.plug('camera', 'First');
      second = devices.plug('camera', 'Second');
      await open().start('camera');
      await settle();
    });

    it('exchanges the device while it is on: the old one stops after the new one was handed out', async () => {
      const old = desk.current.camera.track;
      old!.enabled = false;
      const seen: (string | undefined)[] = [];
      desk.state.subscribe(({ camera }) => {
        if (camera.track !== old) seen.push(old?.readyState);
      });
      await desk.choose('camera', second);
      expect(desk.current.camera).toMatchObject({ status: 'on', chosen: second, detail: undefined });
      expect(devices.live('camera').map(({ deviceId }) => deviceId)).toEqual([second]);
      expect(seen[0]).toBe('live');
      // Who has switched the picture off is not seen through another camera.
      expect(desk.current.camera.track?.enabled).toBe(false);
    });

    it('stays with the old one where the new one fails, says why, and does not remember it', async () => {
      const old = desk.current.camera.track;
      devices.busy.add(second);
      await desk.choose('camera', second);
      expect(desk.current.camera).toMatchObject({ status: 'on', track: old, chosen: undefined });
      expect(desk.current.camera.detail).toBe('Could not start video source');
      expect(old?.readyState).toBe('live');
      expect(storage.getItem('parley.device.camera')).toBeNull();
      // Nor does it come by itself once it could.
      devices.busy.clear();
      devices.plug('speaker', 'Headset');
      await settle();
      expect(desk.current.camera.track).toBe(old);
    });

    it('stays with the old one where the new one is not there, in words of our own: Chromium has none', async () => {
      const old = desk.current.camera.track;
      await desk.choose('camera', 'gone');
      expect(desk.current.camera).toMatchObject({ status: 'on', track: old, detail: 'This device is not there.' });
    });

    it('takes the last of several choices', async () => {
      devices.hold();
      const choices = [desk.choose('camera', second), desk.choose('camera', first)];
      devices.answerOne(1);
      await settle();
      devices.release();
      await Promise.all(choices);
      await settle();
      expect(desk.current.camera.chosen).toBe(first);
      expect(devices.live('camera').map(({ deviceId }) => deviceId)).toEqual([first]);
    });

    it('calls an exchange off when the one in use is chosen again', async () => {
      await desk.choose('camera', first);
      devices.hold();
      const exchanging = desk.choose('camera', second);
      await desk.choose('camera', first);
      await exchanging;
      devices.release();
      await settle();
      expect(devices.live('camera').map(({ deviceId }) => deviceId)).toEqual([first]);
      expect(JSON.parse(storage.getItem('parley.device.camera')!)).toEqual({ id: first, label: 'First' });
    });

    it('remembers the choice for the next time', async () => {
      await desk.choose('camera', second);
      desk.close();
      await open().start('camera');
      expect(devices.live('camera').map(({ deviceId }) => deviceId)).toEqual([second]);
      await desk.choose('camera', undefined);
      expect(storage.getItem('parley.device.camera')).toBeNull();
      expect(desk.current.camera.chosen).toBeUndefined();
    });

    it('knows the device by its label where the ids are new', async () => {
      await desk.choose('camera', second);
      desk.close();
      devices.unplug(second);
      const renewed = devices.plug('camera', 'Second');
      await open().start('camera');
      await settle();
      expect(desk.current.camera).toMatchObject({ status: 'on', chosen: renewed });
      expect(devices.live('camera').map(({ deviceId }) => deviceId)).toEqual([renewed]);
      expect(JSON.parse(storage.getItem('parley.device.camera')!)).toEqual({ id: renewed, label: 'Second' });
    });

    it('starts any where the chosen one is not there, and takes the chosen one when it comes', async () => {
      await desk.choose('camera', second);
      desk.close();
      devices.unplug(second);
      await open().start('camera');
      await settle();
      expect(desk.current.camera).toMatchObject({ status: 'on', chosen: undefined });
      devices.plug('camera', 'Second', second);
      await settle();
      expect(desk.current.camera).toMatchObject({ status: 'on', chosen: second });
      expect(devices.live('camera').map(({ deviceId }) => deviceId)).toEqual([second]);
    });

    it('only keeps the choice while nothing is on', async () => {
      desk.stop('camera');
      const asked = devices.requests.length;
      await desk.choose('camera', second);
      expect(devices.requests).toHaveLength(asked);
      expect(desk.current.camera).toMatchObject({ status: 'idle', chosen: second });
    });

    it('bears a storage that refuses, and one that holds something else', async () => {
      desk.close();
      storage.setItem('parley.device.camera', '{"id":7}');
      storage.setItem('parley.device.microphone', 'café {');
      open();
      expect(desk.current.camera.chosen).toBeUndefined();
      expect(desk.current.microphone.chosen).toBeUndefined();
      storage.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      await desk.start('camera');
      await desk.choose('camera', second);
      expect(desk.current.camera).toMatchObject({ status: 'on', chosen: second });
    });
  });

  describe('a device that goes away', () => {
    it('is replaced by another of its kind where it was not chosen', async () => {
      const one = devices.plug('microphone', 'One');
      const two = devices.plug('microphone', 'Two');
      await open().start('microphone');
      desk.current.microphone.track!.enabled = false;
      devices.unplug(one);
      expect(desk.current.microphone).toMatchObject({ status: 'unplugged', track: undefined });
      await settle();
      expect(desk.current.microphone.status).toBe('on');
      expect(devices.live('microphone').map(({ deviceId }) => deviceId)).toEqual([two]);
      expect(desk.current.microphone.track?.enabled).toBe(false);
    });

    it('is waited for where it was chosen, and taken up again when it comes back', async () => {
      const one = devices.plug('microphone', 'One');
      devices.plug('microphone', 'Two');
      await open().start('microphone');
      await settle();
      await desk.choose('microphone', one);
      devices.unplug(one);
      await settle();
      expect(desk.current.microphone).toMatchObject({ status: 'unplugged', chosen: one });
      expect(devices.live('microphone')).toEqual([]);
      devices.plug('microphone', 'One', 'another-id');
      await settle();
      expect(desk.current.microphone).toMatchObject({ status: 'on', chosen: 'another-id' });
    });

    it('is taken up again by itself where it was the only one, unless it was stopped', async () => {
      const only = devices.plug('camera', 'Only');
      await open().start('camera');
      devices.unplug(only);
      await settle();
      expect(desk.current.camera).toMatchObject({ status: 'unplugged', choices: [] });
      devices.plug('camera', 'Only', only);
      await settle();
      expect(desk.current.camera.status).toBe('on');
      devices.unplug(only);
      await settle();
      desk.stop('camera');
      devices.plug('camera', 'Only', only);
      await settle();
      expect(desk.current.camera.status).toBe('idle');
      expect(devices.live('camera')).toEqual([]);
    });

    it('gives way to the one that is then chosen', async () => {
      const one = devices.plug('microphone', 'One');
      const two = devices.plug('microphone', 'Two');
      await open().start('microphone');
      await settle();
      await desk.choose('microphone', one);
      devices.unplug(one);
      await settle();
      await desk.choose('microphone', two);
      expect(desk.current.microphone).toMatchObject({ status: 'on', chosen: two });
    });

    it('is left alone when it goes away each time', async () => {
      devices.plug('camera', 'Loose');
      await open().start('camera');
      for (let round = 0; round < 10; round++) {
        for (const track of devices.live('camera')) track.end();
        await settle();
      }
      expect(desk.current.camera.status).toBe('unplugged');
      const asked = devices.requests.length;
      expect(asked).toBeLessThanOrEqual(4);
      devices.plug('camera', 'Another');
      await settle();
      expect(desk.current.camera.status).toBe('on');
    });

    it('that stopped in the moment it was given counts as gone away', async () => {
      devices.plug('camera', 'Camera');
      const given = devices.getUserMedia.bind(devices);
      devices.getUserMedia = async (constraints) => {
        const stream = await given(constraints);
        for (const track of stream.getTracks()) track.stop();
        return stream;
      };
      await open().start('camera');
      await settle();
      expect(desk.current.camera).toMatchObject({ status: 'unplugged', track: undefined });
    });
  });

  it.each(['denied', 'prompt'] as const)('says denied where the permission was withdrawn (%s)', async (state) => {
    devices.plug('camera', 'Camera');
    await open().start('camera');
    await settle();
    const asked = devices.requests.length;
    devices.permit('camera', state);
    await settle();
    expect(desk.current.camera.status).toBe('denied');
    expect(devices.live('camera')).toEqual([]);
    expect(devices.requests).toHaveLength(asked);
  });

  it('lists devices once after several changes', async () => {
    open();
    await settle();
    const enumerate = jest.spyOn(devices, 'enumerateDevices');
    devices.plug('microphone', 'Headset');
    devices.plug('speaker', 'Headset');
    devices.plug('camera', 'Camera');
    await settle();
    expect(enumerate).toHaveBeenCalledTimes(1);
  });

  it('remembers a speaker, and offers none where the browser cannot choose', async () => {
    devices.permit('microphone', 'granted');
    const id = devices.plug('speaker', 'Loud 👩‍👩‍👧');
    devices.plug('speaker', 'Default - Loud', 'default');
    open();
    await settle();
    expect(desk.current.speaker).toEqual({ chosen: undefined, choices: [{ id, label: 'Loud 👩‍👩‍👧' }] });
    await desk.choose('speaker', id);
    expect(desk.current.speaker.chosen).toBe(id);
    desk.close();
    open();
    await settle();
    expect(desk.current.speaker.chosen).toBe(id);
    desk.close();
    desk = new DeviceDesk({ mediaDevices: devices, permissions: devices.permissions, storage, clock });
    await settle();
    expect(desk.current.speaker).toEqual({ chosen: undefined, choices: [] });
  });
});

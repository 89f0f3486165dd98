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

  it('stays denied where the browser would only ask again: that is for the person to try', async () => {
    devices.plug('camera', 'Camera');
    devices.answer = 'denied';
    await open().start('camera');
    devices.permit('camera', 'prompt');
    await settle();
    expect(desk.current.camera.status).toBe('denied');
    devices.answer = 'granted';
    await desk.start('camera');
    expect(desk.current.camera.status).toBe('on');
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

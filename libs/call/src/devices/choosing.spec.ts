import { FakeClock, MemoryStorage } from '@parley/client/testing';
import { DeviceDesk } from './device-desk';
import { FakeMediaDevices } from './testing/fake-media-devices';

describe('DeviceDesk, where a person chooses', () => {
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

  describe('one of several', () => {
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

  describe('on a phone, which opens one camera at a time', () => {
    let front: string;
    let back: string;

    beforeEach(async () => {
      devices.oneCamera = true;
      front = devices.plug('camera', 'Front');
      back = devices.plug('camera', 'Back');
      desk = new DeviceDesk({
        mediaDevices: devices,
        permissions: devices.permissions,
        storage,
        clock,
        oneCamera: true,
      });
      await desk.start('camera');
      await settle();
    });

    it('makes room for the other camera', async () => {
      desk.current.camera.track!.enabled = false;
      await desk.choose('camera', back);
      expect(desk.current.camera).toMatchObject({ status: 'on', chosen: back, detail: undefined });
      expect(devices.live('camera').map(({ deviceId }) => deviceId)).toEqual([back]);
      expect(desk.current.camera.track?.enabled).toBe(false);
      expect(JSON.parse(storage.getItem('parley.device.camera')!)).toEqual({ id: back, label: 'Back' });
    });

    it('takes the old one back where the other fails all the same, and says why', async () => {
      devices.busy.add(back);
      await desk.choose('camera', back);
      await settle();
      expect(desk.current.camera).toMatchObject({ status: 'on', detail: 'Could not start video source' });
      expect(desk.current.camera.chosen).toBeUndefined();
      expect(devices.live('camera').map(({ deviceId }) => deviceId)).toEqual([front]);
      expect(storage.getItem('parley.device.camera')).toBeNull();
    });
  });
});

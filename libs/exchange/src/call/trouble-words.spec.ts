import type { CaptureState, DeviceStatus, LinkQuality } from '@parley/call';
import { deviceTrouble, linkTrouble, qualityFacts, qualityWord } from './trouble-words';

function capture(status: DeviceStatus, detail?: string): CaptureState {
  return { status, detail, track: undefined, chosen: undefined, choices: [] };
}

describe('trouble words', () => {
  it('say cause and effect of a device, and nothing where there is none', () => {
    expect(deviceTrouble('camera', capture('on'))).toBeUndefined();
    expect(deviceTrouble('camera', capture('idle'))).toBeUndefined();
    expect(deviceTrouble('microphone', capture('denied'))?.text).toBe(
      'Your browser does not let Parley use the microphone, so the others cannot hear you. Allow it beside the page’s address.',
    );
    expect(deviceTrouble('camera', capture('missing'))?.text).toMatch(/^No camera\? Fine\./);
    expect(deviceTrouble('camera', capture('failed', 'It is 日本語'))?.text).toContain('(It is 日本語)');
    for (const status of ['busy', 'unplugged', 'failed'] as const) {
      expect(deviceTrouble('microphone', capture(status))?.text).toContain('so the others cannot hear you');
    }
  });

  it('say why nothing comes from someone', () => {
    expect(linkTrouble('relay-refused', 'Ben')).toMatch(/^The relay refused us/);
    expect(linkTrouble('relay-unreachable', 'Ben')).toMatch(/^The relay does not answer/);
    expect(linkTrouble('no-path', 'Ben')).toContain('Ben');
    expect(linkTrouble(undefined, 'Ben')).toContain('Ben');
  });

  it('tell a connection in a word and in figures', () => {
    const quality: LinkQuality = {
      bars: 3,
      rttMs: 41.6,
      lossPercent: 1.25,
      inKbps: 812.4,
      outKbps: 640,
      path: 'relay',
      protocol: 'tls',
      limitedBy: 'none',
    };
    expect([qualityWord(quality), qualityWord(undefined)]).toEqual(['Fair', 'Not measured yet']);
    expect(qualityFacts(quality).map(({ value }) => value)).toEqual([
      '42 ms',
      '1.3 %',
      '812 kbit/s',
      '640 kbit/s',
      'Through the relay',
      'TLS',
    ]);
  });
});

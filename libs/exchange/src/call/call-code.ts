import { Call, checkRelay, DeviceDesk, meterLevel, shareScreen } from '@parley/call';
import type { CallParts } from './call-parts';

/** A call with this browser's devices and connections. */
export const callParts: CallParts = {
  openCall: (channel, options) => new Call({ channel, ...options }),
  openDesk: () => new DeviceDesk(),
  meter: (track) => meterLevel(track),
  shareScreen: () => shareScreen(),
  checkRelay: (servers) => checkRelay(servers),
};

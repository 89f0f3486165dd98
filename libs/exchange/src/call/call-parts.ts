import { InjectionToken } from '@angular/core';
import type {
  CallActions,
  CallOptions,
  CallSession,
  DeviceDesk,
  LevelMeter,
  NoScreen,
  RelayCheck,
  ScreenShare,
} from '@parley/call';
import type { Channel } from '@parley/client';
import type { IceServers } from '@parley/protocol';

/** What the page needs of the devices. */
export type Desk = Pick<DeviceDesk, 'state' | 'current' | 'start' | 'stop' | 'choose' | 'close'>;

/** Everything that is loaded only for a call. */
export interface CallParts {
  openCall(channel: Channel<CallActions>, options: Omit<CallOptions, 'channel'>): CallSession;
  openDesk(): Desk;
  meter(track: MediaStreamTrack): LevelMeter;
  shareScreen(): Promise<ScreenShare | NoScreen>;
  checkRelay(servers: IceServers): Promise<RelayCheck>;
}

/** Loads what a call is made of: the page itself is shown without. */
export const CALL_PARTS = new InjectionToken<() => Promise<CallParts>>('The code of the call', {
  factory: () => async () => (await import('./call-code')).callParts,
});

import { computed, DestroyRef, DOCUMENT, effect, inject, Injector, type Signal, untracked } from '@angular/core';
import type { CallActions, RelayCheck } from '@parley/call';
import type { Exchange } from '@parley/protocol';
import { ParleySocket } from '@parley/web-socket';
import { ExchangeApi } from '../page/exchange-api';
import { tabStorage } from '../page/tab-storage';
import { CALL_PARTS } from './call-parts';
import { CallRoom } from './call-room';
import { ReloadMark, wasReloaded } from './reload-mark';
import { StageView } from './stage/stage-view';

/** The call of an exchange for its page. */
export interface InjectedCall {
  readonly room: Signal<CallRoom>;
  /** How one wants to see it. */
  readonly view: Signal<StageView>;
  /** Asks the relay whether it works from here. */
  readonly check: () => Promise<RelayCheck>;
  /** An exchange that is over has no call. */
  readonly exists: Signal<boolean>;
}

/** Listens to the call of an exchange for as long as the current injector lives. */
export function injectCall(exchange: Signal<Exchange>, me: Signal<string>): InjectedCall {
  const socket = inject(ParleySocket);
  const api = inject(ExchangeApi);
  const load = inject(CALL_PARTS);
  const injector = inject(Injector);
  const view = inject(DOCUMENT).defaultView;
  const topic = computed(() => exchange().topics.call);
  const id = computed(() => exchange().id);
  const exists = computed(() => !exchange().booking.cancelled && exchange().state !== 'ended');
  const iceServers = () => api.iceServers(id());
  const room = computed(() => {
    const channel = socket.channel<CallActions>(topic());
    // One that is over is closed, and never opened again.
    exists();
    return new CallRoom({
      me: me(),
      load,
      reload: new ReloadMark(topic(), tabStorage(), wasReloaded()),
      connect: (parts, relayOnly) => parts.openCall(channel, { me: me(), iceServers, relayOnly }),
      injector,
    });
  });
  effect((onCleanup) => {
    const now = room();
    if (!exists()) return;
    untracked(() => void now.open());
    onCleanup(() => now.close());
  });
  let before = socket.connectionId();
  effect(() => {
    // A connection that was made again is a sign of another network.
    if (!socket.connected()) return;
    const connectionId = socket.connectionId();
    if (before !== undefined) untracked(() => room().networkChanged());
    before = connectionId;
  });
  const online = (): void => untracked(() => room().networkChanged());
  view?.addEventListener('online', online);
  const unload = (): void => untracked(() => room().unload());
  view?.addEventListener('pagehide', unload);
  inject(DestroyRef).onDestroy(() => {
    view?.removeEventListener('online', online);
    view?.removeEventListener('pagehide', unload);
  });
  return {
    room,
    view: computed(() => {
      room();
      return new StageView();
    }),
    check: async () => (await room().loaded()).checkRelay(await iceServers()),
    exists,
  };
}

import { ChangeDetectionStrategy, Component, computed, input, linkedSignal, output } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { ConnectionStatus } from '@parley/client';
import { LucideAppWindow, LucideCheck, LucideLogIn, LucideRefreshCw, LucideWifiOff } from '@lucide/angular';
import { fromEvent, map, merge } from 'rxjs';
import { connectionView } from './connection-view';
import { ticking } from './ticking';

const SECOND = 1_000;

/** How the connection is, what waits, and the one thing that helps. */
@Component({
  selector: 'parley-connection-pill',
  imports: [LucideAppWindow, LucideCheck, LucideLogIn, LucideRefreshCw, LucideWifiOff],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class]': 'view().tone' },
  templateUrl: './connection-pill.html',
  styleUrl: './connection-pill.css',
})
export class ConnectionPill {
  readonly status = input.required<ConnectionStatus>();
  /** Where to come back to after signing in again. */
  readonly returnTo = input.required<string>();
  readonly retry = output();
  readonly takeOver = output();

  private readonly online = toSignal(
    merge(fromEvent(window, 'online'), fromEvent(window, 'offline')).pipe(map(() => navigator.onLine)),
    { initialValue: navigator.onLine },
  );
  private readonly loss = linkedSignal<boolean, { connected: boolean; at: number | undefined }>({
    source: () => this.status().state === 'connected',
    computation: (connected, previous) => {
      const wasConnected = previous?.value.connected === true;
      return { connected, at: connected ? undefined : wasConnected ? Date.now() : previous?.value.at };
    },
  });
  private readonly now = ticking(() => (this.status().state === 'waiting' ? SECOND / 2 : undefined));

  protected readonly signIn = computed(
    () => `/sign-in?${new URLSearchParams({ returnTo: this.returnTo(), ended: 'true' }).toString()}`,
  );
  protected readonly view = computed(() =>
    // The tick may be older than what just began to wait.
    connectionView(this.status(), this.loss().at, this.online(), Math.max(this.now(), Date.now())),
  );
}

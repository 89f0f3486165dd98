import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { ExchangeApi, statusOf, type Visit } from './exchange-api';
import { ExchangeRoom } from './exchange-room';
import { PageState } from './page-state';
import { RoomSkeleton } from './room-skeleton';

type PageView =
  | { readonly kind: 'loading' | 'missing' | 'failed' | 'signed-out' | 'removed' | 'refused' }
  | { readonly kind: 'room'; readonly visit: Visit };

/** `/app/exchange/:id`: the room, or in one sentence why there is none. */
@Component({
  selector: 'parley-exchange-page',
  imports: [ExchangeRoom, MatButton, PageState, RoomSkeleton, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './exchange-page.html',
})
export class ExchangePage {
  /** The exchange's id, from the address. */
  readonly id = input.required<string>();

  private readonly api = inject(ExchangeApi);
  private readonly title = inject(Title);

  protected readonly view = signal<PageView>({ kind: 'loading' });
  protected readonly visit = computed(() => {
    const view = this.view();
    return view.kind === 'room' ? view.visit : undefined;
  });

  constructor() {
    effect(() => {
      const id = this.id();
      untracked(() => void this.load(id));
    });
    effect(() => {
      const title = this.visit()?.exchange.booking.title;
      if (title !== undefined) this.title.setTitle(`${title} · Parley`);
    });
  }

  protected reload(): void {
    void this.load(this.id());
  }

  /** Reads the exchange again without disturbing whoever is in it. */
  protected async refresh(): Promise<void> {
    const id = this.id();
    const view = await this.ask(id);
    // While it was under way the page may have been left, or the room closed; and what failed can be asked again.
    if (view.kind === 'room' && this.id() === id && this.view().kind === 'room') this.view.set(view);
  }

  /** The socket says no. Over HTTP there are words for why: a meeting that is none of one's own is not found. */
  protected async shutOut(why: 'refused' | 'revoked'): Promise<void> {
    if (why === 'revoked') {
      this.view.set({ kind: 'removed' });
      return;
    }
    const view = await this.ask(this.id());
    this.view.set(view.kind === 'room' ? { kind: 'refused' } : view.kind === 'missing' ? { kind: 'removed' } : view);
  }

  private async load(id: string): Promise<void> {
    this.view.set({ kind: 'loading' });
    const view = await this.ask(id);
    if (this.id() === id) this.view.set(view);
  }

  private async ask(id: string): Promise<PageView> {
    try {
      return { kind: 'room', visit: await this.api.visit(id) };
    } catch (error) {
      const status = statusOf(error);
      // 400: the address has no id that could exist.
      if (status === 404 || status === 403 || status === 400) return { kind: 'missing' };
      return { kind: status === 401 ? 'signed-out' : 'failed' };
    }
  }
}

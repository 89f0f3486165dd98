import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { Title } from '@angular/platform-browser';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { Exchange } from '@parley/protocol';
import { KeptText } from '../text/kept-text';
import { tabStorage } from './tab-storage';
import { ExchangeApi, statusOf, type Visit } from './exchange-api';
import { ExchangeRoom, type ShutOut } from './exchange-room';
import { PageState } from './page-state';
import { RoomSkeleton } from './room-skeleton';
import { UnsentText } from './unsent-text';

type PageView =
  | { readonly kind: 'loading' | 'missing' | 'failed' | 'signed-out' | 'refused' }
  /** `unsent` is what was written here and did not get through. */
  | { readonly kind: 'removed' | 'cancelled' | 'left'; readonly unsent: string }
  | { readonly kind: 'room'; readonly visit: Visit };

/** `/app/exchange/:id`: the room, or in one sentence why there is none. */
@Component({
  selector: 'parley-exchange-page',
  imports: [ExchangeRoom, MatButton, PageState, RoomSkeleton, RouterLink, UnsentText],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './exchange-page.html',
  styles: `
    parley-unsent-text {
      inline-size: 100%;
    }
  `,
})
export class ExchangePage {
  /** The exchange's id, from the address. */
  readonly id = input.required<string>();

  private readonly api = inject(ExchangeApi);
  private readonly title = inject(Title);
  private readonly room = viewChild(ExchangeRoom);
  private refreshing = false;
  /** Times that reading the exchange again was asked for. */
  private wanted = 0;

  protected readonly view = signal<PageView>({ kind: 'loading' });
  protected readonly visit = computed(() => {
    const view = this.view();
    return view.kind === 'room' ? view.visit : undefined;
  });
  protected readonly unsent = computed(() => {
    const view = this.view();
    return 'unsent' in view ? view.unsent : '';
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

  /** Reads the exchange again without disturbing whoever is in it. What is asked for meanwhile is one more reading. */
  protected async refresh(): Promise<void> {
    this.wanted += 1;
    if (this.refreshing) return;
    this.refreshing = true;
    let answered: number;
    do {
      answered = this.wanted;
      const id = this.id();
      const view = await this.ask(id, this.visit()?.me);
      // While it was under way the page may have been left, or the room closed; and what failed can be asked again.
      if (view.kind === 'room' && this.isIn(id)) this.view.set(view);
    } while (answered !== this.wanted);
    this.refreshing = false;
  }

  /** The exchange as the server has just told it. */
  protected learn(exchange: Exchange): void {
    // An older answer may be under way.
    this.wanted += 1;
    const view = this.view();
    if (view.kind === 'room' && this.isIn(exchange.id)) this.view.set({ ...view, visit: { ...view.visit, exchange } });
  }

  /** The socket says no. Over HTTP there are words for why: a meeting that is none of one's own is not found. */
  protected async shutOut({ state, canRead }: ShutOut): Promise<void> {
    const visit = this.visit();
    if (visit === undefined) return;
    const id = this.id();
    const answer = await this.ask(id, visit.me);
    if (!this.isIn(id)) return;
    const cancelled = answer.kind === 'room' && answer.visit.exchange.booking.cancelled;
    // Who is in it when it is called off goes on seeing what was said.
    if (cancelled && canRead) this.view.set(answer);
    else if (cancelled) this.leave('cancelled', visit);
    else if (answer.kind === 'missing') this.leave('removed', visit);
    else if (answer.kind === 'room') this.view.set({ kind: 'refused' });
    else if (answer.kind === 'failed' && state === 'revoked') this.leave('left', visit);
    else this.view.set(answer);
  }

  /**
   * What waited becomes the draft: should its author take part again, nothing goes out that was meant for another moment,
   * and nothing is lost either.
   */
  private leave(kind: 'removed' | 'cancelled' | 'left', { exchange, me }: Visit): void {
    const kept = new KeptText(exchange.topics.text, me, tabStorage());
    const unsent = [...(this.room()?.takeUnsent() ?? []), kept.readDraft()]
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .join('\n\n');
    kept.writeDraft(unsent);
    this.view.set({ kind, unsent });
  }

  /** Whether this exchange's room is shown. */
  private isIn(id: string): boolean {
    return this.id() === id && this.view().kind === 'room';
  }

  private async load(id: string): Promise<void> {
    this.view.set({ kind: 'loading' });
    const view = await this.ask(id);
    if (this.id() !== id) return;
    if (view.kind === 'room' && view.visit.exchange.booking.cancelled) this.leave('cancelled', view.visit);
    else this.view.set(view);
  }

  /** @param me the reader, where that is known: then it is one question */
  private async ask(id: string, me?: string): Promise<PageView> {
    try {
      const visit = me === undefined ? await this.api.visit(id) : { exchange: await this.api.read(id), me };
      return { kind: 'room', visit };
    } catch (error) {
      const status = statusOf(error);
      // 400: the address has no id that could exist.
      if (status === 404 || status === 403 || status === 400) return { kind: 'missing' };
      return { kind: status === 401 ? 'signed-out' : 'failed' };
    }
  }
}

import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  effect,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { LucideMessageCircle, LucideUsers } from '@lucide/angular';
import type { Exchange } from '@parley/protocol';
import { injectChannel, ParleySocket } from '@parley/web-socket';
import { PeoplePanel } from '../people/people-panel';
import { roster } from '../people/roster';
import { findIn, knownPeople, samePeople } from '../person/directory';
import { nameList } from '../person/name-list';
import type { Person } from '../person/person';
import { Conversation } from '../text/conversation';
import { KeptText, tabStorage } from '../text/kept-text';
import { TextRoom } from '../text/text-room';
import type { TextPayloads } from '../text/text-topic';
import { stayAboveKeyboard } from './above-keyboard';
import { CopyLink } from './copy-link';
import { HelpDialog } from './help-dialog';
import { meetingTime } from './meeting-clock';
import { isWriting, pageCommand, type PageCommand } from './page-keys';
import { focusNextRegion } from './regions';
import { TopBar } from './top-bar';

/** Where a narrow page shows one panel at a time. A wide one has room for both. */
const NARROW = '(width < 900px)';

/**
 * The room of an exchange. It always exists: before the meeting, during it and after it only what the top bar says
 * differs. The stage is in the middle, the people beside it.
 */
@Component({
  selector: 'parley-exchange-room',
  imports: [Conversation, CopyLink, HelpDialog, LucideMessageCircle, LucideUsers, PeoplePanel, TopBar],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    '(document:keydown)': 'pressed($event)',
    '[attr.data-panel]': 'panel()',
    '[class.wide-panel]': 'sidePanel()',
  },
  templateUrl: './exchange-room.html',
  styleUrl: './exchange-room.css',
})
export class ExchangeRoom {
  readonly exchange = input.required<Exchange>();
  readonly me = input.required<string>();
  /** The server does not let this person in (any more). */
  readonly refused = output<'refused' | 'revoked'>();
  /** Someone is here whom `exchange` does not name. */
  readonly stranger = output();

  private readonly page = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly view = inject(DOCUMENT).defaultView;
  private readonly socket = inject(ParleySocket);
  private readonly text = injectChannel<TextPayloads>(() => this.exchange().topics.text);
  private readonly help = viewChild.required(HelpDialog);
  private readonly conversation = viewChild.required(Conversation);
  private readonly peopleRegion = viewChild.required<ElementRef<HTMLElement>>('people');

  /** What a narrow page shows. */
  protected readonly panel = signal<'chat' | 'people'>('chat');
  /** Whether a wide page shows the people beside the stage. */
  protected readonly sidePanel = signal(true);
  protected readonly status = this.socket.status;
  protected readonly path = computed(() => `/app/exchange/${this.exchange().id}`);
  protected readonly link = computed(() => new URL(this.path(), this.view?.location.origin).href);
  protected readonly times = computed(() => {
    const { booking, openedAt, endedAt } = this.exchange();
    return { startsAt: booking.startsAt, endsAt: booking.endsAt, openedAt, endedAt };
  });
  protected readonly kept = computed(() => new KeptText(this.exchange().topics.text, this.me(), tabStorage()));
  protected readonly room = computed(
    () => new TextRoom({ channel: this.text.channel(), me: this.me(), kept: this.kept() }),
  );
  protected readonly roster = computed(() => roster(this.exchange().people, this.text.userList(), this.me()));
  protected readonly present = computed<readonly Person[]>(() => this.roster().present);
  /** Everyone who was ever seen here: a message keeps its author's name when they are gone. */
  private readonly people = linkedSignal<readonly Person[], readonly Person[]>({
    source: () => knownPeople(this.exchange().people, this.text.userList()),
    computation: (now, previous) => knownPeople(previous?.value ?? [], now),
    equal: samePeople,
  });
  protected readonly person = computed(() => findIn(this.people()));
  protected readonly others = computed(() => this.roster().present.filter(({ me }) => !me));
  protected readonly othersHere = computed(() => {
    const names = this.others().map(({ name }) => name);
    return `${nameList(names)} ${names.length === 1 ? 'is' : 'are'} here`;
  });
  protected readonly closedBecause = computed(() => {
    const { booking, state } = this.exchange();
    if (booking.cancelled) return 'This meeting was cancelled. What was said stays here.';
    return state === 'ended' ? 'This meeting has ended. What was said stays here.' : '';
  });
  protected readonly isOver = computed(
    () => this.closedBecause() !== '' || meetingTime(this.times(), Date.now()).phase === 'ended',
  );
  /** Something was said while a narrow page showed the people. */
  protected readonly unheard = linkedSignal<{ heard: number; chat: boolean }, { seen: number; news: boolean }>({
    source: () => ({ heard: this.room().heard()?.seq ?? 0, chat: this.panel() === 'chat' }),
    computation: ({ heard, chat }, previous) => {
      const seen = chat ? heard : (previous?.value.seen ?? heard);
      return { seen, news: heard > seen };
    },
  });

  constructor() {
    stayAboveKeyboard();
    // Whoever comes back after signing in, or to the window that another one replaced, wants a connection.
    if (['signed-out', 'closed', 'offline'].includes(this.socket.status().state)) this.socket.connect();
    effect((onCleanup) => {
      const room = this.room();
      untracked(() => room.open());
      onCleanup(() => room.close());
    });
    afterNextRender(() => {
      // On a touch screen the keyboard would cover half of what was said.
      if (this.view?.matchMedia('(pointer: fine)').matches === true) this.conversation().focusComposer();
    });
    effect(() => {
      const state = this.text.state();
      if (state === 'refused' || state === 'revoked') this.refused.emit(state);
    });
    const asked = new Set<string>();
    effect(() => {
      const known = new Set(this.exchange().people.map(({ userId }) => userId));
      const seen = [...this.text.userList(), ...this.room().log().messages].map(({ userId }) => userId);
      const strangers = seen.filter((userId) => !known.has(userId) && !asked.has(userId));
      for (const userId of strangers) asked.add(userId);
      if (strangers.length > 0) this.stranger.emit();
    });
  }

  protected connect(): void {
    this.socket.connect();
  }

  protected retry(): void {
    if (this.status().state === 'offline') this.socket.connect();
    else this.socket.retryNow();
  }

  protected show(panel: 'chat' | 'people'): void {
    this.panel.set(panel);
  }

  protected pressed(event: KeyboardEvent): void {
    const command = pageCommand(event, isWriting(event.target));
    if (command === undefined || event.defaultPrevented) return;
    // An open dialog has the keys to itself.
    if (this.page.querySelector('dialog[open]') !== null) return;
    event.preventDefault();
    this.obey(command);
  }

  private obey(command: PageCommand): void {
    switch (command) {
      case 'chat':
      case 'escape':
        this.panel.set('chat');
        this.soon(() => this.conversation().focusComposer());
        break;
      case 'people':
        this.panel.set('people');
        this.sidePanel.set(true);
        this.soon(() => this.peopleRegion().nativeElement.focus());
        break;
      case 'next-region':
        focusNextRegion(this.page, 1);
        break;
      case 'previous-region':
        focusNextRegion(this.page, -1);
        break;
      case 'help':
        this.help().open();
        break;
    }
  }

  protected togglePeople(): void {
    if (this.view?.matchMedia(NARROW).matches === true) this.show('people');
    else this.sidePanel.update((shown) => !shown);
  }

  protected openHelp(): void {
    this.help().open();
  }

  /** What is not shown yet cannot take the focus. */
  private soon(focus: () => void): void {
    requestAnimationFrame(focus);
  }
}

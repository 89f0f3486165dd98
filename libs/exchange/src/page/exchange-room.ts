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
  type OnInit,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import type { Exchange } from '@parley/protocol';
import { injectChannel, ParleySocket } from '@parley/web-socket';
import { switchMap } from 'rxjs';
import { CallBanner } from '../call/call-banner';
import { CallHeard } from '../call/call-heard';
import { CallDock } from '../call/dock/call-dock';
import { injectCall } from '../call/inject-call';
import { Lobby } from '../call/lobby/lobby';
import { CallStage } from '../call/stage/call-stage';
import { FilesPanel } from '../files/files-panel';
import { InviteForm } from '../people/invite-form';
import { PeoplePanel } from '../people/people-panel';
import type { Person } from '../person/person';
import { Conversation } from '../text/conversation';
import { KeptText } from '../text/kept-text';
import { tabStorage } from './tab-storage';
import { BoardView } from '../whiteboard/board-view';
import { TextRoom } from '../text/text-room';
import type { TextPayloads } from '../text/text-topic';
import { stayAboveKeyboard } from './above-keyboard';
import { closedBecause } from './closed-because';
import { CopyLink } from './copy-link';
import { ExchangeApi } from './exchange-api';
import { exchangeNews } from './exchange-news';
import { HelpDialog } from './help-dialog';
import { endQuestion, removeQuestion } from './host-questions';
import { keepFocus } from './keep-focus';
import { isWriting, pageCommand, type PageCommand } from './page-keys';
import { QuestionDialog } from './question-dialog';
import { injectStage } from './inject-stage';
import { PanelTabs } from './panel-tabs';
import type { Panel } from './panels';
import { pageNews } from './page-news';
import { focusNextRegion } from './regions';
import { TopBar } from './top-bar';
import { whoIsHere } from './who-is-here';

/** The server does not let this person in (any more). */
export interface ShutOut {
  readonly state: 'refused' | 'revoked';
  /** Whether what was said is on the page. */
  readonly canRead: boolean;
}

/**
 * The room of an exchange. It always exists: before the meeting, during it and after it only what the top bar says
 * differs. The stage is in the middle, the people beside it.
 */
@Component({
  selector: 'parley-exchange-room',
  imports: [
    BoardView,
    CallBanner,
    CallDock,
    CallHeard,
    CallStage,
    Conversation,
    CopyLink,
    FilesPanel,
    HelpDialog,
    InviteForm,
    Lobby,
    MatButton,
    PanelTabs,
    PeoplePanel,
    QuestionDialog,
    TopBar,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    '(document:keydown)': 'pressed($event)',
    '[attr.data-panel]': 'layout.panel()',
    '[attr.data-side]': 'layout.side()',
    '[attr.data-stage]': 'layout.stage()',
    '[attr.data-call]': 'mode()',
    '[class.wide-panel]': 'layout.sideShown()',
  },
  templateUrl: './exchange-room.html',
  styleUrl: './exchange-room.css',
})
export class ExchangeRoom implements OnInit {
  readonly exchange = input.required<Exchange>();
  readonly me = input.required<string>();
  readonly shutOut = output<ShutOut>();
  /** What `exchange` says may no longer be so. */
  readonly outdated = output();
  /** The exchange as it is after what was done here. */
  readonly changed = output<Exchange>();

  private readonly page = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly view = inject(DOCUMENT).defaultView;
  private readonly socket = inject(ParleySocket);
  /** On its own: an exchange that is read again is the same conversation. */
  private readonly topic = computed(() => this.exchange().topics.text);
  private readonly text = injectChannel<TextPayloads>(this.topic);
  private readonly api = inject(ExchangeApi);
  private readonly help = viewChild.required(HelpDialog);
  protected readonly question = viewChild.required(QuestionDialog);
  private readonly conversation = viewChild.required(Conversation);
  private readonly peopleRegion = viewChild.required<ElementRef<HTMLElement>>('people');
  private readonly filesRegion = viewChild.required<ElementRef<HTMLElement>>('filesPanel');
  private readonly headRegion = viewChild.required<ElementRef<HTMLElement>>('head');

  protected readonly call = injectCall(this.exchange, this.me);
  protected readonly mode = computed(() => this.call.room().mode());
  protected readonly stage = injectStage(this.exchange, this.me, this.mode);
  protected readonly layout = this.stage.layout;
  protected readonly status = this.socket.status;
  protected readonly path = computed(() => `/app/exchange/${this.exchange().id}`);
  protected readonly link = computed(() => new URL(this.path(), this.view?.location.origin).href);
  protected readonly times = computed(() => {
    const { booking, openedAt, endedAt } = this.exchange();
    return { startsAt: booking.startsAt, endsAt: booking.endsAt, openedAt, endedAt };
  });
  protected readonly kept = computed(() => new KeptText(this.topic(), this.me(), tabStorage()));
  protected readonly room = computed(() => new TextRoom({ channel: this.text.channel(), me: this.me() }));
  private readonly who = whoIsHere(this.exchange, this.me, this.text);
  protected readonly isStale = this.who.isStale;
  protected readonly roster = this.who.roster;
  protected readonly present = this.who.present;
  protected readonly others = this.who.others;
  protected readonly othersHere = this.who.othersHere;
  protected readonly person = this.who.person;
  protected readonly hands = computed(() => this.call.room().hands().map(this.person()));
  protected readonly closedBecause = computed(() =>
    closedBecause(this.exchange(), this.text.state(), this.text.allowed().store),
  );
  protected readonly isHost = computed(() => {
    const { booking, people } = this.exchange();
    return !booking.cancelled && people.some(({ host, userId }) => host && userId === this.me());
  });
  protected readonly canEnd = computed(() => this.isHost() && this.closedBecause() === '');
  /** What has just happened, for a screen reader. */
  protected readonly said = signal('');
  /** Past its time one can still write and call; it is over when it was ended or called off. */
  protected readonly isOver = computed(() => this.closedBecause() !== '');
  protected readonly news = pageNews(this.room, this.stage, this.person);

  constructor() {
    stayAboveKeyboard();
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
      if (state !== 'refused' && state !== 'revoked') return;
      this.shutOut.emit({ state, canRead: untracked(() => this.room().isOpen()) });
    });
    toObservable(this.text.channel)
      .pipe(
        switchMap((channel) => exchangeNews(channel, this.socket.errors)),
        takeUntilDestroyed(),
      )
      .subscribe(() => this.outdated.emit());
    this.tellWhenClosed();
    keepFocus(this.mode, () => this.focusCall());
    const asked = new Set<string>();
    effect(() => {
      const known = new Set(this.exchange().people.map(({ userId }) => userId));
      const seen = [...this.text.userList(), ...this.room().log().messages].map(({ userId }) => userId);
      const strangers = seen.filter((userId) => !known.has(userId) && !asked.has(userId));
      for (const userId of strangers) asked.add(userId);
      if (strangers.length > 0) this.outdated.emit();
    });
  }

  /** Takes back what did not get through, for someone who can send nothing any more. @returns the texts, oldest first */
  takeUnsent(): string[] {
    const room = this.room();
    const unsent = room.outgoing();
    for (const { id } of unsent) room.discard(id);
    return unsent.map(({ text }) => text);
  }

  protected end(): void {
    const inCall = this.call.room().members().length > 0;
    const question = endQuestion(inCall, async () => {
      this.changed.emit(await this.api.end(this.exchange().id));
      this.soon(() => this.headRegion().nativeElement.focus());
    });
    this.question().ask(question);
  }

  protected remove({ userId, name }: Person): void {
    const question = removeQuestion(name, async () => {
      await this.api.remove(this.exchange().id, userId);
      this.outdated.emit();
      this.said.set(`${name} is removed.`);
      this.soon(() => this.peopleRegion().nativeElement.focus());
    });
    this.question().ask(question);
  }

  protected invited(email: string): void {
    this.said.set(`${email} is invited.`);
    this.outdated.emit();
  }

  /** Before anything here joins a topic: what waits must never be sent as somebody else. */
  ngOnInit(): void {
    this.socket.identify(this.me());
    // Whoever comes back after signing in, or to the window that another one replaced, wants a connection.
    if (['signed-out', 'closed', 'offline'].includes(this.socket.status().state)) this.socket.connect();
  }

  protected connect(): void {
    this.socket.connect();
  }

  protected retry(): void {
    if (this.status().state === 'offline') this.socket.connect();
    else this.socket.retryNow();
  }

  /** @param onStage whether it is to be in the middle of a wide page */
  protected show(panel: Panel, onStage = false): void {
    if (onStage && (panel === 'chat' || panel === 'call')) this.layout.setStage(panel);
    else this.layout.show(panel);
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
      case 'escape':
        // Out of the lobby; and nothing that would hide the call.
        if (this.call.room().mode() === 'lobby') this.call.room().leaveLobby();
        else if (this.call.room().mode() === 'out') this.obey('chat');
        break;
      case 'chat':
        this.show('chat');
        this.soon(() => this.conversation().focusComposer());
        break;
      case 'people':
        this.show('people');
        this.soon(() => this.peopleRegion().nativeElement.focus());
        break;
      case 'call':
        this.show('call');
        this.soon(() => this.focusCall());
        break;
      case 'board':
        this.show('board');
        this.soon(() => this.page.querySelector<HTMLElement>('.board [data-region]')?.focus());
        break;
      case 'files':
        this.show('files');
        this.soon(() => this.filesRegion().nativeElement.focus());
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
    this.layout.togglePeople();
  }

  protected openHelp(): void {
    this.help().open();
  }

  /** Who was writing when that ended is told so, and goes on from what was said. */
  private tellWhenClosed(): void {
    let before: string | undefined;
    effect(() => {
      const now = this.closedBecause();
      // Why may be known only a moment later, and is then said too.
      if (before !== undefined && now !== '' && now !== before) this.said.set(now);
      if (before === '' && now !== '') {
        const wasWriting = this.page.querySelector('parley-composer')?.contains(this.page.ownerDocument.activeElement);
        if (wasWriting === true) this.soon(() => this.page.querySelector<HTMLElement>('[role=log]')?.focus());
      }
      before = now;
    });
  }

  private focusCall(): void {
    const call = this.page.querySelector<HTMLElement>('.call[data-region], .banner button');
    // A meeting that has ended has no call to go back to.
    (call ?? this.page.querySelector<HTMLElement>('[role=log]'))?.focus();
  }

  /** What is not shown yet cannot take the focus. */
  private soon(focus: () => void): void {
    requestAnimationFrame(focus);
  }
}

import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  signal,
  viewChildren,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { VIDEO_MEMBERS, type CaptureKind, type DeviceStatus, type TrackRole } from '@parley/call';
import type { FindPerson } from '../../person/directory';
import type { CallRoom } from '../call-room';
import { elementSize } from '../element-size';
import { MediaSource } from '../media-source';
import type { OwnMedia } from '../own-media';
import { tilesOf } from '../tile';
import { focusPlaces, gridPlaces } from '../tile-places';
import { deviceTrouble } from '../trouble-words';
import { CallTile } from './call-tile';
import { FloatingReactions } from './floating-reactions';
import { mainTile } from './main-tile';
import { watchSpeakers } from './speaker-watch';
import type { StageView } from './stage-view';

/** Milliseconds that "You are muted" is shown. */
const MUTED_HINT_MS = 6_000;

/** Everyone in the call, what they show, and what they say. */
@Component({
  selector: 'parley-call-stage',
  imports: [CallTile, FloatingReactions, MediaSource],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'region', 'aria-label': 'Call', tabindex: '-1', 'data-region': '' },
  templateUrl: './call-stage.html',
  styleUrl: './call-stage.css',
})
export class CallStage {
  readonly room = input.required<CallRoom>();
  readonly own = input.required<OwnMedia>();
  readonly person = input.required<FindPerson>();
  readonly view = input.required<StageView>();

  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly stage = elementSize((host) => host.querySelector<HTMLElement>('.tiles') ?? host);
  private readonly media = viewChildren(MediaSource);
  protected readonly most = VIDEO_MEMBERS;
  /** The browser plays no sound before somebody touches the page. */
  protected readonly silent = signal(false);
  /** One has been speaking while muted. */
  protected readonly unheard = signal(false);
  protected readonly shown = computed(() => {
    const [room, own] = [this.room(), this.own()];
    return tilesOf({
      members: room.members(),
      peers: room.peers(),
      me: room.me,
      hands: room.hands(),
      audioOnly: room.audioOnly(),
      microphone: own.own().microphone,
      picture: own.picture(),
      screen: own.screen(),
      person: this.person(),
    });
  });
  protected readonly alone = computed(() => this.room().phase() === 'in' && this.room().members().length < 2);
  protected readonly speakers = watchSpeakers(() => ({
    me: this.room().me,
    own: this.own().level(),
    muted: this.own().own().microphone === 'off',
    others: new Map([...this.room().peers()].map(([userId, peer]) => [userId, () => peer.level()])),
  }));
  private readonly main = computed(() =>
    mainTile(this.shown(), {
      pinned: this.view().pinned(),
      layout: this.view().layout(),
      latest: this.speakers.latest(),
    }),
  );
  protected readonly places = computed(() => {
    const [count, main, size] = [this.shown().length, this.main(), this.stage.size()];
    return main === undefined ? gridPlaces(count, size) : focusPlaces(count, main, size);
  });
  /** The height of all tiles, in pixels: with many of them more than there is. */
  protected readonly needed = computed(() => Math.max(0, ...this.places().map(({ top, height }) => top + height)));
  /** Whose picture a window of its own would show. */
  private readonly floating = computed(() => {
    const others = this.shown().filter(({ own, video }) => !own && video !== undefined);
    const main = this.shown()[this.main() ?? -1];
    const latest = this.speakers.latest();
    return others.find((tile) => tile === main) ?? others.find(({ userId }) => userId === latest) ?? others[0];
  });
  /** Whether there is a picture that could go into a window of its own. */
  readonly canFloat = computed(() => this.floating() !== undefined);
  protected readonly sounds = computed(() => {
    const roles: readonly TrackRole[] = ['microphone', 'screen-audio'];
    return [...this.room().peers().values()].flatMap(({ userId, tracks }) =>
      roles.flatMap((role) => (tracks[role] === undefined ? [] : [{ key: `${userId}:${role}`, track: tracks[role] }])),
    );
  });
  /** What somebody has read and put away, until it is something else. */
  private readonly read = signal<Partial<Record<CaptureKind, DeviceStatus>>>({});
  protected readonly troubles = computed(() => {
    const own = this.own();
    return (['microphone', 'camera'] as const).flatMap((kind) => {
      const state = own.devices()[kind];
      // Who has no such device knows that, and was told in the lobby.
      if (state.status === 'missing' || state.status === this.read()[kind] || !own.wants(kind)) return [];
      const trouble = deviceTrouble(kind, state);
      return trouble === undefined ? [] : [{ kind, text: trouble.text }];
    });
  });
  private hint: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    afterNextRender(() => {
      this.stage.observe();
      this.element.focus();
    });
    effect(() => {
      const { microphone, camera } = this.own().devices();
      // What works again and then breaks is news once more.
      if (microphone.status === 'on') this.read.update(({ microphone: _, ...rest }) => rest);
      if (camera.status === 'on') this.read.update(({ camera: _, ...rest }) => rest);
    });
    this.speakers.mutedSpeech.pipe(takeUntilDestroyed()).subscribe(() => {
      this.unheard.set(true);
      clearTimeout(this.hint);
      this.hint = setTimeout(() => this.unheard.set(false), MUTED_HINT_MS);
    });
  }

  protected putAway(kind: CaptureKind): void {
    this.read.update((read) => ({ ...read, [kind]: this.own().devices()[kind].status }));
  }

  protected unmute(): void {
    this.unheard.set(false);
    if (this.own().own().microphone === 'off') this.own().toggle('microphone');
  }

  /** Shows the picture in a window of its own, above all others; again: back here. */
  float(): void {
    const { ownerDocument } = this.element;
    const tile = this.floating();
    if (ownerDocument.pictureInPictureElement !== null) void ownerDocument.exitPictureInPicture();
    else if (tile !== undefined) {
      const { userId, role } = tile;
      const at = `[data-user="${CSS.escape(userId)}"][data-role="${role}"] video`;
      // Before its first picture there is nothing to show, and the browser refuses: the picture stays where it is.
      this.element
        .querySelector<HTMLVideoElement>(at)
        ?.requestPictureInPicture()
        .catch(() => undefined);
    }
  }

  /** The click is what the browser waited for. */
  protected hear(): void {
    this.silent.set(false);
    for (const source of this.media()) source.play();
  }
}

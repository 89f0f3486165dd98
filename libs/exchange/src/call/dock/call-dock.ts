import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DOCUMENT,
  ElementRef,
  inject,
  input,
  output,
} from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { LucideDynamicIcon, LucideCheck } from '@lucide/angular';
import { reactions } from '@parley/call';
import { listenForCallKeys } from '../call-keys';
import type { CallRoom } from '../call-room';
import type { OwnMedia } from '../own-media';
import { reactionNames } from '../reaction-words';
import { ReactionIcon } from '../stage/reaction-icon';
import type { StageView } from '../stage/stage-view';
import { DeviceMenu } from './device-menu';
import { callIcons } from '../call-icons';

/** What one can do in the call, at hand whatever else is shown. */
@Component({
  selector: 'parley-call-dock',
  imports: [LucideDynamicIcon, DeviceMenu, LucideCheck, MatMenu, MatMenuItem, MatMenuTrigger, ReactionIcon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    role: 'toolbar',
    'aria-label': 'Call controls',
    '(keydown.arrowright)': 'step($event, 1)',
    '(keydown.arrowleft)': 'step($event, -1)',
  },
  templateUrl: './call-dock.html',
  styleUrl: './call-dock.css',
})
export class CallDock {
  protected readonly icons = callIcons;
  readonly room = input.required<CallRoom>();
  readonly own = input.required<OwnMedia>();
  readonly view = input.required<StageView>();
  /** Whether there is a picture that could go into a window of its own. */
  readonly canFloatNow = input(false);
  /** Into a window of its own, please. */
  readonly float = output();

  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly document = inject(DOCUMENT);
  protected readonly reactions = reactions;
  protected readonly names = reactionNames;
  protected readonly layouts = [
    { id: 'grid', name: 'Grid' },
    { id: 'speaker', name: 'Who speaks' },
  ] as const;
  protected readonly canShare = canShareScreen(this.document);
  protected readonly canFloat = this.document.pictureInPictureEnabled;
  protected readonly microphone = computed(() => this.own().own().microphone);
  protected readonly camera = computed(() => this.own().own().camera);
  protected readonly sharing = computed(() => this.own().screen() !== undefined);

  constructor() {
    listenForCallKeys(() => this.own());
  }

  /** After a click Space is free to talk with; whoever uses the keyboard stays on the button. */
  protected toggleMicrophone(event: MouseEvent): void {
    this.own().toggle('microphone');
    if (event.detail > 0 && event.currentTarget instanceof HTMLElement) event.currentTarget.blur();
  }

  protected share(): void {
    if (this.sharing()) this.own().stopSharing();
    else void this.own().share();
  }

  /** Arrows go along a toolbar, beside Tab. */
  protected step(event: Event, step: 1 | -1): void {
    const buttons = [...this.element.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
    const current = buttons.findIndex((button) => button === this.document.activeElement);
    if (current === -1) return;
    event.preventDefault();
    const rtl = this.document.defaultView?.getComputedStyle(this.element).direction === 'rtl';
    buttons.at((current + (rtl ? -step : step)) % buttons.length)?.focus();
  }
}

/** Phones have no screens to share. */
function canShareScreen({ defaultView }: Document): boolean {
  // Undefined in a page that did not come over HTTPS, whatever the types say.
  const devices = defaultView?.navigator.mediaDevices as Partial<MediaDevices> | undefined;
  return typeof devices?.getDisplayMedia === 'function';
}

import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { LucideDynamicIcon } from '@lucide/angular';
import type { CaptureKind, RelayCheck } from '@parley/call';
import { Avatar } from '../../person/avatar';
import type { FindPerson } from '../../person/directory';
import type { CallRoom } from '../call-room';
import { listenForCallKeys } from '../call-keys';
import { MediaSource } from '../media-source';
import type { OwnMedia } from '../own-media';
import { inTheCall } from '../people-words';
import { ConnectionCheck } from './connection-check';
import { DeviceHelp } from './device-help';
import { DeviceSelects } from './device-selects';
import { MicMeter } from './mic-meter';
import { callIcons } from '../call-icons';

/** Before joining: how one looks and sounds, with which devices, and whether the network lets calls through. */
@Component({
  selector: 'parley-lobby',
  imports: [LucideDynamicIcon, Avatar, ConnectionCheck, DeviceHelp, DeviceSelects, MatButton, MediaSource, MicMeter],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'region', 'aria-label': 'Join the call', tabindex: '-1', 'data-region': '' },
  templateUrl: './lobby.html',
  styleUrl: './lobby.css',
})
export class Lobby {
  protected readonly icons = callIcons;
  readonly room = input.required<CallRoom>();
  readonly own = input.required<OwnMedia>();
  readonly person = input.required<FindPerson>();
  /** Asks the relay. */
  readonly check = input.required<() => Promise<RelayCheck>>();

  protected readonly kinds = ['microphone', 'camera'] as const;
  protected readonly who = computed(() =>
    inTheCall(
      this.room()
        .members()
        .map(({ userId }) => this.person()(userId).name),
    ),
  );
  protected readonly noPicture = computed(() => {
    const own = this.own();
    const { status } = own.devices().camera;
    if (!own.wants('camera')) return 'Your camera is off';
    return status === 'asking' || status === 'idle'
      ? 'Your browser may ask for the camera and the microphone'
      : 'The others see your initials';
  });

  constructor() {
    listenForCallKeys(() => this.own());
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    afterNextRender(() => element.focus());
  }

  protected isOn(kind: CaptureKind): boolean {
    return this.own().own()[kind] === 'on';
  }

  protected switchTitle(kind: CaptureKind): string {
    if (kind === 'microphone') return this.isOn(kind) ? 'Join muted' : 'Join with the microphone on';
    return this.isOn(kind) ? 'Join without camera' : 'Join with the camera on';
  }
}

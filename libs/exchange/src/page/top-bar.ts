import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { LucideArrowLeft, LucideKeyboard, LucideUsers } from '@lucide/angular';
import type { ConnectionStatus } from '@parley/client';
import { Avatar } from '../person/avatar';
import { nameList } from '../person/name-list';
import type { Person } from '../person/person';
import { ConnectionPill } from './connection-pill';
import { CopyLink } from './copy-link';
import { meetingTime, nextTick, type MeetingTimes } from './meeting-clock';
import { ticking } from './ticking';

/** Faces that are shown beside the number of people. */
const FACES = 3;

/** What the meeting is, how late it is, who is here, and how the connection is. */
@Component({
  selector: 'parley-top-bar',
  imports: [
    Avatar,
    ConnectionPill,
    CopyLink,
    LucideArrowLeft,
    LucideKeyboard,
    LucideUsers,
    MatButton,
    MatIconButton,
    RouterLink,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './top-bar.html',
  styleUrl: './top-bar.css',
})
export class TopBar {
  readonly title = input.required<string>();
  readonly times = input.required<MeetingTimes>();
  readonly cancelled = input(false);
  readonly present = input.required<readonly Person[]>();
  /** Whether `present` is who was here before the connection was lost. */
  readonly stale = input(false);
  readonly canEnd = input(false);
  readonly link = input.required<string>();
  readonly path = input.required<string>();
  readonly status = input.required<ConnectionStatus>();
  readonly peopleShown = input.required<boolean>();
  readonly people = output();
  readonly end = output();
  readonly help = output();
  readonly retry = output();
  readonly takeOver = output();

  private readonly now = ticking((now) => nextTick(this.times(), now));

  protected readonly time = computed(() => meetingTime(this.times(), this.now()));
  protected readonly faces = computed(() => this.present().slice(0, FACES));
  protected readonly here = computed(() => {
    const names = this.present().map(({ name }) => name);
    if (names.length === 0) return 'People';
    return this.stale() ? `here before: ${nameList(names)}` : `here: ${nameList(names)}`;
  });
}

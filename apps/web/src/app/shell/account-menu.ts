import { Component, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { LucideLogOut } from '@lucide/angular';
import type { User } from '@parley/protocol';
import { asProblem } from '../http/problem-error';
import { SessionStore } from '../session/session-store';
import { Avatar } from '../ui/avatar';
import { Toast } from '../ui/toast';

/** Who is signed in, and the way out. */
@Component({
  selector: 'parley-account-menu',
  imports: [Avatar, LucideLogOut, MatButton, MatMenu, MatMenuItem, MatMenuTrigger],
  templateUrl: './account-menu.html',
  styleUrl: './account-menu.scss',
})
export class AccountMenu {
  readonly user = input.required<User>();
  readonly #session = inject(SessionStore);
  readonly #toast = inject(Toast);

  protected async signOut(): Promise<void> {
    try {
      await this.#session.signOut();
    } catch (error) {
      await this.#toast.show(`You are still signed in. ${asProblem(error).message}`);
    }
  }
}

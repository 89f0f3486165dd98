import { Injectable, computed, inject, signal } from '@angular/core';
import type { Credentials, DemoPerson, Registration, User } from '@parley/protocol';
import { Subject } from 'rxjs';
import { asProblem } from '../http/problem-error';
import { AccountsApi } from './accounts-api';
import { TabMemory } from './tab-memory';

/** Who uses this page. `user()` is undefined until the server has said so, null when nobody is signed in. */
@Injectable({ providedIn: 'root' })
export class SessionStore {
  readonly #api = inject(AccountsApi);
  readonly #memory = inject(TabMemory);
  readonly #user = signal<User | null | undefined>(undefined);
  #asking: Promise<User | null> | undefined;

  readonly #signedOut = new Subject<void>();

  /** The person signed out on purpose, here or in another tab: what they left undone is to be forgotten, and out of sight. */
  readonly signedOut = this.#signedOut.asObservable();
  readonly user = this.#user.asReadonly();
  readonly signedIn = computed(() => this.#user() != null);

  constructor() {
    this.#memory.forgotten.subscribe(() => this.#left());
  }

  /** Asks the server once and remembers the answer; a failure is not remembered, the next call asks again. */
  async known(): Promise<User | null> {
    const user = this.#user();
    if (user !== undefined) return user;
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async signIn(credentials: Credentials): Promise<void> {
    this.#user.set(await this.#api.signIn(credentials));
  }

  async register(registration: Registration): Promise<void> {
    this.#user.set(await this.#api.register(registration));
  }

  async tryAs(person: DemoPerson): Promise<void> {
    this.#user.set(await this.#api.tryAs(person));
  }

  async signOut(): Promise<void> {
    await this.#api.signOut();
    this.#memory.forget();
    this.#left();
  }

  /** The server no longer knows this session. What its user wrote stays in the tab: they may sign in again. */
  ended(): void {
    this.#user.set(null);
  }

  #left(): void {
    this.#user.set(null);
    this.#signedOut.next();
  }

  async #ask(): Promise<User | null> {
    let user: User | null;
    try {
      user = await this.#api.currentUser();
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status !== 401) throw problem;
      user = null;
    }
    this.#user.set(user);
    return user;
  }
}

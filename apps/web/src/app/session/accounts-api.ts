import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import {
  type Credentials,
  type DemoPerson,
  type Registration,
  type Settings,
  type User,
  session,
  settings,
} from '@parley/protocol';
import { firstValueFrom, map } from 'rxjs';

/** Accounts and the session over HTTP (A1). Each call rejects with a {@link ProblemError}. */
@Injectable({ providedIn: 'root' })
export class AccountsApi {
  readonly #http = inject(HttpClient);

  /** Who is signed in here; status 401 when nobody is. */
  currentUser(): Promise<User> {
    return firstValueFrom(this.#http.get('/api/session').pipe(map(readUser)));
  }

  signIn(credentials: Credentials): Promise<User> {
    return firstValueFrom(this.#http.post('/api/session', credentials).pipe(map(readUser)));
  }

  register(registration: Registration): Promise<User> {
    return firstValueFrom(this.#http.post('/api/accounts', registration).pipe(map(readUser)));
  }

  /** Signs in as a demo person; outside production only. */
  tryAs(person: DemoPerson): Promise<User> {
    return firstValueFrom(this.#http.post('/api/demo/session', { person }).pipe(map(readUser)));
  }

  signOut(): Promise<void> {
    return firstValueFrom(this.#http.delete('/api/session').pipe(map(() => undefined)));
  }

  /** What this server offers to someone who is not signed in. */
  settings(): Promise<Settings> {
    return firstValueFrom(this.#http.get('/api/settings').pipe(map((answer) => settings.parse(answer))));
  }
}

function readUser(answer: unknown): User {
  return session.parse(answer).user;
}

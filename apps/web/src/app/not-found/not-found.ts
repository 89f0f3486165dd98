import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { SessionStore } from '../session/session-store';

/** What is shown for an address behind which there is nothing, or nothing for this person. */
@Component({
  selector: 'parley-not-found',
  imports: [MatButton, RouterLink],
  templateUrl: './not-found.html',
})
export class NotFound {
  protected readonly signedIn = inject(SessionStore).signedIn;
}

import { Injectable, inject } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';

const PRODUCT = 'Parley';

/** A page is called `Bookings · Parley`; what tells pages apart comes first, where a narrow tab still shows it. */
@Injectable({ providedIn: 'root' })
export class PageTitle extends TitleStrategy {
  readonly #title = inject(Title);

  override updateTitle(state: RouterStateSnapshot): void {
    this.set(this.buildTitle(state));
  }

  /** For pages whose title comes from what they show; undefined leaves the product's name alone. */
  set(page: string | undefined): void {
    this.#title.setTitle(page ? `${page} · ${PRODUCT}` : PRODUCT);
  }
}

import type { ComponentFixture } from '@angular/core/testing';

/** The component's element, with its type. */
export function elementOf(fixture: ComponentFixture<unknown>): HTMLElement {
  return fixture.nativeElement as HTMLElement;
}

/** The one element that a selector finds. @throws Error where it finds none */
export function find(fixture: ComponentFixture<unknown>, selector: string): HTMLElement {
  const found = elementOf(fixture).querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`Nothing matches ${selector} in ${elementOf(fixture).innerHTML}`);
  return found;
}

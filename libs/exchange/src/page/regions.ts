/**
 * Moves the focus to the next part of the page (F6, as windows do). Parts carry `data-region` and can take the focus.
 *
 * @param step 1 for the next, -1 for the one before
 */
export function focusNextRegion(page: HTMLElement, step: 1 | -1): void {
  const regions = [...page.querySelectorAll<HTMLElement>('[data-region]')].filter(isShown);
  const { activeElement } = page.ownerDocument;
  const current = regions.findIndex((region) => region.contains(activeElement));
  // From outside of all of them, forwards begins with the first and backwards with the last.
  const next = current === -1 ? (step === 1 ? 0 : -1) : (current + step) % regions.length;
  regions.at(next)?.focus();
}

function isShown(element: HTMLElement): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}

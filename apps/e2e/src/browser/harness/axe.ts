import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * What stands over the page may lie outside of its landmarks. By itself axe knows that of dialogs; an open menu is the
 * same to a reader: it holds the focus, and is gone when it is closed.
 */
const overThePage = 'dialog, [role=dialog], [role=alertdialog], [role=menu], svg';
const region = { enabled: true, checks: { region: { options: { regionMatcher: overThePage } } } };

/** Every rule of axe, the best practices too; on failure, what to look at. */
export async function expectNoViolations(page: Page): Promise<void> {
  // Colours that are on their way from one to another have no contrast to measure.
  // What turns for ever, like a mark of waiting, has its colour all the time.
  await page.evaluate(() => {
    const passing = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(passing.map((animation) => animation.finished));
  });
  const { violations, passes } = await new AxeBuilder({ page }).options({ rules: { region } }).analyze();
  expect(passes.length).toBeGreaterThan(5);
  expect(
    violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ target, failureSummary }) => [target, failureSummary]),
    })),
  ).toEqual([]);
}

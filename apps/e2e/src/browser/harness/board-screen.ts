import { expect, type Locator, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { ExchangeScreen } from './exchange-screen';

/** A place on the board in CSS pixels from its top left: as long as nobody moved the view, the same in units of the page. */
export type Place = readonly [x: number, y: number];

/** The whiteboard of an exchange as a person sees it. The controls lie over its edges: what is drawn belongs in the middle. */
export class BoardScreen {
  readonly surface: Locator;
  readonly tools: Locator;
  /** How the board stands: saved, queued, locked. */
  readonly status: Locator;
  /** The field in which words are written. */
  readonly words: Locator;

  constructor(readonly page: Page) {
    this.surface = page.getByRole('application');
    this.tools = page.getByRole('toolbar', { name: 'Drawing tools' });
    this.status = page.locator('parley-board-status').getByRole('status');
    this.words = page.getByRole('textbox', { name: /^Words of the/ });
  }

  /** Enters an exchange, and opens its board. */
  static async enter(page: Page, bookingId: string): Promise<BoardScreen> {
    await ExchangeScreen.enter(page, bookingId);
    await page.getByRole('button', { name: /^Board/ }).click();
    return BoardScreen.on(page);
  }

  /** Waits until it can be drawn on. */
  static async on(page: Page): Promise<BoardScreen> {
    const screen = new BoardScreen(page);
    await expect(screen.tool('Pen')).not.toHaveAttribute('aria-disabled', { timeout: 30_000 });
    return screen;
  }

  tool(name: string): Locator {
    return this.tools.getByRole('button', { name, exact: true });
  }

  /** Presses a key on the board. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.surface.press(key);
  }

  /** What is drawn next, or is selected, gets this colour, size or filling. */
  async look(name: string): Promise<void> {
    // The radio button itself is not seen: what stands for it is.
    await this.page
      .locator('parley-board-look')
      .getByRole('radio', { name, exact: true })
      .check({ force: true, timeout: 10_000 });
  }

  /** Draws with the tool in hand. */
  async draw(first: Place, ...others: readonly Place[]): Promise<void> {
    const { mouse } = this.page;
    await mouse.move(...(await this.onPage(first)));
    await mouse.down();
    for (const place of others) await mouse.move(...(await this.onPage(place)), { steps: 4 });
    await mouse.up();
  }

  async click(at: Place): Promise<void> {
    await this.page.mouse.click(...(await this.onPage(at)));
  }

  /** Writes a text or a sticky note. */
  async write(kind: 'T' | 'N', at: Place, words: string): Promise<void> {
    await this.press(kind);
    await this.click(at);
    await expect(this.words).toBeFocused();
    await this.page.keyboard.insertText(words);
    await this.page.keyboard.press('Escape');
    await expect(this.words).toHaveCount(0);
  }

  /** Where a place of the board is on the page. @throws Error where something lies over it */
  private async onPage(place: Place): Promise<[number, number]> {
    return await this.surface.evaluate((surface, [x, y]): [number, number] => {
      const { left, top } = surface.getBoundingClientRect();
      const there = document.elementFromPoint(left + x, top + y);
      if (!surface.contains(there)) throw new Error(`At ${x}, ${y} is ${there?.outerHTML.slice(0, 200)}`);
      return [left + x, top + y];
    }, place);
  }

  /** What the board tells of the page that is in view: its name, and how much is on it. */
  async expectObjects(count: number, options?: { readonly timeout: number }): Promise<void> {
    await expect(this.surface).toHaveAccessibleName(
      new RegExp(`, ${count === 1 ? '1 object' : `${count} objects`}$`),
      options,
    );
  }

  /** The page that is in view, saved as SVG: every shape of it in its order, so that equal texts are equal pages. */
  async svg(): Promise<string> {
    return (await this.saved('SVG')).toString('utf8');
  }

  /** What is saved as a file. */
  async saved(kind: 'SVG' | 'PDF' | 'PNG'): Promise<Buffer> {
    await this.page
      .getByRole('button', { name: /^(?:Save as|More of this board)$/ })
      .first()
      .click();
    const downloads = this.page.waitForEvent('download');
    await this.page
      .getByRole('menuitem', { name: new RegExp(`^Save as.*${kind}`) })
      .first()
      .click();
    const file = await readFile(await (await downloads).path());
    // Else the menu lies over what is pressed next.
    await expect(this.page.getByRole('menu')).toHaveCount(0);
    return file;
  }
}

/** The shapes of a saved page, in the order in which they are drawn. */
export function shapesOf(svg: string): string[] {
  return svg.split('\n').filter((line) => /^<(?:path |svg x=|text |g )/.test(line));
}

/** What a saved page has on it. */
export function counted(svg: string): { readonly drawn: number; readonly texts: number; readonly notes: number } {
  const notes = svg.match(/<svg x=/g)?.length ?? 0;
  return {
    drawn: svg.match(/<path /g)?.length ?? 0,
    texts: (svg.match(/<text /g)?.length ?? 0) - notes,
    notes,
  };
}

/** Waits until all have the same page with so many objects on it. @returns it, as SVG */
export async function expectSamePage(
  screens: readonly BoardScreen[],
  objects: number,
  timeout = 45_000,
): Promise<string> {
  for (const screen of screens) await screen.expectObjects(objects, { timeout });
  let agreed = '';
  await expect(async () => {
    const pages: string[] = [];
    for (const screen of screens) pages.push(await screen.svg());
    [agreed = ''] = pages;
    for (const page of pages) expect(page).toBe(agreed);
  }).toPass({ timeout });
  const { drawn, texts, notes } = counted(agreed);
  expect(drawn + texts + notes).toBe(objects);
  return agreed;
}

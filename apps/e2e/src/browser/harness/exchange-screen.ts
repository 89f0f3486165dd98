import { expect, type Locator, type Page } from '@playwright/test';

/** The exchange's page as a person sees it. */
export class ExchangeScreen {
  readonly log: Locator;
  readonly field: Locator;
  readonly connection: Locator;

  private constructor(readonly page: Page) {
    this.log = page.getByRole('log', { name: 'Messages' });
    this.field = page.getByRole('textbox', { name: 'Message' });
    this.connection = page.locator('parley-connection-pill').getByRole('status');
  }

  /** Enters and waits until the socket is open. */
  static async enter(page: Page, bookingId: string): Promise<ExchangeScreen> {
    await page.goto(`/app/exchange/${bookingId}`);
    return ExchangeScreen.on(page);
  }

  static async on(page: Page): Promise<ExchangeScreen> {
    const screen = new ExchangeScreen(page);
    await expect(screen.connection).toHaveText('Connected');
    await expect(screen.field).toBeEditable();
    return screen;
  }

  async write(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** Writes and waits until the server has it. */
  async send(text: string): Promise<void> {
    await this.write(text);
    await expect(this.message(text)).toContainText('Sent');
  }

  /** Every message with exactly this text: a doubled one makes an expectation of one fail. */
  message(text: string): Locator {
    const exactly = new RegExp(`^${RegExp.escape(text)}$`);
    const found = this.page.locator('parley-message-text').filter({ hasText: exactly });
    return this.log.locator('parley-message-bubble').filter({ has: found });
  }

  /** The texts of all messages, in order. */
  texts(): Promise<string[]> {
    return this.log.locator('parley-message-text').allTextContents();
  }

  notice(text: string | RegExp): Locator {
    return this.log.locator('.notice').getByText(text);
  }

  /** Who is in this group of the list of people. */
  people(group: 'Here now' | 'Not here'): Locator {
    return this.page.getByRole('region', { name: group }).getByRole('listitem');
  }
}

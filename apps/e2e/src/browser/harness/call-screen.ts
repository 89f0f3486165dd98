import { expect, type Locator, type Page } from '@playwright/test';
import { ExchangeScreen } from './exchange-screen';
import { watchPictures, type Watched } from './picture-watch';

/** The call as a person sees it in the exchange's page. */
export class CallScreen {
  /** The line above the chat while one is not in the call; the stage while one is. */
  readonly region: Locator;
  readonly lobby: Locator;
  readonly controls: Locator;

  constructor(readonly page: Page) {
    this.region = page.getByRole('region', { name: 'Call', exact: true });
    this.lobby = page.getByRole('region', { name: 'Join the call' });
    this.controls = page.getByRole('toolbar', { name: 'Call controls' });
  }

  /** Enters the exchange; the call goes on without this page. */
  static async enter(page: Page, bookingId: string): Promise<CallScreen> {
    await ExchangeScreen.enter(page, bookingId);
    return new CallScreen(page);
  }

  /** Enters the exchange and joins the call. */
  static async join(page: Page, bookingId: string): Promise<CallScreen> {
    const screen = await CallScreen.enter(page, bookingId);
    await screen.openLobby();
    await screen.joinNow();
    return screen;
  }

  /** Waits until the browser has said which devices there are. */
  async openLobby(): Promise<void> {
    await this.region.getByRole('button', { name: 'Join call' }).click();
    await expect(this.lobby).toBeVisible();
  }

  async joinNow(): Promise<void> {
    await this.lobby.getByRole('button', { name: 'Join now' }).click();
    await expect(this.controls).toBeVisible();
  }

  async leave(): Promise<void> {
    await this.press('Leave call');
    await expect(this.controls).toHaveCount(0);
  }

  control(name: string): Locator {
    return this.controls.getByRole('button', { name, exact: true });
  }

  async press(name: string): Promise<void> {
    await this.control(name).click();
  }

  /** Everyone's tiles, and those of screens. */
  get tiles(): Locator {
    return this.page.locator('parley-call-tile');
  }

  tile(userId: string, role: 'camera' | 'screen' = 'camera'): Locator {
    return this.page.locator(tileOf(userId, role));
  }

  /**
   * Waits until the tile has shown two further pictures.
   *
   * @param timeout milliseconds
   */
  async expectPicture(userId: string, role: 'camera' | 'screen' = 'camera', timeout = 20_000): Promise<void> {
    const seen = await this.page.evaluate(
      ([selector, ms]) =>
        new Promise<boolean>((resolve) => {
          const until = performance.now() + ms;
          let element: HTMLVideoElement | null = null;
          let first = 0;
          const look = (): void => {
            const video = document.querySelector<HTMLVideoElement>(`${selector} video`);
            const frames = video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
            if (video !== element) [element, first] = [video, frames];
            if (frames >= first + 2) resolve(true);
            else if (performance.now() > until) resolve(false);
            else setTimeout(look, 15);
          };
          look();
        }),
      [tileOf(userId, role), timeout] as const,
    );
    if (seen) return;
    const state = await this.tile(userId, role).getAttribute('data-state', { timeout: 1_000 });
    throw new Error(`No moving picture of ${userId} (${role}) within ${timeout} ms; its tile is ${state}.`);
  }

  /** Looks at the tile until the returned function is called. */
  watch(userId: string, role: 'camera' | 'screen' = 'camera'): Promise<() => Promise<Watched>> {
    return watchPictures(this.page, tileOf(userId, role));
  }
}

function tileOf(userId: string, role: 'camera' | 'screen'): string {
  return `parley-call-tile[data-user="${userId}"][data-role="${role}"]`;
}

import type { BrowserContext, Page } from '@playwright/test';

type Kind = 'audio' | 'video' | 'screen';

interface Plugs {
  /** What is not there: it is not listed, and cannot be had. */
  readonly gone: Set<Kind>;
  readonly tracks: { kind: Kind; track: MediaStreamTrack }[];
}

declare global {
  interface Window {
    plugs?: Plugs;
  }
}

/**
 * Lets tests pull plugs in every page that this context opens from now on: the browser's own fake devices are always
 * there. What a page sees is what a browser shows it: an `ended` track, a list without the device, `devicechange`.
 *
 * @param gone what is missing from the beginning
 */
export async function replaceablePlugs(context: BrowserContext, gone: readonly Kind[] = []): Promise<void> {
  await context.addInitScript((missing: readonly Kind[]) => {
    // A page that is still empty has no devices.
    if (!isSecureContext) return;
    const plugs: Plugs = { gone: new Set(missing), tracks: [] };
    window.plugs = plugs;
    const devices = navigator.mediaDevices;
    const [ask, list, show] = [
      devices.getUserMedia.bind(devices),
      devices.enumerateDevices.bind(devices),
      devices.getDisplayMedia.bind(devices),
    ];
    devices.getUserMedia = async (wanted = {}) => {
      const asked = (['audio', 'video'] as const).filter(
        (kind) => wanted[kind] !== undefined && wanted[kind] !== false,
      );
      if (asked.some((kind) => plugs.gone.has(kind))) {
        throw new DOMException('Requested device not found', 'NotFoundError');
      }
      const stream = await ask(wanted);
      for (const track of stream.getTracks()) plugs.tracks.push({ kind: track.kind as Kind, track });
      return stream;
    };
    devices.enumerateDevices = async () => {
      const gone = new Set([...plugs.gone].map((kind) => `${kind}input`));
      return (await list()).filter(({ kind }) => !gone.has(kind));
    };
    devices.getDisplayMedia = async (wanted) => {
      const stream = await show(wanted);
      for (const track of stream.getTracks()) plugs.tracks.push({ kind: 'screen', track });
      return stream;
    };
  }, gone);
}

/** Pulls the plug of a camera or microphone, or ends what is shown of the screen from the browser's own bar. */
export function unplug(page: Page, kind: Kind): Promise<void> {
  return page.evaluate((which) => {
    const { gone, tracks } = window.plugs ?? { gone: new Set<Kind>(), tracks: [] };
    if (which !== 'screen') gone.add(which);
    for (const { kind, track } of tracks.filter(({ kind, track }) => kind === which && track.readyState === 'live')) {
      // A page's own `stop()` does not tell the page; the browser's end does.
      track.stop();
      track.dispatchEvent(new Event('ended'));
      if (kind !== 'screen') navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    }
  }, kind);
}

export function plugIn(page: Page, kind: Kind): Promise<void> {
  return page.evaluate((which) => {
    window.plugs?.gone.delete(which);
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  }, kind);
}

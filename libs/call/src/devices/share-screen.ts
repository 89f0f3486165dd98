import type { Tracks } from '../tracks';

/** A screen, window or tab that is being shown. */
export interface ScreenShare {
  /** `screen`, and `screen-audio` where the browser offered sound and the person wanted it. */
  readonly tracks: Tracks;
  /** Resolves once it is over: stopped here, from the browser's own bar, or because the window was closed. */
  readonly ended: Promise<void>;
  /** Harmless once it is over. */
  stop(): void;
}

/**
 * Why there is none. `cancelled`: the person thought better of it. `denied`: a policy or the operating system does not
 * allow it. `unsupported`: this browser cannot (phones). `failed`: anything else.
 */
export type NoScreen = 'cancelled' | 'denied' | 'unsupported' | 'failed';

/** Screen Capture §5.4, with what TypeScript's library does not know yet. Browsers pass over what they do not know. */
interface DisplayOptions extends DisplayMediaStreamOptions {
  readonly selfBrowserSurface: 'exclude';
  readonly surfaceSwitching: 'include';
  readonly systemAudio: 'include';
}

const display: DisplayOptions = {
  // Text has to be sharp, not smooth: 15 frames a second leave the bitrate to each of them.
  video: { frameRate: { max: 15 } },
  // Speech processing would mangle music; the call's own voices must not come back to those who speak.
  audio: {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
    ...{ restrictOwnAudio: true },
  },
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
  systemAudio: 'include',
};

/**
 * Asks what to show, and shows it. It must be called from a click or key: browsers ask for that.
 *
 * @param options the browser's devices, unless others are given
 */
export async function shareScreen(options: { mediaDevices?: MediaDevices } = {}): Promise<ScreenShare | NoScreen> {
  const devices = options.mediaDevices ?? browserDevices();
  if (typeof devices?.getDisplayMedia !== 'function') return 'unsupported';
  try {
    return showing(await devices.getDisplayMedia(display));
  } catch (thrown) {
    return reason(thrown);
  }
}

function browserDevices(): Partial<MediaDevices> | undefined {
  // Undefined in a page that did not come over HTTPS, whatever the types say.
  return (globalThis.navigator as { mediaDevices?: MediaDevices }).mediaDevices;
}

function showing(stream: MediaStream): ScreenShare | NoScreen {
  const all = stream.getTracks();
  const [screen] = stream.getVideoTracks();
  const [audio] = stream.getAudioTracks();
  if (screen === undefined) {
    for (const track of all) track.stop();
    return 'failed';
  }
  screen.contentHint = 'detail';
  let over: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (over = resolve));
  const stop = (): void => {
    screen.removeEventListener('ended', stop);
    for (const track of all) track.stop();
    over();
  };
  screen.addEventListener('ended', stop);
  // Stopped in the moment between the answer and here, it would never say so again.
  if (screen.readyState === 'ended') stop();
  return { tracks: { screen, ...(audio === undefined ? {} : { 'screen-audio': audio }) }, ended, stop };
}

function reason(thrown: unknown): NoScreen {
  if (!(thrown instanceof DOMException)) return 'failed';
  if (thrown.name === 'NotSupportedError') return 'unsupported';
  if (thrown.name !== 'NotAllowedError') return 'failed';
  // The same error for someone who closed the picker; only the words differ ("Permission denied by system", "disallowed
  // by permissions policy" in Chromium).
  return /system|policy/i.test(thrown.message) ? 'denied' : 'cancelled';
}

import type { CaptureKind, DeviceStatus } from './device-state';

export interface CaptureFailure {
  readonly status: Extract<DeviceStatus, 'denied' | 'missing' | 'busy' | 'failed'>;
  /** The browser's words, where it has any. */
  readonly detail: string;
}

/** The names of W3C Media Capture and Streams §10.2, and the older ones that are still met. */
const statuses: Readonly<Record<string, CaptureFailure['status']>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  // Asked for without any device named, nothing but a lack of devices can be in the way: all else is a wish only.
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Chromium says nothing more than the name where a device that was asked for by its id is not there. */
const ownWords: Readonly<Record<string, string>> = { OverconstrainedError: 'This device is not there.' };

/** What a refused `getUserMedia` means. */
export function captureFailure(thrown: unknown): CaptureFailure {
  const { name, message } = asNamed(thrown);
  return { status: statuses[name] ?? 'failed', detail: message === '' ? (ownWords[name] ?? name) : message };
}

/** Whether it failed only because the very device that was asked for is not there. */
export function isDeviceGone(thrown: unknown): boolean {
  return asNamed(thrown).name === 'OverconstrainedError';
}

/** Where there is no `mediaDevices` at all. */
export function noCapture(kind: CaptureKind): CaptureFailure {
  return {
    status: 'failed',
    detail: `This browser gives no ${kind} to this page: it is too old, or the page did not come over HTTPS.`,
  };
}

/** `OverconstrainedError` is neither an Error nor a DOMException in some browsers; it has a name all the same. */
function asNamed(thrown: unknown): { readonly name: string; readonly message: string } {
  if (typeof thrown !== 'object' || thrown === null) return { name: 'Error', message: String(thrown) };
  const { name, message } = thrown as { name?: unknown; message?: unknown };
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: typeof message === 'string' ? message : '',
  };
}

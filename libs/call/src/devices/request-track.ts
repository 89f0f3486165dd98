import { captureFailure, isDeviceGone, noCapture, type CaptureFailure } from './capture-failure';
import { constraintsFor } from './constraints';
import type { CaptureKind } from './device-state';

export interface TrackRequest {
  readonly kind: CaptureKind;
  /** Undefined for the browser's default. */
  readonly id: string | undefined;
  /** Whether any other device will do where this one is gone. */
  readonly orAny: boolean;
  /** Whether somebody still waits: nobody is asked for permission in vain. */
  readonly wanted: () => boolean;
}

export interface TrackAnswer {
  readonly track: MediaStreamTrack;
  /** Of the device that it comes from; undefined where the browser does not say. */
  readonly id: string | undefined;
}

/** Asks the browser for one track. Never rejects. */
export async function requestTrack(
  devices: MediaDevices | undefined,
  request: TrackRequest,
): Promise<TrackAnswer | CaptureFailure> {
  const { kind, id, orAny, wanted } = request;
  if (devices === undefined) return noCapture(kind);
  try {
    const stream = await devices.getUserMedia(constraintsFor(kind, id));
    const [track, ...others] = stream.getTracks();
    for (const other of others) other.stop();
    if (track === undefined) return { status: 'failed', detail: 'The browser gave a stream without a track.' };
    return { track, id: id ?? track.getSettings().deviceId };
  } catch (thrown) {
    if (id !== undefined && orAny && isDeviceGone(thrown) && wanted()) {
      return requestTrack(devices, { ...request, id: undefined });
    }
    return captureFailure(thrown);
  }
}

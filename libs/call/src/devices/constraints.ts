import type { CaptureKind } from './device-state';

const microphone: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** In a mesh everyone encodes for each of the others: more than this is what a laptop with five peers cannot give. */
const camera: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 480 },
  frameRate: { ideal: 24 },
};

/** What to ask `getUserMedia` for: exactly this device, or with undefined the browser's default. */
export function constraintsFor(kind: CaptureKind, deviceId: string | undefined): MediaStreamConstraints {
  const device = deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
  return kind === 'microphone' ? { audio: { ...microphone, ...device } } : { video: { ...camera, ...device } };
}

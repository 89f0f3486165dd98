/** What a person can choose among. */
export type DeviceKind = 'microphone' | 'camera' | 'speaker';

/** One that can be captured from. */
export type CaptureKind = Exclude<DeviceKind, 'speaker'>;

/**
 * How a microphone or camera stands.
 *
 * - `idle`: not asked for
 * - `asking`: the browser asks for permission, or the device is starting
 * - `on`
 * - `denied`: the person, or a policy, does not allow it (`NotAllowedError`)
 * - `missing`: there is no such device (`NotFoundError`)
 * - `busy`: another program has it (`NotReadableError`)
 * - `unplugged`: it was on, and went away
 * - `failed`: anything else; `detail` has the browser's words
 */
export type DeviceStatus = 'idle' | 'asking' | 'on' | 'denied' | 'missing' | 'busy' | 'unplugged' | 'failed';

export interface DeviceChoice {
  readonly id: string;
  readonly label: string;
}

export interface CaptureState {
  readonly status: DeviceStatus;
  /** Live while `on`. */
  readonly track: MediaStreamTrack | undefined;
  /** The chosen one; undefined for the browser's default. */
  readonly chosen: string | undefined;
  /** Empty until the browser tells: labels need permission. */
  readonly choices: readonly DeviceChoice[];
  readonly detail: string | undefined;
}

export interface SpeakerState {
  readonly chosen: string | undefined;
  /** Empty where the browser cannot choose. */
  readonly choices: readonly DeviceChoice[];
}

export interface DevicesState {
  readonly microphone: CaptureState;
  readonly camera: CaptureState;
  readonly speaker: SpeakerState;
}

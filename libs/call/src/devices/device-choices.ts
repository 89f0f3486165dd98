import type { DeviceChoice, DeviceKind } from './device-state';

export type Choices = Readonly<Record<DeviceKind, readonly DeviceChoice[]>>;

export const noChoices: Choices = { microphone: [], camera: [], speaker: [] };

const kinds: Readonly<Record<DeviceKind, MediaDeviceKind>> = {
  microphone: 'audioinput',
  camera: 'videoinput',
  speaker: 'audiooutput',
};

/** What Chromium lists beside the devices themselves. To choose nothing means the same. */
const aliases: ReadonlySet<string> = new Set(['default', 'communications']);

/**
 * The devices that a person can choose among. Before there is permission a browser lists devices without label and id:
 * they tell nothing, and are left out.
 *
 * @param speakers whether this browser can play elsewhere than on the default speaker
 */
export function choicesOf(devices: readonly MediaDeviceInfo[], speakers: boolean): Choices {
  const of = (kind: DeviceKind): readonly DeviceChoice[] =>
    devices
      .filter((device) => device.kind === kinds[kind] && device.deviceId !== '' && device.label !== '')
      .filter((device) => !aliases.has(device.deviceId))
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { microphone: of('microphone'), camera: of('camera'), speaker: speakers ? of('speaker') : [] };
}

/** Whether there is any device of the kind, told by its label or not. */
export function isThere(devices: readonly MediaDeviceInfo[], kind: DeviceKind): boolean {
  return devices.some((device) => device.kind === kinds[kind]);
}

/**
 * Which of the choices is the one that is remembered: by its id, else by its label. Two of the same label are not told
 * apart.
 */
export function findChoice(choices: readonly DeviceChoice[], wanted: DeviceChoice): DeviceChoice | undefined {
  const same = choices.find(({ id }) => id === wanted.id);
  if (same !== undefined) return same;
  const [only, ...others] = choices.filter(({ label }) => label === wanted.label);
  return others.length === 0 ? only : undefined;
}

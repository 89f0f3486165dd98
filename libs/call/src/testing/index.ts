export { FakeMediaDevices } from '../devices/testing/fake-media-devices';
export { FakePermissions } from '../devices/testing/fake-permissions';
export { FakeStream } from '../devices/testing/fake-stream';
export { FakeTrack } from '../devices/testing/fake-track';

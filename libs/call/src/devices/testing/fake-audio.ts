/** An audio context that hears what it is told to. */
export class FakeAudioContext {
  state: AudioContextState;
  /** The amplitude of all that is measured. */
  amplitude = 0;
  resumed = 0;
  /** Whether a source is connected. */
  connected = false;
  /** Whether it may run: somebody has touched the page. */
  allowed: boolean;

  constructor(allowed = true) {
    this.allowed = allowed;
    this.state = allowed ? 'running' : 'suspended';
  }

  resume(): Promise<void> {
    this.resumed += 1;
    if (!this.allowed) return Promise.reject(new DOMException('The page was not touched yet', 'NotAllowedError'));
    this.state = 'running';
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.state = 'closed';
    return Promise.resolve();
  }

  createMediaStreamSource(): unknown {
    return { connect: () => (this.connected = true), disconnect: () => (this.connected = false) };
  }

  createAnalyser(): unknown {
    const fill = (samples: Float32Array): unknown => samples.fill(this.state === 'running' ? this.amplitude : 0);
    return { fftSize: 2048, getFloatTimeDomainData: fill };
  }
}

const RATE = 48_000;
const SECONDS = 3;
/** Then it is silent, as people are between two sentences. */
const SPEAKS_SECONDS = 2.2;

/** What makes a tone sound like a vowel: where its overtones are loud, how wide about it, and how loud. */
const formants = [
  { hertz: 600, width: 200, gain: 1 },
  { hertz: 1_200, width: 250, gain: 0.6 },
  { hertz: 2_500, width: 400, gain: 0.3 },
] as const;

/** Something like a voice, as a WAV file: what a browser's own test tone is, noise suppression takes away. */
export function voice(): Buffer {
  const samples = RATE * SECONDS;
  const file = Buffer.alloc(44 + samples * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write('WAVEfmt ', 8);
  // 16 bytes of format: PCM, one channel, 16 bits.
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples * 2, 40);
  for (let index = 0; index < samples; index += 1) {
    file.writeInt16LE(Math.round(sampleAt(index / RATE) * 7_800), 44 + index * 2);
  }
  return file;
}

/** About -3 to 3. */
function sampleAt(seconds: number): number {
  if (seconds > SPEAKS_SECONDS) return 0;
  const wave = (hertz: number): number => Math.sin(2 * Math.PI * hertz * seconds);
  const pitch = 130 + 20 * wave(0.7);
  const syllable = 0.2 + 0.8 * Math.sqrt(Math.max(0, wave(2)));
  let sum = 0;
  for (let overtone = 1; overtone <= 20; overtone += 1) {
    const hertz = pitch * overtone;
    const loudness = formants.reduce(
      (total, { hertz: at, width, gain }) => total + gain / (1 + ((hertz - at) / width) ** 2),
      0.05,
    );
    sum += (loudness * wave(hertz)) / 3;
  }
  return sum * syllable;
}

/** A recording under way in the browser. */
export interface Take {
  /** Loudness now, 0 to 1. */
  level(): number;
  /** Ends it; resolves to a WAV file, mono, 16 bit. */
  stop(): Promise<Blob>;
  cancel(): void;
}

/** Opens the microphone and records. Rejects when the browser gives none. */
export async function record(): Promise<Take> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: {
      channelCount: 1,
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
    },
  });
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  context.createMediaStreamSource(stream).connect(analyser);
  const window = new Float32Array(analyser.fftSize);
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: 256_000 });
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const ended = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve();
  });
  recorder.start();
  const release = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    level() {
      analyser.getFloatTimeDomainData(window);
      const power = window.reduce((sum, sample) => sum + sample * sample, 0) / window.length;
      // From -60 dB to 0 dB.
      return Math.max(0, Math.min(1, 1 + (10 * Math.log10(power + 1e-12)) / 60));
    },
    async stop() {
      recorder.stop();
      await ended;
      release();
      const coded = await new Blob(pieces).arrayBuffer();
      const sound = await context.decodeAudioData(coded);
      await context.close();
      return wavOf(sound.getChannelData(0), sound.sampleRate);
    },
    cancel() {
      if (recorder.state !== 'inactive') recorder.stop();
      release();
      void context.close();
    },
  };
}

/** A WAV file (RIFF, PCM, mono, 16 bit) of samples from -1 to 1. */
export function wavOf(samples: Float32Array, rate: number): Blob {
  const bytes = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const text = (at: number, word: string): void => {
    for (let i = 0; i < word.length; i += 1) bytes.setUint8(at + i, word.charCodeAt(i));
  };
  text(0, 'RIFF');
  bytes.setUint32(4, 36 + samples.length * 2, true);
  text(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, rate, true);
  bytes.setUint32(28, rate * 2, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  text(36, 'data');
  bytes.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, index) => {
    const held = Math.max(-1, Math.min(1, sample));
    bytes.setInt16(44 + index * 2, Math.round(held * 32_767), true);
  });
  return new Blob([bytes.buffer], { type: 'audio/wav' });
}

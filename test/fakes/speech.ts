import { FRAME_MS } from '../../agent/audio/frame.js';
import type {
  Recognised,
  Recogniser,
  RecogniseSettings,
  Utterance,
  VadLine,
  VadListener,
  VoiceActivity,
  WorkerTimes,
} from '../../agent/speech/ports.js';

/** Voice activity as a test says it, and by the loudness of what it is given where it `follows`. */
export class FakeVoiceActivity implements VoiceActivity {
  follows = false;
  #listener: VadListener = () => undefined;
  #atMs = 0;

  open(listener: VadListener): VadLine {
    this.#listener = listener;
    let givenMs = 0;
    return {
      push: (pcm) => {
        if (!this.follows) return;
        givenMs += FRAME_MS;
        listener(pcm.some((one) => one !== 0) ? 1 : 0, givenMs);
      },
      reset: () => undefined,
      close: () => undefined,
    };
  }

  /** Tells `ms` of speech or of silence, in windows of 32 ms. */
  tell(speech: boolean, ms: number): void {
    for (const end = this.#atMs + ms; this.#atMs < end;) {
      this.#atMs += 32;
      this.#listener(speech ? 1 : 0, this.#atMs);
    }
  }
}

/** Recognises whatever the test put into `text`. */
export class FakeRecogniser implements Recogniser {
  text = '';
  opened = 0;
  /** What the last utterance was opened with. */
  settings: RecogniseSettings | undefined;

  /** What recognition waits for. */
  late: Promise<unknown> = Promise.resolve();
  /** Recognition fails from now on. */
  fails = false;
  /** When its worker is said to have made what it recognised. */
  times: () => WorkerTimes | undefined = () => undefined;
  /** Tells the last utterance's owner what was said so far. */
  partial: (text: string) => void = () => undefined;

  listen(settings: RecogniseSettings, onPartial?: (text: string) => void): Utterance {
    this.opened += 1;
    this.settings = settings;
    this.partial = onPartial ?? (() => undefined);
    const recognised = async (): Promise<Recognised> => {
      await this.late;
      if (this.fails) throw new Error('the recogniser is stuck');
      const times = this.times();
      return {
        text: this.text,
        words: [],
        confidence: this.text === '' ? 0 : 0.9,
        engine: 'fake',
        secondsAudio: 1,
        secondsCpu: 0,
        ...(times === undefined ? {} : { times }),
      };
    };
    return {
      push: () => undefined,
      speculate: recognised,
      finish: recognised,
      cancel: () => undefined,
    };
  }
}

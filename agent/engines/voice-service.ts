import { join } from 'node:path';
import { bytesOfPcm, SAMPLE_RATE } from '../audio/frame.js';
import { systemClock } from '../clock.js';
import type { SpeakReply, SpeakRequest } from '../speech/protocol.js';
import { serverStream } from '../wire/grpc.js';
import type { ClauseVoice } from './clause-voice.js';
import { engineErrors } from './errors.js';
import { ESPEAK_NG, EspeakVoice } from './espeak.js';
import { withoutLead } from '../audio/loudness.js';
import { MadeIn } from './made-in.js';
import { PiperVoice } from './piper.js';
import type { Engine } from './service.js';
import { paced } from './voice-pacing.js';
import { VoiceQueue } from './voice-queue.js';

/** Longest text of one request in characters; prompts have a few hundred. */
const LONGEST = 5000;

/** Serves `Speak` by Piper or by espeak-ng. `model` is the voice for requests that name none; others load at first use. */
export function voiceService(models: string, model: string): Engine {
  const voices = new Map<string, Promise<ClauseVoice>>();
  const clock = systemClock();
  // Turns are taken clause by clause: a long text never holds up somebody's first word.
  const queue = new VoiceQueue();

  const load = async (name: string): Promise<ClauseVoice> => {
    const voice = name === ESPEAK_NG ? new EspeakVoice() : new PiperVoice(join(models, name));
    await voice.start();
    return voice;
  };
  const voiceCalled = (name: string): Promise<ClauseVoice> => {
    // A name is a folder's name, never a path.
    if (!/^[\w-]+$/u.test(name)) throw engineErrors.make('BAD_REQUEST', { detail: 'voice name' });
    const known = voices.get(name);
    if (known !== undefined) return known;
    const loading = load(name);
    voices.set(name, loading);
    // A voice that is fetched later must be found then.
    loading.catch(() => voices.delete(name));
    return loading;
  };

  async function* speak(request: SpeakRequest, cancelled: AbortSignal): AsyncGenerator<SpeakReply> {
    if (request.text.length > LONGEST) {
      throw engineErrors.make('BAD_REQUEST', {
        detail: `a text longer than ${LONGEST} characters`,
      });
    }
    const voice = await voiceCalled(request.voice === '' ? model : request.voice);
    const { live = false, aheadMs = 0, fromClause = 0 } = request;
    const clauses = voice.speak(request.text, {
      language: request.language,
      pace: request.pace === 0 ? 1 : request.pace,
      pronunciations: request.pronunciations,
      live,
      fromClause,
    });
    let first = true;
    const made = new MadeIn(clauses, clock);
    for await (const pcm of paced(made.clauses, { clock, queue, live, aheadMs, cancelled })) {
      const bytes = bytesOfPcm(first ? withoutLead(pcm, SAMPLE_RATE) : pcm);
      yield { pcm: bytes, secondsWorking: made.lastMs / 1000 };
      first = false;
    }
  }

  return {
    handlers: { Speak: serverStream(speak) },
    engines: [model === ESPEAK_NG ? ESPEAK_NG : 'piper'],
    models: [model],
    start: async () => {
      await voiceCalled(model);
    },
    stop: async () => {
      for (const voice of voices.values()) {
        await voice.then((loaded) => loaded.stop()).catch(() => undefined);
      }
      voices.clear();
    },
  };
}

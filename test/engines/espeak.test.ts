import t from 'tap';
import { rmsDbfs } from '../../agent/audio/level.js';
import { EspeakVoice } from '../../agent/engines/espeak.js';
import { voiceService } from '../../agent/engines/voice-service.js';
import { collected } from '../speech/audio.js';

const KOREAN = '안녕하세요, 강변 가정의원입니다. 무엇을 도와드릴까요?';

void t.test('Korean, clause by clause, at the level and the pace of all voices', async (t) => {
  const voice = new EspeakVoice();
  await voice.start();
  await voice.start();
  t.teardown(() => voice.stop());
  const clauses: Int16Array[] = [];
  for await (const pcm of voice.speak(KOREAN, { language: 'ko', pace: 1 })) clauses.push(pcm);
  t.equal(clauses.length, 2);
  const usual = await collected(voice.speak(KOREAN, { language: 'ko', pace: 1 }));
  const seconds = usual.length / 16_000;
  t.ok(seconds > 3 && seconds < 9, `${seconds.toFixed(1)} s`);
  t.ok(rmsDbfs(usual) > -27 && rmsDbfs(usual) < -17, `${rmsDbfs(usual).toFixed(1)} dBFS`);
  t.ok(Math.max(...usual) < 32_767, 'nothing is clipped');
  const fast = await collected(voice.speak(KOREAN, { language: 'ko', pace: 1.4 }));
  t.ok(fast.length < usual.length * 0.85, 'a faster pace is shorter');
  const german = await collected(voice.speak('Guten Tag.', { language: 'de', pace: 1 }));
  t.ok(german.length > 4_000, 'it knows other languages');
  t.equal((await collected(voice.speak('...', { language: 'ko', pace: 1 }))).length, 0);
});

void t.test('what is no language never becomes an argument', async (t) => {
  const voice = new EspeakVoice();
  for (const language of ['', '--path=/tmp', 'ko/../x']) {
    await t.rejects(collected(voice.speak('네.', { language, pace: 1 })), {
      code: 'ENGINE_BAD_REQUEST',
    });
  }
  await t.rejects(collected(voice.speak('네.', { language: 'xx', pace: 1 })), {
    code: 'ENGINE_PHONEMES',
  });
});

void t.test('it is served by its name, without any files', async (t) => {
  const engine = voiceService('/nowhere', 'espeak-ng');
  await engine.start();
  t.strictSame(engine.engines, ['espeak-ng']);
  t.ok(engine.handlers.Speak);
  await engine.stop();
});

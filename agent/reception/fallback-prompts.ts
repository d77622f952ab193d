import { join } from 'node:path';
import { SAMPLE_RATE, type Pcm } from '../audio/frame.js';
import { resample } from '../audio/resample.js';
import { writeWav } from '../audio/wav.js';

const ENGLISH = {
  'fallback-wait': 'One moment please. I am ringing the reception desk for you.',
  'fallback-nobody':
    'I am sorry, nobody can take your call just now. Please call again a little later. Goodbye.',
  'fallback-voicemail':
    'I am sorry, nobody can take your call just now. Please leave your name, your number and what it is ' +
    'about after the tone. What you say is recorded. Press hash when you have finished.',
  'fallback-thanks': 'Thank you. Your message will be passed on. Goodbye.',
  'no-emergency-trunk':
    'This telephone cannot make emergency calls. Please use another telephone at once.',
  'urgent-notice':
    'This is the receptionist of your office. There is an urgent message that nobody has read yet. ' +
    'If you will look at it, press one.',
  'urgent-thanks': 'Thank you. Nobody else will be called about it. Goodbye.',
} as const;

const LANGUAGES: Readonly<Record<string, Readonly<Record<keyof typeof ENGLISH, string>>>> = {
  en: ENGLISH,
  de: {
    'fallback-wait': 'Einen Moment, bitte. Ich rufe die Anmeldung für Sie.',
    'fallback-nobody':
      'Es tut mir leid, im Moment kann niemand Ihren Anruf annehmen. Bitte rufen Sie etwas später ' +
      'wieder an. Auf Wiederhören.',
    'fallback-voicemail':
      'Es tut mir leid, im Moment kann niemand Ihren Anruf annehmen. Bitte nennen Sie nach dem Ton Ihren ' +
      'Namen, Ihre Nummer und worum es geht. Was Sie sagen, wird aufgezeichnet. Zum Schluss drücken Sie ' +
      'die Rautetaste.',
    'fallback-thanks': 'Danke. Ihre Nachricht wird weitergegeben. Auf Wiederhören.',
    'no-emergency-trunk':
      'Mit diesem Telefon kann man keinen Notruf absetzen. Bitte nehmen Sie sofort ein anderes Telefon.',
    'urgent-notice':
      'Hier ist die Telefonassistentin Ihrer Praxis oder Ihres Büros. Es gibt eine dringende Nachricht, ' +
      'die noch niemand gelesen hat. Wenn Sie sie ansehen werden, drücken Sie die Eins.',
    'urgent-thanks': 'Danke. Deswegen wird niemand sonst angerufen. Auf Wiederhören.',
  },
  ko: {
    'fallback-wait': '잠시만 기다려 주세요. 접수처로 연결하고 있습니다.',
    'fallback-nobody':
      '죄송합니다. 지금은 전화를 받을 수 없습니다. 잠시 후 다시 전화해 주세요. 안녕히 계세요.',
    'fallback-voicemail':
      '죄송합니다. 지금은 전화를 받을 수 없습니다. 삐 소리 후 성함과 전화번호, 용건을 말씀해 주세요. ' +
      '말씀하시는 내용은 녹음됩니다. 마치시면 우물정자를 눌러 주세요.',
    'fallback-thanks': '감사합니다. 메시지를 전하겠습니다. 안녕히 계세요.',
    'no-emergency-trunk':
      '이 전화로는 긴급 전화를 걸 수 없습니다. 지금 바로 다른 전화를 이용해 주세요.',
    'urgent-notice':
      '사무실 자동 안내입니다. 아직 아무도 읽지 않은 급한 메시지가 있습니다. 확인하시려면 일번을 눌러 주세요.',
    'urgent-thanks': '감사합니다. 다른 분께는 전화하지 않겠습니다. 안녕히 계세요.',
  },
};

/** What Asterisk itself says when the daemon is not there to speak, by the names of its files. */
export const fallbackTexts = (language: string): Readonly<Record<string, string>> =>
  LANGUAGES[language] ?? ENGLISH;

/** Asterisk plays `.wav` files at 8 kHz only. */
const FILE_RATE = 8_000;

/** Writes the fallback's prompts, in our own voice, to the folder where the dialplan looks. */
export async function writeFallbackPrompts(
  folder: string,
  language: string,
  pcmOf: (text: string) => Pcm | undefined,
): Promise<void> {
  for (const [name, text] of Object.entries(fallbackTexts(language))) {
    const pcm = pcmOf(text);
    if (pcm === undefined) continue;
    await writeWav(join(folder, `${name}.wav`), [resample(pcm, SAMPLE_RATE, FILE_RATE)], FILE_RATE);
  }
}

import { compact } from '../../hangul.js';
import type { SlotValue } from '../value.js';

/** Family names that nearly everybody in Korea has one of; those of two syllables first. */
const FAMILY_NAMES =
  '남궁|황보|제갈|선우|독고|김|이|박|최|정|강|조|윤|장|임|한|오|서|신|권|황|안|송|류|유|전|홍|고|문|양|손|배|백|허|남|심|노|하|곽|성|차|주|우|구|민|진|나|지|엄|채|원|천|방|공|현|함|변|염|여|추|도|소|석|선|설|마|길|연|위|표|명|기|반|라|왕|금|옥|육|인|맹|제|모|탁|국|어|은|편|용';
const CARRIERS =
  /^(?:네|예|음|어|아|저는|제가|제|저희|이름은|제이름은|성함은|환자이름은|환자는|여기는)+/u;
const ENDINGS =
  /(?:이라고합니다|라고합니다|이라고해요|라고해요|이라고하는데요|라고하는데요|입니다|이에요|예요|인데요|이고요|이요|요|님)$/u;
const NAME = new RegExp(`^(?:${FAMILY_NAMES})[가-힣]{1,2}$`, 'u');

/** With words around it that say it is one, and without. */
const SAID = 0.85;
const ALONE = 0.7;

/** Finds a Korean name: a family name and one or two syllables, in a text that is little else. */
export function findKoreanName(text: string): SlotValue | undefined {
  const whole = compact(text);
  const carried = whole.replace(CARRIERS, '');
  // A family name may look like a carrier ("제", "어"): both readings are tried.
  for (const candidate of [carried, whole]) {
    const value = candidate.replace(ENDINGS, '');
    if (NAME.test(value)) {
      return { value, confidence: value === whole ? ALONE : SAID, heard: text };
    }
  }
  return undefined;
}

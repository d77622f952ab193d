import type { Configuration } from './config/schema.js';
import { Directory, destinationsOf } from './dialogue/directory.js';
import type { People } from './reception/transfer/people.js';
import type { WaitingLines } from './reception/transfer/waiting-lines.js';
import type { Ari } from './telephony/ari.js';
import { dialling } from './telephony/pbx/dialling.js';

/** The people of an office, as announced transfers and calls back reach them. */
export function peopleOf(
  { dialogue, pbx, understanding }: Configuration,
  { ari, lines }: { readonly ari: Ari; readonly lines: WaitingLines },
): People {
  const directory = new Directory(dialogue, understanding.timeZone);
  const names = new Map(destinationsOf(dialogue).map(({ id, name }) => [id, name]));
  const dial = dialling(pbx);
  return {
    ari,
    lines,
    settings: directory.transferOf(dialogue.defaultTarget),
    ringSeconds: pbx.ringSeconds,
    endpointOf: (extension) => dial.endpointOf(extension),
    outsideOf: (number) => dial.outsideOf(number),
    isCallable: (number) => dial.isCallable(number),
    isHere: (extension) => pbx.extensions.some(({ number }) => number === extension),
    nameOf: (target) => names.get(target) ?? target,
    personAt: (extension) =>
      dialogue.transferTargets.find((target) => target.extension === extension)?.id,
    consent: { mode: dialogue.consentMode, noticeVersion: dialogue.noticeVersion },
  };
}

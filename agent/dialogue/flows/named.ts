import { isGivenName } from '../../understanding/slots/known-names.js';
import { findSlot } from '../../understanding/slots/slots.js';
import { wordsOf } from '../../understanding/text.js';
import type { Office } from '../office.js';
import type { Told } from '../ports.js';
import type { Heard, Move, TalkState } from '../state.js';
import { helloBack } from './listen.js';
import { nameIn } from './message/start.js';

/** So few words may be a name and nothing else. */
const MOST_WORDS = 3;

/** `move`, after words that also tell who calls: nobody is asked for that again. */
export function withName(office: Office, state: TalkState, heard: Heard, move: Move): Move {
  const name = nameIn(office, heard.now, heard.text);
  return name === null
    ? move
    : { ...move, change: { ...move.change, known: knowing(state, name) } };
}

/** "Sarah Jones", and nothing else, where we asked how we can help. Undefined when it is no name, or somebody's here. */
export function namedAlone(office: Office, state: TalkState, heard: Heard): Move | undefined {
  const { text, now } = heard;
  if (state.phase !== 'listening' || wordsOf(text).length > MOST_WORDS) return undefined;
  const found = findSlot('person_name', text, office.slotContext(now));
  const [given = ''] = found?.value.toLowerCase().split(' ') ?? [];
  if (found === undefined || !isGivenName(given, office.language)) return undefined;
  const move = helloBack(office);
  const known = knowing(state, { ...found, by: 'voice' });
  return { ...move, reason: 'listen.name', change: { ...move.change, known } };
}

const knowing = ({ known }: TalkState, name: Told): TalkState['known'] => ({
  ...(known ?? { phone: null }),
  name,
});

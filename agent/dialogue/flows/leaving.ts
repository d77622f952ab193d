import type { Office } from '../office.js';
import { stay, type Heard, type Move, type TalkState } from '../state.js';
import { route } from './route.js';

/** After our goodbye, only something to do brings us back; pleasantries and noise do not. */
export function heardWhileLeaving(office: Office, state: TalkState, heard: Heard): Move {
  const { intent, emergency: danger } = heard.understood;
  const idle = /^(?:oos|control\.(?:goodbye|yes|no|greeting))$/u.test(intent);
  return idle && !danger ? stay(state, 'ignored.leaving') : route(office, state, heard);
}

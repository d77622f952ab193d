import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import { sayThrough, stay, type Heard, type Move, type TalkState } from '../state.js';

/** A caller may be in danger: one fixed script, then a person. Never advice of any kind. */
export function emergency(office: Office): Move {
  return {
    phase: 'announcing',
    actions: [sayThrough('emergency', script(office))],
    reason: 'emergency',
    change: { transfer: { target: office.emergencyTarget.id, why: 'emergency' }, pending: null },
  };
}

/** While a person is being announced only danger changes the plan. */
export function heardWhileAnnouncing(office: Office, state: TalkState, heard: Heard): Move {
  const news = heard.understood.emergency && state.transfer?.why !== 'emergency';
  return news ? emergency(office) : stay(state, 'ignored.announcing');
}

function script(office: Office): Phrase {
  return office.prompts.phrase('emergency.script', {
    number: office.prompts.language.digits(office.settings.emergencyNumber),
    name: office.nameOf(office.emergencyTarget),
  });
}

export const emergencyTexts = (office: Office): readonly Phrase[] => [script(office)];

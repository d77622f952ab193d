import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import { sayThrough, type Move } from '../state.js';

/** A caller may be in danger: one fixed script, then a person. Never advice of any kind. */
export function emergency(office: Office): Move {
  return {
    phase: 'announcing',
    actions: [sayThrough('emergency', script(office))],
    reason: 'emergency',
    change: { transfer: { target: office.emergencyTarget.id, why: 'emergency' }, pending: null },
  };
}

function script(office: Office): Phrase {
  return office.prompts.phrase('emergency.script', {
    number: office.prompts.language.digits(office.settings.emergencyNumber),
    name: office.nameOf(office.emergencyTarget),
  });
}

export const emergencyTexts = (office: Office): readonly Phrase[] => [script(office)];

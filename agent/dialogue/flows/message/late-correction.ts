import { correctName, correctPhone } from '../../../understanding/slots/corrections.js';
import { findSlots } from '../../../understanding/slots/slots.js';
import type { MessageStep } from './draft.js';
import { again, type Answering, type Progress } from './step.js';

/** These steps read corrections of name and number themselves. */
const READ_BACK: ReadonlySet<MessageStep> = new Set(['phone_check', 'confirm', 'what_wrong']);

/**
 * "No, my name is …", "sorry, the number ends in five": puts right what was told earlier, while
 * something else is asked. Undefined when the words are no correction.
 */
export function lateCorrection(answering: Answering): Progress | undefined {
  const { office, state, draft, heard } = answering;
  const { text } = heard;
  const context = office.slotContext(state.now);
  const dob = draft.details?.dob;
  if (dob !== undefined && office.cues.aboutBirth.test(text)) {
    const found = findSlots(text, context).dob;
    if (found !== undefined && found.value !== dob.value) {
      const details = { ...draft.details, dob: { ...found, by: 'voice' as const } };
      return { draft: { ...again(draft), details }, reason: 'message.dob-corrected' };
    }
  }
  if (READ_BACK.has(draft.step) || !office.cues.correcting.test(text)) return undefined;
  const number = draft.phone?.value ?? '';
  if (number !== '' && office.cues.aboutNumber.test(text)) {
    const phone = correctPhone(number, text, context);
    if (phone !== undefined && phone.value !== number) {
      return {
        draft: {
          ...draft,
          phone: { ...phone, by: 'voice' },
          step: 'phone_check',
          field: null,
          tries: 0,
        },
        reason: 'message.phone-corrected',
      };
    }
  }
  const before = draft.name?.value ?? '';
  if (before === '' || !office.cues.aboutName.test(text)) return undefined;
  const name = correctName(before, text, context);
  if (name === undefined || name.value === before) return undefined;
  return {
    draft: { ...draft, name: { ...name, by: 'voice' }, spelled: true },
    reason: 'message.name-corrected',
    lead: [office.prompts.phrase('message.thanks_name', { name: name.value })],
  };
}

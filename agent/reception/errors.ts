import { defineErrors } from '../errors.js';

export const receptionErrors = defineErrors('RECEPTION', {
  UNKNOWN_TARGET: {
    summary: 'the dialogue asked for a transfer to a target that is not in the list',
    mend: 'Add the target under dialogue.transferTargets, or report this with `vestibule calls show`',
  },
  JOURNAL_UNREADABLE: {
    summary: 'the journal of this call cannot be read',
    mend: 'Restore the store from a backup; the rest of it is not touched by this',
  },
  NO_SELF_TEST: {
    summary: 'the caller of a self-test has no words in this language',
    mend: 'Add its lines to agent/reception/self-test/lines.ts, or set reception.selfTest aside',
  },
  CALL_OVER: {
    summary: 'this call does not run any more',
    mend: 'Look for it among the calls; what was said in it is there',
  },
  NOT_WITH_US: {
    summary: 'the receptionist does not talk with this caller now',
    mend: 'Wait until the caller is back, or speak with the colleague who has the call',
  },
  NOT_WITH_PERSON: {
    summary: 'nobody of the staff talks with this caller now',
    mend: 'Listen in or take the call over; a whisper reaches a colleague who has the call',
  },
  NO_LISTENING: {
    summary: 'this office does not let anybody listen in',
    mend: 'If it may, set web.live.listen or web.live.whisper; callers are then told of it',
  },
  NOT_TOLD: {
    summary: 'this caller was not told that somebody may listen in, or does not want it',
    mend: 'Wait until the notice was heard; whoever objects is not listened to',
  },
  NO_TELEPHONE: {
    summary: 'it is not known which telephone is yours',
    mend: 'Choose your telephone under My account; it is one of pbx.extensions',
  },
  TELEPHONE_AWAY: {
    summary: 'the telephone that should ring first cannot be rung now',
    mend: 'Look whether it is switched on and registered, or name the extension of another one',
  },
  NO_CALLS_OUT: {
    summary: 'this office is not set up to call outside',
    mend: 'Set outbound: true for one of pbx.trunks, or dial the number by hand',
  },
  NOT_CALLABLE: {
    summary: 'what this caller left as a number is an emergency number, or no number to call',
    mend: 'Look at the message; if it is an order to a PBX (*, #), the caller meant no good',
  },
  BAD_INPUT: {
    summary: 'this line is nothing a caller can do',
    mend: 'Write {"say":"…"}, {"dtmf":"1"}, {"silence":6}, {"transfer":"no-answer"} or {"hangup":true}',
  },
  UNKNOWN_EXTENSION: {
    summary: 'no telephone of the office has this extension',
    mend: 'Name an extension of pbx.extensions, or of dialogue.transferTargets',
  },
});

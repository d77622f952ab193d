import { dialogueErrors } from './errors.js';

/** How consent to the recording is asked for: by the law of the place, or stricter. */
export const CONSENT_MODES = ['announcement', 'opt-out', 'opt-in'] as const;
export type ConsentMode = (typeof CONSENT_MODES)[number];

/** Where one caller's consent stands. Nothing is recorded but in `granted`. */
export type ConsentStage = 'open' | 'asked' | 'granted' | 'refused' | 'withdrawn';

/** What happens to it. `went-on` is whatever the caller says or keys that is no answer. */
export type ConsentEvent = 'notice-heard' | 'yes' | 'no' | 'went-on' | 'silence' | 'objection';

type Row = Readonly<Partial<Record<ConsentEvent, ConsentStage>>>;

const GRANTED: Row = {
  ...{ objection: 'withdrawn', 'went-on': 'granted', silence: 'granted' },
  // Told again, to a caller whom nobody else could take.
  'notice-heard': 'granted',
};
const OVER = (stage: 'refused' | 'withdrawn'): Row => ({
  ...{ objection: stage, 'went-on': stage, silence: stage, 'notice-heard': stage },
});

/**
 *            notice heard (announcement)
 *   open ──────────────────────────────────► granted ── objection ──► withdrawn
 *    │ │ notice heard (opt-out, opt-in)          ▲
 *    │ └─────────────► asked ────────────────────┘ yes; went on (opt-out)
 *    │ objection         │ objection, no; went on, silence (opt-in)
 *    └───────────────────┴──────────────► refused
 *
 * What is not in the table throws. Refused and withdrawn are for good.
 */
const TABLE: Readonly<Record<ConsentMode, Readonly<Record<ConsentStage, Row>>>> = {
  announcement: {
    open: { 'notice-heard': 'granted', objection: 'refused', 'went-on': 'open', silence: 'open' },
    asked: {},
    granted: GRANTED,
    refused: OVER('refused'),
    withdrawn: OVER('withdrawn'),
  },
  'opt-out': {
    open: { 'notice-heard': 'asked', objection: 'refused', 'went-on': 'open', silence: 'open' },
    asked: {
      ...{ objection: 'refused', no: 'refused', 'went-on': 'granted' },
      ...{ silence: 'asked', 'notice-heard': 'asked' },
    },
    granted: GRANTED,
    refused: OVER('refused'),
    withdrawn: OVER('withdrawn'),
  },
  'opt-in': {
    open: { 'notice-heard': 'asked', objection: 'refused', 'went-on': 'open', silence: 'open' },
    asked: {
      ...{ yes: 'granted', no: 'refused', objection: 'refused' },
      ...{ 'went-on': 'refused', silence: 'refused', 'notice-heard': 'asked' },
    },
    granted: GRANTED,
    refused: OVER('refused'),
    withdrawn: OVER('withdrawn'),
  },
};

/** The next stage. @throws DIALOGUE_UNLISTED_CHANGE */
export function nextConsent(
  mode: ConsentMode,
  stage: ConsentStage,
  event: ConsentEvent,
): ConsentStage {
  const next = TABLE[mode][stage][event];
  if (next === undefined) {
    const detail = `${event} where consent is ${stage} (${mode})`;
    throw dialogueErrors.make('UNLISTED_CHANGE', { detail });
  }
  return next;
}

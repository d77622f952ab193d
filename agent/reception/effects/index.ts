import type { Effects } from '../conversation-parts.js';
import type { Visit } from '../visit.js';
import { count } from './count.js';
import { diaryEffects } from './diary.js';
import { grantConsent } from './grant-consent.js';
import { keepMessage } from './keep-message.js';
import { hangUp } from './hang-up.js';
import { noteGuardian } from './note-guardian.js';
import { stopRecording } from './stop-recording.js';
import { transfer } from './transfer.js';

/** What each action of the dialogue does to the visit: one file an action. */
export const effectsOf = (visit: Visit): Effects => ({
  'grant-consent': grantConsent(visit),
  'stop-recording': stopRecording(visit),
  'note-guardian': noteGuardian(visit),
  'keep-message': keepMessage(visit),
  transfer: transfer(visit),
  count: count(visit),
  'hang-up': hangUp(visit),
  ...diaryEffects(visit),
});

import type { Effects } from '../conversation-parts.js';
import type { Visit } from '../visit.js';

type DiaryEffects = Pick<Effects, 'find-slots' | 'book-slot' | 'release-slots'>;

/** Asks the office's calendars. What they answer comes back as an event: nobody waits in silence for it. */
export const diaryEffects = (visit: Pick<Visit, 'diary'>): DiaryEffects => ({
  'find-slots': ({ wish }) => {
    visit.diary.find(wish);
    return Promise.resolve();
  },
  'book-slot': ({ slot, guest }) => {
    visit.diary.book(slot, guest);
    return Promise.resolve();
  },
  'release-slots': () => {
    visit.diary.release();
    return Promise.resolve();
  },
});

import { z } from 'zod';
import { actorOf } from '../guard.js';
import { waitingForGuardian } from '../answers/privacy.js';
import { listOf } from '../answers/shapes.js';
import { answersDone, done, type Routes } from './api.js';

const text = z.string().trim().min(1).max(500);

/** Calls of children that nobody may use before a guardian agrees. */
export const privacyGuardianRoutes: Routes =
  ({ parts: { privacy } }) =>
  async (app) => {
    const { guardians } = privacy;
    const config = { access: 'privacy.requests' } as const;

    app.get(
      '/privacy/guardians',
      { config, schema: { response: { 200: z.object({ waiting: listOf(waitingForGuardian) }) } } },
      async (request) => ({
        waiting: await guardians.waiting(actorOf(request)),
      }),
    );

    /** What a guardian told staff; who agrees frees the call. */
    app.post(
      '/privacy/guardians/:call',
      {
        config,
        schema: {
          response: answersDone,
          params: z.object({ call: z.string().max(80) }),
          body: z.object({ what: z.enum(['agreed', 'refused']), who: text, how: text }),
        },
      },
      async (request) => {
        const { call } = request.params;
        await guardians.note({ call, ...request.body }, actorOf(request));
        return done;
      },
    );
    await Promise.resolve();
  };

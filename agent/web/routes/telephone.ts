import { z } from 'zod';
import { receptionErrors } from '../../reception/errors.js';
import { webErrors } from '../errors.js';
import { visitorOf } from '../guard.js';
import { telephone } from '../answers/accounts.js';
import { idParam, answersDone, done, type Routes } from './api.js';

/** Which telephone is whose, and calling people back with it. */
export const telephoneRoutes: Routes =
  ({ parts: { callBack, room, telephones } }) =>
  async (app) => {
    const shown = (extension: string | undefined) => ({
      extension: extension ?? null,
      telephones: telephones(),
      /** Whether calls to the outside are possible. */
      callsOut: callBack?.() !== undefined,
    });

    app.get(
      '/me/telephone',
      { config: { access: 'login' }, schema: { response: { 200: telephone } } },
      (request) => shown(visitorOf(request).account.extension),
    );

    app.post(
      '/me/telephone',
      {
        config: { access: 'login' },
        schema: {
          response: { 200: telephone },
          body: z.object({ extension: z.string().max(10).nullable() }),
        },
      },
      async (request) => {
        const { extension } = request.body;
        if (extension !== null && !telephones().some(({ number }) => number === extension)) {
          throw webErrors.make('BAD_REQUEST', { place: 'extension' });
        }
        const { id } = visitorOf(request).account;
        return shown((await room.accounts.setExtension(id, extension ?? undefined)).extension);
      },
    );

    /** Rings the asker's telephone, and then dials the number that the message has. */
    app.post(
      '/messages/:id/call-back',
      { config: { access: 'messages.work' }, schema: { response: answersDone, params: idParam } },
      async (request) => {
        const { who, account } = visitorOf(request);
        const { call, number } = await room.messages.numberOf(request.params.id, who);
        const outside = callBack?.();
        if (outside === undefined) throw receptionErrors.make('NO_CALLS_OUT');
        const { extension } = account;
        if (extension === undefined) throw receptionErrors.make('NO_TELEPHONE');
        await outside.start({ extension, number, callId: call });
        return done;
      },
    );
    await Promise.resolve();
  };

import { z } from 'zod';
import { ROLES, permits, type Role } from '../../privacy/roles.js';
import { webErrors } from '../errors.js';
import { visitorOf } from '../guard.js';
import { account, oneTime } from '../answers/accounts.js';
import { listOf } from '../answers/shapes.js';
import { answersDone, done, type Routes } from './api.js';

const nameParam = z.object({ name: z.string().min(1).max(60) });

/** Who may open the dashboard. */
export const accountRoutes: Routes =
  ({ parts: { room }, sessions }) =>
  async (app) => {
    const { accounts } = room;
    /**
     * Whoever may read what callers said is made, changed or given a new password by an owner alone: IT
     * must not rise by it.
     */
    const ownersBusiness = async (
      request: Parameters<typeof visitorOf>[0],
      name: string | undefined,
      role: Role | undefined,
    ): Promise<void> => {
      if (visitorOf(request).account.role === 'owner') return;
      const found = name === undefined ? undefined : await accounts.named(name);
      const reads = (one: Role | undefined): boolean =>
        one !== undefined && permits(one, 'calls.content');
      if (reads(role) || reads(found?.role)) {
        throw webErrors.make('FORBIDDEN', { place: name ?? role ?? '' });
      }
    };

    app.get(
      '/accounts',
      {
        config: { access: 'accounts.manage' },
        schema: { response: { 200: z.object({ accounts: listOf(account) }) } },
      },
      async (request) => ({
        accounts: await accounts.list(visitorOf(request).who),
      }),
    );

    /** Names only, to choose from when a message is assigned. */
    app.get(
      '/accounts/names',
      {
        config: { access: 'messages.work' },
        schema: { response: { 200: z.object({ names: listOf(z.string()) }) } },
      },
      async () => ({
        names: await accounts.names(),
      }),
    );

    app.post(
      '/accounts',
      {
        config: { access: 'accounts.manage' },
        schema: {
          response: { 200: oneTime.extend({ account }) },
          body: z.object({ name: z.string().max(60), role: z.enum(ROLES) }),
        },
      },
      async (request) => {
        const { name, role } = request.body;
        await ownersBusiness(request, undefined, role);
        return accounts.add(name, role, visitorOf(request).who);
      },
    );

    app.post(
      '/accounts/:name/password',
      {
        config: { access: 'accounts.manage' },
        schema: { response: { 200: oneTime }, params: nameParam },
      },
      async (request) => {
        const { name } = request.params;
        await ownersBusiness(request, name, undefined);
        const { id } = await accounts.named(name);
        const password = await accounts.reset(name, visitorOf(request).who);
        await sessions.endAll(id);
        return { password };
      },
    );

    app.post(
      '/accounts/:name/role',
      {
        config: { access: 'accounts.manage' },
        schema: {
          response: answersDone,
          params: nameParam,
          body: z.object({ role: z.enum(ROLES) }),
        },
      },
      async (request) => {
        const { name } = request.params;
        await ownersBusiness(request, name, request.body.role);
        await accounts.setRole(name, request.body.role, visitorOf(request).who);
        return done;
      },
    );

    app.delete(
      '/accounts/:name',
      {
        config: { access: 'accounts.manage' },
        schema: { response: answersDone, params: nameParam },
      },
      async (request) => {
        const { name } = request.params;
        await ownersBusiness(request, name, undefined);
        await sessions.endAll(await accounts.remove(name, visitorOf(request).who));
        return done;
      },
    );
    await Promise.resolve();
  };

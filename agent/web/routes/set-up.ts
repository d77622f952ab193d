import { z } from 'zod';
import { answersSchema, secretsSchema } from '../../privacy/set-up-answers.js';
import { KINDS } from '../../privacy/set-up-questions.js';
import { CONSENT_MODES } from '../../dialogue/consent.js';
import { JURISDICTIONS } from '../../privacy/jurisdictions.js';
import { setUpFaults, setUpOffer } from '../answers/set-up.js';
import { visitorOf } from '../guard.js';
import { configurationTaken } from '../answers/configuration.js';
import type { Routes } from './api.js';

/** Kept with the version that the first set-up writes. */
const WHY = 'set-up';

const told = z.object({ answers: answersSchema, secrets: secretsSchema.default({}) });
/** An account at the PBX or provider is none without its password. */
const hasPassword = ({ answers: { lines }, secrets }: z.infer<typeof told>): boolean =>
  lines?.trunk?.user === undefined ||
  lines.trunk.passwordFile !== undefined ||
  secrets.trunkPassword !== undefined;
const NO_PASSWORD = {
  path: ['secrets', 'trunkPassword'],
  message: 'write the password of the account',
};

const body = told
  /** Hash of the text that is replaced. */
  .extend({ base: z.string().regex(/^[0-9a-f]{64}$/u) })
  .refine(hasPassword, NO_PASSWORD);
/** What is told so far may be anything; what does not fit is said and nothing is refused. */
const soFar = z.object({ answers: z.unknown().optional(), secrets: z.unknown().optional() });
const complete = told.refine(hasPassword, NO_PASSWORD);

/** The first set-up: what can be answered, and the configuration that is made of the answers. */
export const setUpRoutes: Routes =
  ({ parts: { workshop } }) =>
  async (app) => {
    const { configuration, firstSetUp } = workshop;
    const change = { access: 'configuration.change' } as const;

    const offer = { config: change, schema: { response: { 200: setUpOffer } } };

    app.get('/set-up', offer, async () => {
      const { text, hash } = await configuration.now();
      const { models, pbx, addresses } = await firstSetUp.surroundings();
      return {
        ...{ fresh: firstSetUp.isExample(text), base: hash, models, pbx, addresses },
        kinds: [...KINDS, ...firstSetUp.ownKinds()],
        ...{ consentModes: CONSENT_MODES, jurisdictions: JURISDICTIONS },
      };
    });

    app.post(
      '/set-up/check',
      { config: change, schema: { response: { 200: setUpFaults }, body: soFar } },
      (request) => {
        const issues = complete.safeParse(request.body).error?.issues ?? [];
        return {
          faults: issues.map(({ path, message }) => ({
            path: path.map(String).join('.'),
            message,
          })),
        };
      },
    );

    app.post(
      '/set-up',
      { config: change, schema: { response: { 200: configurationTaken }, body } },
      async (request) => {
        const { base, answers, secrets } = request.body;
        const { who } = visitorOf(request);
        const taken = await configuration.change(
          { text: firstSetUp.text(answers, secrets) },
          { base, who, why: WHY, restart: true },
        );
        // Only then: what was refused takes no password out of the file that stands there.
        firstSetUp.keepSecrets(secrets);
        return taken;
      },
    );
    await Promise.resolve();
  };

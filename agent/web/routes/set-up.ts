import { z } from 'zod';
import { answersSchema, KINDS } from '../../privacy/set-up-answers.js';
import { CONSENT_MODES } from '../../dialogue/consent.js';
import { JURISDICTIONS } from '../../privacy/jurisdictions.js';
import { configurationTaken } from '../answers/configuration.js';
import { setUpOffer } from '../answers/set-up.js';
import { visitorOf } from '../guard.js';
import type { Routes } from './api.js';

/** Kept with the version that the first set-up writes. */
const WHY = 'set-up';

const body = z.object({
  /** Hash of the text that is replaced. */
  base: z.string().regex(/^[0-9a-f]{64}$/u),
  answers: answersSchema,
});

/** The first set-up: what can be answered, and the configuration that is made of the answers. */
export const setUpRoutes: Routes =
  ({ parts: { workshop } }) =>
  async (app) => {
    const { configuration, firstSetUp } = workshop;
    const change = { access: 'configuration.change' } as const;

    const offer = { config: change, schema: { response: { 200: setUpOffer } } };

    app.get('/set-up', offer, async () => {
      const { text, hash } = await configuration.now();
      const { models, pbx } = await firstSetUp.surroundings();
      return {
        ...{ fresh: firstSetUp.isExample(text), base: hash, models, pbx },
        ...{ kinds: KINDS, consentModes: CONSENT_MODES, jurisdictions: JURISDICTIONS },
      };
    });

    app.post(
      '/set-up',
      { config: change, schema: { response: { 200: configurationTaken }, body } },
      (request) => {
        const { base, answers } = request.body;
        const { who } = visitorOf(request);
        return configuration.change(
          { text: firstSetUp.text(answers) },
          { base, who, why: WHY, restart: true },
        );
      },
    );
    await Promise.resolve();
  };

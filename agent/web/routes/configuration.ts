import { z } from 'zod';
import type { ConfigurationDraft } from '../../privacy/configuration-desk.js';
import { JURISDICTIONS } from '../../privacy/jurisdictions.js';
import { jurisdictions } from '../answers/set-up.js';
import { webErrors } from '../errors.js';
import { visitorOf } from '../guard.js';
import { belongsTo, SECTIONS } from './configuration-sections.js';
import {
  configurationDiff,
  configurationNow,
  configurationPreview,
  configurationTaken,
  configurationText,
  configurationVersion,
} from '../answers/configuration.js';
import { listOf } from '../answers/shapes.js';
import { limitQuery, type Routes } from './api.js';

/** Hash of the text that the change was made from. */
const base = z.string().regex(/^[0-9a-f]{64}$/u);
const about = {
  base,
  why: z.string().trim().max(400).optional(),
  /** Also when something of it counts from the next start only. */
  restart: z.boolean().default(false),
};
/** New values by their paths, such as `understanding.hours`; null takes a setting out. */
const values = z.record(
  z.string().regex(/^(?!.*(?:__proto__|prototype|constructor))[\w-]+(?:\.[\w-]+){0,8}$/u),
  z.json(),
);
const text = z.string().max(200_000);
const numberParam = z.object({ number: z.coerce.number().int().min(1).max(1_000_000_000) });

/** The configuration: what it says, changes of it, its versions. */
export const configurationRoutes: Routes =
  ({ parts: { workshop } }) =>
  async (app) => {
    const { configuration } = workshop;
    const read = { access: 'configuration.read' } as const;

    app.get(
      '/configuration',
      { config: read, schema: { response: { 200: configurationNow } } },
      () => configuration.now(),
    );

    /** What the law of a place asks of recording, where it is known. */
    app.get(
      '/configuration/jurisdictions',
      { config: read, schema: { response: { 200: jurisdictions } } },
      () => JURISDICTIONS,
    );

    /** What a draft would do: faults with path and line, what waits for a restart, differences. */
    app.post(
      '/configuration/preview',
      {
        config: read,
        schema: {
          response: { 200: configurationPreview },
          body: z.union([z.strictObject({ values }), z.strictObject({ text })]),
        },
      },
      (request) => configuration.preview(request.body as ConfigurationDraft),
    );

    for (const [name, section] of Object.entries(SECTIONS)) {
      app.post(
        `/configuration/sections/${name}`,
        {
          config: { access: section.right },
          schema: { response: { 200: configurationTaken }, body: z.object({ ...about, values }) },
        },
        (request) => {
          const { values: wanted, ...by } = request.body;
          const strange = Object.keys(wanted).find((path) => !belongsTo(section, path));
          if (strange !== undefined) {
            const detail = `not a setting of ${name}`;
            throw webErrors.make('BAD_REQUEST', { place: strange, detail });
          }
          return configuration.change({ values: wanted }, { ...by, who: visitorOf(request).who });
        },
      );
    }

    app.post(
      '/configuration/text',
      {
        config: { access: 'configuration.change' },
        schema: { response: { 200: configurationTaken }, body: z.object({ ...about, text }) },
      },
      (request) => {
        const { text: fresh, ...by } = request.body;
        return configuration.change({ text: fresh }, { ...by, who: visitorOf(request).who });
      },
    );

    app.get(
      '/configuration/versions',
      {
        config: read,
        schema: {
          response: { 200: z.object({ versions: listOf(configurationVersion) }) },
          querystring: limitQuery.extend({ before: z.coerce.number().int().min(1).optional() }),
        },
      },
      async (request) => ({
        versions: await configuration.versions(request.query.limit, request.query.before),
      }),
    );

    app.get(
      '/configuration/versions/:number',
      { config: read, schema: { response: { 200: configurationText }, params: numberParam } },
      (request) => configuration.version(request.params.number),
    );

    /** From this version to another, or to the file as it is now. */
    app.get(
      '/configuration/versions/:number/diff',
      {
        config: read,
        schema: {
          response: { 200: configurationDiff },
          params: numberParam,
          querystring: z.object({ to: numberParam.shape.number.optional() }),
        },
      },
      (request) => configuration.diff(request.params.number, request.query.to),
    );

    app.post(
      '/configuration/versions/:number/rollback',
      {
        config: { access: 'configuration.change' },
        schema: {
          response: { 200: configurationTaken },
          params: numberParam,
          body: z.object(about),
        },
      },
      (request) =>
        configuration.rollback(request.params.number, {
          ...request.body,
          who: visitorOf(request).who,
        }),
    );
    await Promise.resolve();
  };

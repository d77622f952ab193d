import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { LightMyRequestResponse } from 'fastify';
import type { WebServer } from '../../agent/web/server.js';

interface Told {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

interface Route {
  readonly method: string;
  /** Of the address, without its question. */
  readonly matches: RegExp;
  /** How many parts of it are fixed: `/calls/search` goes before `/calls/{id}`. */
  readonly fixed: number;
  readonly answers: Readonly<Record<string, Told>>;
}

/** Every address of /openapi.json with what it says of its answers. */
export function routesTold({ app }: Pick<WebServer, 'app'>): readonly (Route & { path: string })[] {
  const paths = Object.entries(app.swagger().paths ?? {}) as unknown as [
    string,
    Record<string, { responses?: Record<string, Told> }>,
  ][];
  return paths
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses = {} }]) => ({
        ...{ method: method.toUpperCase(), path, answers: responses },
        matches: new RegExp(`^${path.replace(/\{\w+\}/gu, '[^/]+')}$`, 'u'),
        fixed: path.split('/').filter((part) => !part.startsWith('{')).length,
      })),
    )
    .sort((a, b) => b.fixed - a.fixed);
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
const compiled = new WeakMap<object, ValidateFunction>();

const told = (answers: Route['answers'], status: number): Told | undefined =>
  answers[String(status)] ?? answers[`${String(status).slice(0, 1)}XX`];

/** Holds what a server answers to what its /openapi.json says of it. @throws Error that names both */
export function answerCheck(server: Pick<WebServer, 'app'>) {
  const routes = routesTold(server);
  return (method: string, url: string, answer: LightMyRequestResponse): void => {
    const [path = ''] = url.split('?');
    const route = routes.find((one) => one.method === method && one.matches.test(path));
    const type = String(answer.headers['content-type'] ?? '');
    if (route === undefined || !type.startsWith('application/json')) return;
    const schema = told(route.answers, answer.statusCode)?.content?.['application/json']?.schema;
    const place = `${method} ${url}: ${String(answer.statusCode)}`;
    if (schema === undefined) throw new Error(`${place} is an answer that /openapi.json has not`);
    const check = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, check);
    if (!check(answer.json())) {
      throw new Error(`${place} is not as /openapi.json says: ${ajv.errorsText(check.errors)}`);
    }
  };
}

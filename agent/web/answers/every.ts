import type { FastifySchema } from 'fastify';
import { z } from 'zod';
import { refusal } from './shapes.js';

/** What a route answers, and what every route may answer instead. */
export function answersOf(route: {
  readonly schema?: FastifySchema;
  readonly websocket?: boolean;
}): Pick<FastifySchema, 'response'> {
  if (route.schema?.hide === true) return {};
  return {
    response: {
      ...(route.websocket === true ? { 101: z.null().describe('A WebSocket') } : {}),
      ...(route.schema?.response ?? {}),
      ...{ '4xx': refusal, '5xx': refusal },
    },
  };
}

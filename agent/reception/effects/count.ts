import type { Effects } from '../conversation-parts.js';
import type { Visit } from '../visit.js';

/** Counts what the gate did. A count that fails is logged by who counts: the call goes on. */
export const count =
  (visit: Visit): Effects['count'] =>
  ({ what }) =>
    visit.parts.handling?.count(what) ?? Promise.resolve();

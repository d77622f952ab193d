import t from 'tap';
import { CallStateHolder, type CallState } from '../../agent/telephony/call-state.js';

const STATES: readonly CallState[] = ['offered', 'answered', 'talking', 'with-person', 'ended'];

/** A way to each state. */
const WAYS: Readonly<Record<CallState, readonly CallState[]>> = {
  offered: [],
  answered: ['answered'],
  talking: ['answered', 'talking'],
  'with-person': ['answered', 'talking', 'with-person'],
  ended: ['ended'],
};

/** The drawing above the table, as its arrows. */
const DRAWN: readonly string[] = [
  'offered to answered',
  'offered to with-person',
  'offered to ended',
  'answered to talking',
  'answered to ended',
  'talking to with-person',
  'talking to ended',
  'with-person to answered',
  'with-person to ended',
];

void t.test('every drawn change is allowed, every other one throws and changes nothing', (t) => {
  for (const from of STATES) {
    for (const to of STATES) {
      const holder = new CallStateHolder();
      for (const step of WAYS[from]) holder.to(step);
      t.equal(holder.state, from);
      if (DRAWN.includes(`${from} to ${to}`)) {
        holder.to(to);
        t.equal(holder.state, to, `${from} to ${to}`);
      } else {
        t.throws(
          () => {
            holder.to(to);
          },
          { code: 'TELEPHONY_STATE_UNLISTED', place: `${from} to ${to}` },
        );
        t.equal(holder.state, from);
      }
    }
  }
  t.end();
});

void t.test('a returned caller is heard again, and may be handed on again', (t) => {
  const holder = new CallStateHolder();
  for (const to of ['answered', 'talking', 'with-person'] as const) holder.to(to);
  for (const to of ['answered', 'talking', 'with-person', 'ended'] as const) holder.to(to);
  t.equal(holder.state, 'ended');
  t.end();
});

import type { CallHandling } from '../dialogue/ports.js';
import type { Directory } from '../dialogue/directory.js';
import type { StoredHandlingRule } from '../records/handling-rules.js';
import type { Attestation } from '../telephony/attestation.js';
import type { CallKnown } from '../records/handling.js';
import { callerNumber, fits, type CallerNumber } from './handling-numbers.js';
import { isRecorded } from './handling-recording.js';
import type { HandlingSettings, RecordingWish } from './handling-settings.js';

/** A call that is about to begin. Times are milliseconds since 1970. */
export interface CallAsked extends CallKnown {
  /** As the network gave it; empty when withheld. */
  readonly caller: string;
  /** The number that was dialled. */
  readonly called: string;
  /** What the carrier says of the caller's number. */
  readonly attestation?: Attestation | undefined;
  readonly now: number;
}

/** How a call is to be held, and why. */
export interface Decision {
  readonly way: CallHandling['way'];
  readonly staff: { readonly target: string; readonly seconds: number } | undefined;
  /** Whether the caller has to press a key first. */
  readonly challenged: boolean;
  readonly vip: boolean;
  readonly recorded: boolean;
  /** Codes of what decided: `rule.ID`, `configured.N`, `list.block`, `gate.too-many`, … */
  readonly because: readonly string[];
}

export interface HandlingParts {
  readonly settings: HandlingSettings;
  readonly directory: Directory;
  readonly defaultTarget: string;
  readonly isOpen: (now: number) => boolean;
  /** Whether the office records calls at all. */
  readonly records: boolean;
  /** A telephone number in E.164, if it is one. */
  readonly e164: (number: string) => string | undefined;
  /** Numbers of the office's own telephones: nobody challenges them. */
  readonly extensions: readonly string[];
}

type Standing = 'block' | 'allow' | 'vip' | undefined;
type Way = { way: CallHandling['way']; target?: string | undefined; seconds?: number | undefined };

/** Decides how calls are held. Pure: the same call and the same rules give the same decision. */
export class HandlingPlan {
  readonly #parts: HandlingParts;

  constructor(parts: HandlingParts) {
    this.#parts = parts;
  }

  /** The caller as rules know it. */
  number(caller: string): CallerNumber {
    return callerNumber(caller, this.#parts.e164);
  }

  decide(call: CallAsked): Decision {
    const number = this.number(call.caller);
    const because: string[] = [];
    const rules = this.#fitting(call, number);
    const standing = this.#standing(rules, number, because);
    const own = this.#parts.extensions.includes(number.raw);
    const known = own || standing === 'allow' || standing === 'vip';
    const tooMany =
      !known && call.lastHour.calls >= this.#parts.settings.gate.mostPerHour && number.raw !== '';
    if (tooMany) because.push('gate.too-many');
    const blocked = standing === 'block' || tooMany;
    const wanted = blocked ? undefined : this.#way(rules, call, number, standing, because);
    const staff = wanted?.way === 'staff' ? this.#staff(wanted, call, because) : undefined;
    const way = blocked ? 'block' : this.#settledWay(wanted, staff);
    return {
      way: way === 'block' && own ? 'assistant' : way,
      staff,
      challenged: !blocked && !known && this.#isSuspicious(call, number, because),
      vip: standing === 'vip',
      recorded: isRecorded(this.#wishes(rules, call, number, staff), this.#parts.records),
      because,
    };
  }

  #settledWay(wanted: Way | undefined, staff: Decision['staff']): CallHandling['way'] {
    if (wanted === undefined) return 'assistant';
    return wanted.way === 'staff' && staff === undefined ? 'assistant' : wanted.way;
  }

  /** The closest first: a whole number before a beginning, a number dialled before any. */
  #fitting(call: CallAsked, number: CallerNumber): readonly StoredHandlingRule[] {
    const closeness = ({ caller, called }: StoredHandlingRule): number =>
      (caller === undefined ? 0 : caller.endsWith('*') ? caller.length : 100) +
      (called === undefined ? 0 : 0.5);
    return call.rules
      .filter(
        ({ caller, called, until }) =>
          (caller === undefined || fits(caller, number, this.#parts.e164)) &&
          (called === undefined || called === call.called) &&
          (until === undefined || until > call.now),
      )
      .toSorted((a, b) => closeness(b) - closeness(a));
  }

  #standing(
    rules: readonly StoredHandlingRule[],
    number: CallerNumber,
    because: string[],
  ): Standing {
    // What is set for this caller in particular lifts a block that is meant less closely.
    const [closest] = rules;
    if (closest?.caller !== undefined && !isStanding(closest.way)) return undefined;
    const rule = rules.find(({ way }) => isStanding(way));
    if (rule !== undefined) {
      because.push(`rule.${rule.id}`);
      return rule.way as Standing;
    }
    const { allow, block, vip } = this.#parts.settings;
    const lists = { allow, vip: vip.callers, block } as const;
    for (const name of ['allow', 'vip', 'block'] as const) {
      if (lists[name].some((pattern) => fits(pattern, number, this.#parts.e164))) {
        because.push(`list.${name}`);
        return name;
      }
    }
    return undefined;
  }

  #way(
    rules: readonly StoredHandlingRule[],
    call: CallAsked,
    number: CallerNumber,
    standing: Standing,
    because: string[],
  ): Way | undefined {
    const rule = rules.find(({ way }) => !isStanding(way));
    if (rule !== undefined) {
      because.push(`rule.${rule.id}`);
      return { way: rule.way as Way['way'], target: rule.target, seconds: rule.seconds };
    }
    const { vip, rules: configured } = this.#parts.settings;
    if (standing === 'vip') return { way: vip.do, target: vip.target, seconds: vip.seconds };
    const state = this.#parts.isOpen(call.now) ? 'open' : 'closed';
    const at = configured.findIndex(
      ({ caller, called, when, do: way }) =>
        (caller === undefined || fits(caller, number, this.#parts.e164)) &&
        (called === undefined || called === call.called) &&
        (when === 'always' || when === state) &&
        !(way === 'block' && standing === 'allow'),
    );
    const found = configured[at];
    if (found === undefined) return undefined;
    because.push(`configured.${String(at)}`);
    return { way: found.do, target: found.target, seconds: found.seconds };
  }

  /** Who rings first; nobody if all are away, and then the assistant takes the call. */
  #staff(wanted: Way, call: CallAsked, because: string[]): Decision['staff'] {
    const asked = wanted.target ?? this.#parts.defaultTarget;
    const [first] = this.#parts.directory.reach(asked, {
      now: call.now,
      away: call.away,
      urgent: false,
    });
    if (first === undefined) {
      because.push('staff.away');
      return undefined;
    }
    return { target: first.id, seconds: wanted.seconds ?? this.#parts.settings.vip.seconds };
  }

  #isSuspicious(call: CallAsked, number: CallerNumber, because: string[]): boolean {
    const { gate } = this.#parts.settings;
    if (gate.challenge === 'never') return false;
    const reasons = [
      ...(gate.challenge === 'always' ? ['gate.always'] : []),
      ...(gate.withheld && number.raw === '' ? ['gate.withheld'] : []),
      ...(number.raw !== '' && call.lastHour.calls >= gate.suspiciousPerHour
        ? ['gate.many-calls']
        : []),
      ...(number.raw !== '' && call.lastDay.silent >= gate.silentCalls
        ? ['gate.silent-calls']
        : []),
      ...(isDoubtful(call.attestation, gate.attestation) ? ['gate.attestation'] : []),
    ];
    because.push(...reasons);
    return reasons.length > 0;
  }

  /** In the order of the call's way: the number dialled, the caller, the extension. */
  #wishes(
    rules: readonly StoredHandlingRule[],
    call: CallAsked,
    number: CallerNumber,
    staff: Decision['staff'],
  ): readonly RecordingWish[] {
    const { recording } = this.#parts.settings;
    const extension =
      staff === undefined ? number.raw : this.#parts.directory.extensionOf(staff.target);
    const byCalled = [
      ...rules.filter(({ caller }) => caller === undefined).map((one) => one.recording),
      ...recording.filter((one) => one.called === call.called).map(({ record }) => record),
    ];
    const byCaller = [
      ...rules.filter(({ caller }) => caller !== undefined).map((one) => one.recording),
      ...recording
        .filter(({ caller }) => caller !== undefined && fits(caller, number, this.#parts.e164))
        .map(({ record }) => record),
    ];
    const byExtension = recording
      .filter((one) => one.extension !== undefined && one.extension === extension)
      .map(({ record }) => record);
    return [byCalled, byCaller, byExtension].flatMap((level) => {
      const [first] = level.filter((one) => one !== undefined);
      return first === undefined ? [] : [first];
    });
  }
}

/** What a decision means for the call; `random` (0 ≤ x < 1) chooses the key that has to be pressed. */
export const handlingOf = (
  { way, staff, challenged, recorded }: Decision,
  away: CallKnown['away'],
  random: () => number,
): CallHandling => ({
  way,
  recorded,
  away,
  ...(staff === undefined ? {} : { staff }),
  ...(challenged ? { challenge: String(1 + Math.floor(random() * 9)) } : {}),
});

const isStanding = (way: StoredHandlingRule['way']): boolean =>
  way === 'block' || way === 'allow' || way === 'vip';

/** Whether what the carrier says of a number makes it suspicious. Of a call without a word nothing follows. */
const isDoubtful = (
  attestation: Attestation | undefined,
  bar: HandlingSettings['gate']['attestation'],
): boolean => {
  if (attestation === undefined || bar === 'off') return false;
  return (
    attestation.verdict === 'failed' || (bar === 'unverified' && attestation.verdict !== 'passed')
  );
};

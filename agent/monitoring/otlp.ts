import { randomBytes } from 'node:crypto';
import {
  context,
  trace,
  type Attributes,
  type HrTime,
  type Span as Open,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  TracerProvider,
  type IdGenerator,
  type SpanExporter,
} from '@opentelemetry/sdk-trace';
import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import { connections } from './near.js';
import type { Facts, Span, SpanName } from './ports.js';
import type { TraceSettings } from './settings.js';
import { tracesUrl } from './traces-url.js';
import type { Sender } from './traces.js';

/** Spans that wait for a collector; newer ones are dropped. */
const MOST_WAITING = 2_048;
/** A collector that takes longer than this is away. */
const TIMEOUT_MS = 5_000;
const EVERY_MS = 5_000;

/** Sends the spans of calls to a collector by OTLP/HTTP. */
export function otlpSender(
  settings: TraceSettings,
  version: string,
  clock: Clock,
  log: Log,
): Sender {
  const ids = new CallIds();
  const exporter = new OTLPTraceExporter({
    url: tracesUrl(settings.collector),
    timeoutMillis: TIMEOUT_MS,
    httpAgentOptions: { keepAlive: true, ...connections(settings) },
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'vestibule', 'service.version': version }),
    sampler: new AlwaysOnSampler(),
    idGenerator: ids,
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: telling(exporter, log),
        maxQueueSize: MOST_WAITING,
        scheduledDelayMillis: EVERY_MS,
        exportTimeoutMillis: TIMEOUT_MS,
      }),
    ],
  });
  const tracer = provider.getTracer('vestibule', version);
  const calls = new Map<string, Span>();

  const begin = (call: string, startedAt: number): Span => {
    // Wall-clock time of the call's start; from there on its own clock counts, which never jumps.
    const startMs = clock.now() - (clock.monotonic() - startedAt);
    const at = (ms: number): HrTime => hrTime(startMs + ms);
    const wrap = (open: Open, over?: () => void): Span => ({
      span(name, fromMs, facts = {}) {
        const parent = trace.setSpan(context.active(), open);
        const options = { startTime: at(fromMs), attributes: attributesOf(facts) };
        return wrap(tracer.startSpan(name, options, parent));
      },
      happened(what, atMs) {
        open.addEvent(what, at(atMs));
      },
      end(atMs, facts = {}) {
        open.setAttributes(attributesOf(facts));
        open.end(at(atMs));
        over?.();
      },
    });
    const options = { root: true, startTime: at(0) };
    const root = ids.under(call, () => tracer.startSpan('call' satisfies RootName, options));
    return wrap(root, () => {
      calls.delete(call);
    });
  };

  return {
    of(call, startedAt) {
      const known = calls.get(call) ?? begin(call, startedAt);
      calls.set(call, known);
      return known;
    },
    close: () => provider.shutdown(),
  };
}

type RootName = Exclude<'call', SpanName>;

/** A trace has the id of its call, so that one leads to the other. */
class CallIds implements IdGenerator {
  #call: string | undefined;

  under<Made>(call: string, make: () => Made): Made {
    this.#call = call;
    try {
      return make();
    } finally {
      this.#call = undefined;
    }
  }

  generateTraceId(): string {
    const own = this.#call?.replaceAll('-', '') ?? '';
    return /^[0-9a-f]{32}$/u.test(own) ? own : randomBytes(16).toString('hex');
  }

  generateSpanId(): string {
    return randomBytes(8).toString('hex');
  }
}

/** Says once that the collector is away, and once that it is back. */
function telling(exporter: SpanExporter, log: Log): SpanExporter {
  let away = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const { error } = result;
        if (error === undefined && away) log.info('the collector takes traces again');
        else if (error !== undefined && !away) {
          log.warn('the collector takes no traces', { reason: oneLine(error) });
        }
        away = error !== undefined;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}

/** Names of the attributes, as the guide lists them. */
const NAMES: Readonly<Record<keyof Facts, string>> = {
  outcome: 'vestibule.outcome',
  endedBy: 'vestibule.ended_by',
  language: 'vestibule.language',
  engine: 'vestibule.engine',
  how: 'vestibule.how',
  audioMs: 'vestibule.audio_ms',
  cpuMs: 'vestibule.cpu_ms',
  whole: 'vestibule.whole',
  failed: 'vestibule.failed',
};
/** What a code looks like: a sentence, a number and a name with a capital do not. */
const CODE = /^[a-z][\w.:-]{0,59}$/u;

function attributesOf(facts: Facts): Attributes {
  const pairs = Object.entries(facts) as [keyof Facts, string | number | boolean | undefined][];
  return Object.fromEntries(
    pairs
      .filter(([, value]) => typeof value !== 'string' || CODE.test(value))
      .map(([name, value]) => [NAMES[name], typeof value === 'number' ? Math.round(value) : value]),
  );
}

const hrTime = (epochMs: number): HrTime => {
  const seconds = Math.floor(epochMs / 1000);
  return [seconds, Math.round((epochMs - seconds * 1000) * 1e6)];
};

import { readFileSync } from 'node:fs';
import { LineCounter, parse, parseDocument } from 'yaml';
import type { z } from 'zod';
import { oneLine, type Fault, type VestibuleError } from '../errors.js';
import { LOG_LEVELS, type LogLevel } from '../log.js';
import { plainly } from '../understanding/plain-faults.js';
import { brokenYaml, inLine, lineOf } from '../understanding/yaml-lines.js';
import { configErrors } from './errors.js';
import { withHolidays } from './holidays.js';
import { officesOf } from './numbers.js';
import { configuration, type Configuration } from './schema.js';
import { configurationVersion, migratedConfiguration, versionOf } from './versions.js';

/**
 * Reads and checks the configuration at `path`, with the holidays of its calendar file; the environment's
 * overrides win.
 */
export function loadConfiguration(path: string, env: NodeJS.ProcessEnv): Configuration {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
      throw configErrors.make('MISSING', { place: path, cause });
    }
    throw configErrors.make('NOT_READ', { place: path, detail: oneLine(cause), cause });
  }
  const settings = checkConfiguration(text, path, env);
  return withHolidays(settings, path, startOfClock(env) ?? Date.now());
}

/**
 * Checks a configuration text.
 * @throws CONFIG_UNREADABLE, or CONFIG_INVALID that names every fault at once with its path, line and mend
 */
export function checkConfiguration(
  text: string,
  place: string,
  env: NodeJS.ProcessEnv,
): Configuration {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { prettyErrors: true, lineCounter });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const faults = document.errors.map((error) => ({
      path: '',
      message: error.message.split(' at line ')[0] ?? '',
      line: lineCounter.linePos(error.pos[0]).line,
    }));
    throw configErrors.make('UNREADABLE', { place, detail: brokenYaml(broken), faults });
  }
  const read: unknown = document.toJS();
  const old = versionOf(read) < configurationVersion();
  const raw = withOverrides(old ? (parse(migratedConfiguration(text).text) as unknown) : read, env);
  const line = (path: readonly PropertyKey[]): number | undefined =>
    lineOf(document.contents, path, lineCounter);
  const parsed = configuration.safeParse(raw);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => ({
      path: issue.path.map(String).join('.'),
      message: issue.message,
      line: line(pathOf(issue)),
    }));
    throw invalid(place, faults);
  }
  const base = parsed.data;
  if (base.numbers.length === 0) return base;
  const { offices, faults } = officesOf({
    ...{ raw: raw as Record<string, unknown>, base, place, line },
    check: (whole) => {
      const checked = configuration.safeParse(whole);
      if (checked.success) return checked.data;
      const { issues } = checked.error;
      return { wrong: issues.map((issue) => ({ path: pathOf(issue), message: issue.message })) };
    },
  });
  if (faults.length > 0) throw invalid(place, faults);
  return { ...base, offices };
}

const invalid = (place: string, faults: readonly Fault[]): VestibuleError =>
  configErrors.make('INVALID', { place, detail: faults.map(describe).join('; '), faults });

/** VESTIBULE_SIP_PORT moves the embedded PBX without touching the file. */
function withOverrides(raw: unknown, env: NodeJS.ProcessEnv): unknown {
  const port = env.VESTIBULE_SIP_PORT;
  if (port === undefined || port === '') return raw;
  const number = Number(port);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) {
    throw configErrors.make('BAD_VARIABLE', {
      place: 'VESTIBULE_SIP_PORT',
      detail: 'write a port from 1 to 65535',
    });
  }
  const whole = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const pbx = (whole.pbx ?? {}) as Record<string, unknown>;
  const sip = (pbx.sip ?? {}) as Record<string, unknown>;
  return { ...whole, pbx: { ...pbx, sip: { ...sip, port: number } } };
}

const describe = ({ path, message, line }: Fault): string => {
  const said = plainly(message, path === '' ? [] : path.split('.'), configuration);
  return `${path === '' ? 'the file' : path}: ${said}${inLine(line)}`;
};

/** Where to look: a key that does not belong is better found by itself than by what holds it. */
function pathOf(issue: z.core.$ZodIssue): readonly PropertyKey[] {
  return issue.code === 'unrecognized_keys'
    ? [...issue.path, ...issue.keys.slice(0, 1)]
    : issue.path;
}

/** The clock's start from VESTIBULE_NOW, in milliseconds since 1970. */
export function startOfClock(env: NodeJS.ProcessEnv): number | undefined {
  const text = env.VESTIBULE_NOW;
  if (text === undefined || text === '') return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) {
    throw configErrors.make('BAD_VARIABLE', {
      place: 'VESTIBULE_NOW',
      detail: 'write an ISO time such as 2026-11-24T09:00:00+01:00',
    });
  }
  return at;
}

/** What the log tells, from VESTIBULE_LOG; `usual` where it is not set. @throws CONFIG_BAD_VARIABLE */
export function logLevelOf(env: NodeJS.ProcessEnv, usual: LogLevel): LogLevel {
  const told = env.VESTIBULE_LOG;
  if (told === undefined || told === '') return usual;
  const level = LOG_LEVELS.find((one) => one === told);
  if (level === undefined) {
    throw configErrors.make('BAD_VARIABLE', {
      place: 'VESTIBULE_LOG',
      detail: `write one of ${LOG_LEVELS.join(', ')}`,
    });
  }
  return level;
}

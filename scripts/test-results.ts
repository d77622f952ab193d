import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type TestResult = 'passed' | 'failed' | 'left out';

/** What a run of the tests told. */
export interface TestResults {
  /** `file` of test/ without .test.ts; in `name` whatever stands for a value (`${…}`) may be anything. */
  readonly of: (file: string, name: string) => TestResult | undefined;
  /** When the newest report was written, in milliseconds since 1970; undefined without any. */
  readonly at: number | undefined;
}

const FILE = /^# Subtest: build\/test\/(.+)\.test\.js$/u;
const RESULT = /^ +(not ok|ok) \d+ - (.*?)(?: # (?:time=\S+|(SKIP|TODO)\b.*))?$/u;

/** Reads reports in the Test Anything Protocol. Of a test that ran twice the last one counts. */
export function resultsIn(reports: readonly string[]): TestResults['of'] {
  const said = new Map<string, Map<string, TestResult>>();
  for (const report of reports) {
    let tests: Map<string, TestResult> | undefined;
    for (const line of report.split('\n')) {
      const [, file] = FILE.exec(line) ?? [];
      if (file !== undefined) {
        tests = said.get(file) ?? new Map<string, TestResult>();
        said.set(file, tests);
      }
      const [, ok, name = '', without] = RESULT.exec(line) ?? [];
      if (ok === undefined) continue;
      tests?.set(name, without !== undefined ? 'left out' : ok === 'ok' ? 'passed' : 'failed');
    }
  }
  return (file, name) => {
    const tests = said.get(file);
    if (!name.includes('${')) return tests?.get(name);
    const parts = name
      .split(/\$\{\w+\}/u)
      .map((part) => part.replace(/[$()*+.?[\\\]^{|}]/gu, '\\$&'));
    const like = new RegExp(`^${parts.join('.+')}$`, 'u');
    const results = [...(tests ?? [])].flatMap(([one, result]) => (like.test(one) ? [result] : []));
    return results.find((one) => one !== 'passed') ?? results[0];
  };
}

/** What the last run of scripts/test left in the folder `state`. */
export function lastResults(state: string): TestResults {
  const files = readdirSync(state)
    .filter((name) => /^tests-.*\.tap$/u.test(name))
    .map((name) => join(state, name))
    .map((file) => ({ file, at: statSync(file).mtimeMs }))
    .sort((one, other) => one.at - other.at);
  return {
    of: resultsIn(files.map(({ file }) => readFileSync(file, 'utf8'))),
    at: files.at(-1)?.at,
  };
}

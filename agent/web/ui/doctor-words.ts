import type { Finding } from './api';
import { checksKo } from './words/doctor-ko';
import { findingsKo } from './words/doctor-findings-ko';
import { mendsKo } from './words/doctor-mends-ko';

/** What an error says of itself, with its code first, has no words here. */
const ERROR = /^[A-Z]+(?:_[A-Z0-9]+)+\b/u;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');

/** Those that say most first: `in {}` fits what `in {} of the last {} calls` says, too. */
const patterns = [...findingsKo, ...mendsKo]
  .map(([english, korean]) => ({ parts: english.split('{}'), korean }))
  .sort((a, b) => b.parts.join('').length - a.parts.join('').length)
  .map(({ parts, korean }) => ({
    pattern: new RegExp(`^${parts.map(escaped).join('(.*?)')}$`, 'su'),
    korean,
  }));

/** A sentence of the doctor in Korean; undefined where there is none, as for what an error says itself. */
export function koreanOf(sentence: string): string | undefined {
  if (ERROR.test(sentence)) return undefined;
  for (const { pattern, korean } of patterns) {
    const found = pattern.exec(sentence);
    if (found !== null) {
      return korean.replace(/\{(\d)\}/gu, (_hole, at: string) => found[Number(at)] ?? '');
    }
  }
  return undefined;
}

/** A finding in Korean, as far as there are words for it. */
export function findingInKorean(finding: Finding): Finding {
  const [title, why] = checksKo[finding.id] ?? [finding.title, finding.why];
  return {
    ...{ ...finding, title, why },
    finding: koreanOf(finding.finding) ?? finding.finding,
    mend: koreanOf(finding.mend) ?? finding.mend,
  };
}

import type { JsonObject } from '../../analysis/text/json.ts';
import { objectAt, parseJsonObject, stringAt } from '../../analysis/text/json.ts';
import { baseName } from '../../analysis/text/paths.ts';
import type { Decision } from '../../model/decision.ts';
import type { Problem } from '../../model/problem.ts';
import { instantOf } from './dates.ts';
import type { DecisionFormat, Fields, Kept } from './format.ts';
import {
  beyond,
  idMaker,
  isFields,
  isPrivateId,
  notApplied,
  NOTHING,
  privateIdProblem,
  restored,
  within,
} from './format.ts';

/**
 * audit-resolve.json of npm-audit-resolver: `id|dep>path` → ignore, postpone, fix, expired, none, with times in milliseconds.
 * Only `ignore` and `postpone` rule; the others are kept. Most ids are npm's numbers, which changed with every edit of an advisory.
 * https://github.com/npm/audit-resolve-core
 */
export const auditResolve: DecisionFormat = {
  id: 'audit-resolve',
  title: 'npm-audit-resolver decisions',
  files: ['audit-resolve.json'],
  claims: (path) => baseName(path) === 'audit-resolve.json',
  read({ path, text }) {
    const lines = new Map<string, number>();
    const { value, problems: faults } = parseJsonObject(text, path, (depth, key, line) => {
      if (depth === 2) lines.set(key, line);
    });
    const problems: Problem[] = [...faults];
    const decisions: Decision[] = [];
    const kept: Kept[] = [];
    const makeId = idMaker(path);
    for (const [section, content] of Object.entries(value ?? {}))
      if (section !== 'decisions') kept.push({ section, value: content });
    for (const [key, raw] of Object.entries(objectAt(value, 'decisions') ?? {})) {
      const line = lines.get(key) ?? 0;
      const entry: JsonObject = isFields(raw) ? raw : {};
      const word = stringAt(entry, 'decision');
      if (word !== 'ignore' && word !== 'postpone') {
        kept.push({ section: 'decisions', value: { [key]: raw } });
        if (!RULES_NOTHING.has(word ?? ''))
          problems.push(
            notApplied(
              'decision/not-applied',
              `expected ignore, postpone, fix, expired or none, found ${JSON.stringify(word ?? raw)?.slice(0, 60)}`,
              path,
              line,
            ),
          );
        continue;
      }
      const bar = key.indexOf('|');
      const id = bar === -1 ? key : key.slice(0, bar);
      const steps =
        bar === -1
          ? []
          : key
              .slice(bar + 1)
              .split('>')
              .filter((step) => step !== '');
      const expires = given(entry['expiresAt']) ? instantOf(entry['expiresAt']) : undefined;
      const isBroken = given(entry['expiresAt']) && expires === undefined;
      if (isBroken) problems.push(notApplied('decision/not-applied', 'expiresAt is no time', path, line));
      if (isPrivateId(id)) problems.push(privateIdProblem(id, path, line));
      const about = {
        advisories: [id],
        ecosystem: 'npm',
        ...(steps.length === 0 ? {} : { path: steps.join(' > ') }),
      };
      const decision: Decision = {
        id: makeId(key),
        about: isBroken ? NOTHING : within(path, about),
        status: word === 'ignore' ? 'affected' : 'under_investigation',
        reason: stringAt(entry, 'reason') ?? '',
        by: '',
        at: instantOf(entry['madeAt']) ?? '',
        ...(expires === undefined ? {} : { expires }),
        source: { path, line, format: 'audit-resolve' },
      };
      decisions.push({ ...decision, imported: { extra: { key, entry: beyond(entry, ours(decision)) } } });
    }
    return { decisions, kept, problems };
  },
  /** `{ key: entry }`. */
  entryOf(decision) {
    const { key, entry } = decision.imported?.extra ?? {};
    return { [String(key)]: restored(ours(decision), entry) };
  },
};

/** The tool's own words for entries that leave the finding open. */
const RULES_NOTHING = new Set(['fix', 'expired', 'none']);

const given = (value: unknown): boolean => value !== undefined && value !== null && value !== 0;

function ours({ status, reason }: Decision): Fields {
  return {
    decision: status === 'affected' ? 'ignore' : 'postpone',
    ...(reason === '' ? {} : { reason }),
  };
}

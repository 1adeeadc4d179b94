import { arrayAt, parseJsonObject } from '../../analysis/text/json.ts';
import { baseName } from '../../analysis/text/paths.ts';
import type { Decision } from '../../model/decision.ts';
import type { Problem } from '../../model/problem.ts';
import { allowEntryOf, readAllowEntry } from './allowlist.ts';
import type { DecisionFormat, Kept } from './format.ts';
import { idMaker, isFields, isPrivateId, notApplied, privateIdProblem } from './format.ts';
import { plainJson } from './jsonc.ts';

/**
 * audit-ci.json, .jsonc and .json5 (as far as it is JSON with comments): `allowlist` of keys or `{key: {active, notes, expiry}}`;
 * objects without `active: true` are switched off. Severity settings are kept. https://github.com/IBM/audit-ci#allowlisting
 */
export const auditCi: DecisionFormat = {
  id: 'audit-ci',
  title: 'audit-ci configuration',
  files: ['audit-ci.json', 'audit-ci.jsonc', 'audit-ci.json5'],
  claims: (path) => /^\.?audit-ci\.json[c5]?$/.test(baseName(path)),
  read({ path, text }) {
    const plain = plainJson(text);
    const sections = new Map<string, number>();
    const { value, problems: faults } = parseJsonObject(plain, path, (depth, key, line) => {
      if (depth === 1) sections.set(key, line);
    });
    const problems: Problem[] = [...faults];
    const decisions: Decision[] = [];
    const kept: Kept[] = [];
    const makeId = idMaker(path);
    const lineOf = lineFinder(plain);
    for (const [section, content] of Object.entries(value ?? {})) {
      if (section === 'allowlist' && Array.isArray(content)) continue;
      kept.push({ section, value: content });
      if (LEGACY.has(section) && Array.isArray(content) && content.length > 0)
        problems.push(
          notApplied(
            'decision/other-section',
            `${section} is from before audit-ci 4, which does not read it any more`,
            path,
            sections.get(section) ?? 0,
            'move its entries to allowlist',
          ),
        );
    }
    for (const item of arrayAt(value, 'allowlist')) {
      const [key, ...others] = isFields(item)
        ? Object.keys(item)
        : [typeof item === 'string' ? item : undefined];
      const line = key === undefined ? 0 : lineOf(key);
      if (key === undefined || others.length > 0) {
        kept.push({ section: 'allowlist', value: item });
        problems.push(
          notApplied('decision/unexpected-shape', 'expected a string or an object with one key', path, line),
        );
        continue;
      }
      const entry = { key, value: isFields(item) ? item[key] : undefined };
      const reading = readAllowEntry(entry, { path, line, format: 'audit-ci' }, makeId(key), true);
      if (reading === undefined || (isFields(item) && !isFields(entry.value))) {
        kept.push({ section: 'allowlist', value: item });
        continue;
      }
      if (reading.fault !== undefined)
        problems.push(notApplied('decision/not-applied', reading.fault, path, line));
      for (const id of reading.decision.about.advisories)
        if (isPrivateId(id)) problems.push(privateIdProblem(id, path, line));
      decisions.push(reading.decision);
    }
    return { decisions, kept, problems };
  },
  /** The item of the list: a string, or an object with one key. */
  entryOf(decision) {
    const { key, value } = allowEntryOf(decision);
    return value === null ? key : { [key]: value };
  },
};

const LEGACY = new Set(['whitelist', 'path-whitelist', 'advisories']);

/** Lines of string literals, asked for in file order: the search goes on where it ended, so that all of them take one pass. */
function lineFinder(text: string): (literal: string) => number {
  let at = 0;
  let line = 1;
  return (literal) => {
    const found = text.indexOf(JSON.stringify(literal), at);
    if (found === -1) return line;
    for (let next = text.indexOf('\n', at); next !== -1 && next < found; next = text.indexOf('\n', next + 1))
      line++;
    at = found;
    return line;
  };
}

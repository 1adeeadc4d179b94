import type { JsonObject } from '../../analysis/text/json.ts';
import { arrayAt, objectAt, stringAt } from '../../analysis/text/json.ts';
import { baseName, folderOf } from '../../analysis/text/paths.ts';
import { parseToml } from '../../analysis/text/toml.ts';
import type { Decision, DecisionScope } from '../../model/decision.ts';
import { SCOPES } from '../../model/extractor.ts';
import type { Problem } from '../../model/problem.ts';
import { instantOf } from './dates.ts';
import type { DecisionFormat, Fields, Kept } from './format.ts';
import {
  beyond,
  escapeGlob,
  escapePattern,
  idMaker,
  isFields,
  notApplied,
  NOTHING,
  restored,
} from './format.ts';

/**
 * osv-scanner.toml: holds for files in its own folder only, not below. `IgnoredVulns` by id (aliases too, the first of several entries
 * counts), `PackageOverrides` by name, version, ecosystem and group. https://google.github.io/osv-scanner/configuration/
 */
export const osvScanner: DecisionFormat = {
  id: 'osv-scanner',
  title: 'osv-scanner configuration',
  files: ['osv-scanner.toml'],
  claims: (path) => baseName(path) === 'osv-scanner.toml',
  read({ path, text }) {
    const { value, problems: faults, lineOf } = parseToml(text, path);
    const problems: Problem[] = [...faults];
    const decisions: Decision[] = [];
    const kept: Kept[] = [];
    const makeId = idMaker(path);
    const seen = new Set<string>();
    for (const [section, all] of Object.entries(value ?? {})) {
      if (section !== VULNERABILITIES && section !== PACKAGES) {
        kept.push({ section, value: plainValue(all) });
        continue;
      }
      for (const [index, raw] of arrayAt(value, section).entries()) {
        const entry = plainValue(raw);
        const line = lineOf(section, index);
        if (!isFields(entry)) {
          kept.push({ section, value: entry });
          problems.push(
            notApplied('decision/unexpected-shape', `an entry of ${section} is not a table`, path, line),
          );
          continue;
        }
        if (section === PACKAGES && !ignoresFindings(entry)) {
          kept.push({ section, value: entry });
          continue;
        }
        const reading =
          section === VULNERABILITIES ? readVulnerability(entry, path) : readPackage(entry, path);
        const until = section === VULNERABILITIES ? entry['ignoreUntil'] : entry['effectiveUntil'];
        const expires = until === undefined ? undefined : instantOf(until);
        const id = stringAt(entry, 'id') ?? '';
        const fault =
          reading.fault ??
          (until !== undefined && expires === undefined ? 'its date cannot be read' : undefined) ??
          (section === VULNERABILITIES && seen.has(id)
            ? `${id} has an entry before, and the first counts`
            : undefined);
        if (fault !== undefined) problems.push(notApplied('decision/not-applied', fault, path, line));
        if (section === VULNERABILITIES) seen.add(id);
        const decision: Decision = {
          id: makeId(section === VULNERABILITIES ? id : `${PACKAGES}/${stringAt(entry, 'name') ?? ''}`),
          about: fault === undefined ? reading.about : NOTHING,
          status: 'affected',
          reason: stringAt(entry, 'reason') ?? '',
          by: '',
          at: '',
          ...(expires === undefined ? {} : { expires }),
          source: { path, line, format: 'osv-scanner' },
        };
        decisions.push({
          ...decision,
          imported: { extra: { section, entry: beyond(entry, ours(decision, section)) } },
        });
      }
    }
    return { decisions, kept, problems };
  },
  entryOf(decision) {
    const extra = decision.imported?.extra ?? {};
    return restored(ours(decision, String(extra['section'])), extra['entry']);
  },
};

const VULNERABILITIES = 'IgnoredVulns';
const PACKAGES = 'PackageOverrides';

type Reading = { readonly about: DecisionScope; readonly fault?: string };

function readVulnerability(entry: JsonObject, path: string): Reading {
  const id = stringAt(entry, 'id');
  if (id === undefined || id === '') return { about: NOTHING, fault: 'it names no advisory' };
  return { about: { advisories: [id], manifest: folderGlob(path) } };
}

function readPackage(entry: JsonObject, path: string): Reading {
  const name = stringAt(entry, 'name') ?? '';
  const version = stringAt(entry, 'version') ?? '';
  const ecosystem = stringAt(entry, 'ecosystem') ?? '';
  const group = stringAt(entry, 'group') ?? '';
  if (group !== '' && !(SCOPES as readonly string[]).includes(group))
    return { about: NOTHING, fault: `the group ${group} is none that we tell apart` };
  return {
    about: {
      advisories: [],
      manifest: folderGlob(path),
      // osv-scanner puts the anchors around the pattern as text, alternatives or not.
      ...(name === ''
        ? {}
        : { namePattern: `^${entry['nameIsRegex'] === true ? name : escapePattern(name)}$` }),
      ...(version === '' ? {} : { versions: `=${version}` }),
      ...(ecosystem === '' ? {} : { ecosystem: ecosystem.split(':', 1)[0]! }),
      ...(group === '' ? {} : { scope: group }),
    },
  };
}

const ignoresFindings = (entry: JsonObject): boolean =>
  entry['ignore'] === true || objectAt(entry, 'vulnerability')?.['ignore'] === true;

const folderGlob = (path: string): string => {
  const folder = folderOf(path);
  return folder === '' ? '*' : `${escapeGlob(folder)}/*`;
};

/** The entry as far as the decision's own fields say it. */
function ours({ about, reason, expires }: Decision, section: string): Fields {
  const isVulnerability = section === VULNERABILITIES;
  return {
    ...(isVulnerability && about.advisories[0] !== undefined ? { id: about.advisories[0] } : {}),
    ...(about.versions === undefined ? {} : { version: about.versions.slice(1) }),
    ...(about.ecosystem === undefined ? {} : { ecosystem: about.ecosystem }),
    ...(about.scope === undefined ? {} : { group: about.scope }),
    ...(reason === '' ? {} : { reason }),
    ...(expires === undefined ? {} : { [isVulnerability ? 'ignoreUntil' : 'effectiveUntil']: expires }),
  };
}

/** TOML's dates as they are written; everything else is JSON already. */
function plainValue(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainValue(inner)]));
}

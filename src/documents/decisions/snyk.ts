import { baseName } from '../../analysis/text/paths.ts';
import { readYamlMap, yamlEntries, yamlItems } from '../../analysis/text/yaml.ts';
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
import { yamlValue } from './yaml-value.ts';

/**
 * .snyk: `ignore` by Snyk's id, then by dependency path (`parent > child`, `*` = anything), with reason, expiry and date.
 * Snyk's ids are in no public advisory, so most are kept without a match. `patch` and `exclude` are kept.
 * https://docs.snyk.io/manage-risk/policies/the-.snyk-file
 */
export const snyk: DecisionFormat = {
  id: 'snyk',
  title: 'Snyk policy',
  files: ['.snyk'],
  claims: (path) => baseName(path) === '.snyk',
  read({ path, text }) {
    const { root, problems: faults } = readYamlMap(text, path);
    const problems: Problem[] = [...faults];
    const decisions: Decision[] = [];
    const kept: Kept[] = [];
    const makeId = idMaker(path);
    for (const [section, { line, value }] of root?.entries ?? []) {
      if (section !== 'ignore') {
        kept.push({ section, value: yamlValue(value) });
        if (section === 'patch' && yamlEntries(value).length > 0)
          problems.push(
            notApplied(
              'decision/other-section',
              "Snyk's patches are not known to us; the findings stay",
              path,
              line,
            ),
          );
        continue;
      }
      for (const [id, { value: list }] of yamlEntries(value))
        for (const item of yamlItems(list))
          for (const [dependencyPath, { line: entryLine, value: node }] of yamlEntries(item.value)) {
            const raw = yamlValue(node);
            const entry = isFields(raw) ? raw : {};
            const expires = given(entry['expires']) ? instantOf(entry['expires']) : undefined;
            const fault =
              given(entry['expires']) && expires === undefined
                ? 'expires is no date'
                : entry['disregardIfFixable'] === true
                  ? 'disregardIfFixable is a condition that we cannot check'
                  : undefined;
            if (fault !== undefined)
              problems.push(notApplied('decision/not-applied', fault, path, entryLine));
            if (isPrivateId(id)) problems.push(privateIdProblem(id, path, entryLine));
            const about = { advisories: [id], ...(dependencyPath === '*' ? {} : { path: dependencyPath }) };
            const decision: Decision = {
              id: makeId(`${id}/${dependencyPath}`),
              about: fault === undefined ? within(path, about) : NOTHING,
              status: 'affected',
              reason: typeof entry['reason'] === 'string' ? entry['reason'] : '',
              by: person(entry['ignoredBy']),
              at: instantOf(entry['created']) ?? '',
              ...(expires === undefined ? {} : { expires }),
              source: { path, line: entryLine, format: 'snyk' },
            };
            const extra = { id, path: dependencyPath, ...(isFields(raw) ? {} : { value: raw }) };
            decisions.push({
              ...decision,
              imported: { extra: { ...extra, entry: beyond(entry, ours(decision)) } },
            });
          }
    }
    return { decisions, kept, problems };
  },
  /** `{ id, path, entry }`: the entry under the id and the path. */
  entryOf(decision) {
    const { id, path, value, entry } = decision.imported?.extra ?? {};
    return { id, path, entry: value === undefined ? restored(ours(decision), entry) : value };
  },
};

const given = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

function person(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!isFields(value)) return '';
  const name = typeof value['name'] === 'string' ? value['name'] : '';
  const email = typeof value['email'] === 'string' ? `<${value['email']}>` : '';
  return [name, email].filter((part) => part !== '').join(' ');
}

function ours({ reason, at, expires }: Decision): Fields {
  return {
    ...(reason === '' ? {} : { reason }),
    ...(expires === undefined ? {} : { expires }),
    ...(at === '' ? {} : { created: at }),
  };
}

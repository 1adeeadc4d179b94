import { baseName } from '../../analysis/text/paths.ts';
import { readYamlMap, yamlItems } from '../../analysis/text/yaml.ts';
import type { Decision, DecisionScope } from '../../model/decision.ts';
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
  wordOf,
} from './format.ts';
import { yamlValue } from './yaml-value.ts';

/**
 * .trivyignore.yaml: `vulnerabilities` with `id`, `paths` (globs), `purls`, `expired_at`, `statement`. An entry with several paths or
 * purls becomes a decision for each pair. Other sections are about other things than components and are kept.
 * https://trivy.dev/latest/docs/configuration/filtering/#trivyignoreyaml
 */
export const trivyignoreYaml: DecisionFormat = {
  id: 'trivyignore-yaml',
  title: 'Trivy ignore file (YAML)',
  files: ['.trivyignore.yaml', '.trivyignore.yml'],
  claims: (path) => /^\.trivyignore\.ya?ml$/.test(baseName(path)),
  read({ path, text }) {
    const { root, problems: faults } = readYamlMap(text, path);
    const problems: Problem[] = [...faults];
    const decisions: Decision[] = [];
    const kept: Kept[] = [];
    const makeId = idMaker(path);
    for (const [section, { line, value }] of root?.entries ?? []) {
      if (section !== 'vulnerabilities') {
        kept.push({ section, value: yamlValue(value) });
        if (yamlItems(value).length > 0)
          problems.push(
            notApplied(
              'decision/other-section',
              `${section} are not about components; they are kept as they are`,
              path,
              line,
            ),
          );
        continue;
      }
      for (const item of yamlItems(value)) {
        const entry = yamlValue(item.value);
        if (!isFields(entry)) {
          kept.push({ section, value: entry });
          problems.push(
            notApplied('decision/unexpected-shape', 'an entry is not a mapping', path, item.line),
          );
          continue;
        }
        const { abouts, fault } = selectors(entry, path);
        const expires = entry['expired_at'] === undefined ? undefined : instantOf(entry['expired_at']);
        const why =
          fault ??
          (entry['expired_at'] !== undefined && expires === undefined ? 'expired_at is no date' : undefined);
        if (why !== undefined) problems.push(notApplied('decision/not-applied', why, path, item.line));
        const id = wordOf(entry['id']);
        if (isPrivateId(id)) problems.push(privateIdProblem(id, path, item.line));
        for (const about of why === undefined ? abouts : [NOTHING]) {
          const decision: Decision = {
            id: makeId(id),
            about: within(path, about),
            status: 'affected',
            reason: typeof entry['statement'] === 'string' ? entry['statement'] : '',
            by: '',
            at: '',
            ...(expires === undefined ? {} : { expires }),
            source: { path, line: item.line, format: 'trivyignore-yaml' },
          };
          decisions.push({ ...decision, imported: { extra: { entry: beyond(entry, ours(decision)) } } });
        }
      }
    }
    return { decisions, kept, problems };
  },
  entryOf: (decision) => restored(ours(decision), decision.imported?.extra['entry']),
};

const KNOWN = new Set(['id', 'paths', 'purls', 'expired_at', 'statement']);

function selectors(
  entry: Fields,
  path: string,
): { readonly abouts: readonly DecisionScope[]; readonly fault?: string } {
  const id = entry['id'];
  if (typeof id !== 'string' || id === '') return { abouts: [], fault: 'it names no id' };
  const unknown = Object.keys(entry).find((key) => !KNOWN.has(key));
  if (unknown !== undefined)
    return { abouts: [], fault: `${JSON.stringify(unknown)} is a condition that we do not know` };
  const paths = entry['paths'] ?? [];
  const purls = entry['purls'] ?? [];
  if (!isStrings(paths) || !isStrings(purls))
    return { abouts: [], fault: 'paths and purls must be lists of strings' };
  const slash = path.lastIndexOf('/');
  const prefix = slash === -1 ? '' : path.slice(0, slash + 1);
  const abouts = (paths.length === 0 ? [undefined] : paths).flatMap((glob) =>
    (purls.length === 0 ? [undefined] : purls).map((component) => ({
      advisories: [id],
      ...(glob === undefined ? {} : { manifest: prefix + glob }),
      ...(component === undefined ? {} : { component }),
    })),
  );
  return { abouts };
}

const isStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/** The entry as far as the decision's own fields say it: a single purl, and no paths (their globs may have been prefixed). */
function ours({ about, reason, expires }: Decision): Fields {
  return {
    ...(about.advisories[0] === undefined ? {} : { id: about.advisories[0] }),
    ...(about.component === undefined ? {} : { purls: [about.component] }),
    ...(expires === undefined ? {} : { expired_at: expires }),
    ...(reason === '' ? {} : { statement: reason }),
  };
}

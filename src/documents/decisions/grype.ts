import { baseName } from '../../analysis/text/paths.ts';
import { readYamlMap, yamlItems } from '../../analysis/text/yaml.ts';
import type { Decision, DecisionScope } from '../../model/decision.ts';
import type { EcosystemId } from '../../model/ecosystem.ts';
import type { Problem } from '../../model/problem.ts';
import type { DecisionFormat, Fields, Kept } from './format.ts';
import {
  beyond,
  idMaker,
  isEmptyScope,
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
 * .grype.yaml: `ignore` rules; every condition given must hold, and there is no expiry. Names are patterns between anchors.
 * A rule with a condition that we cannot check (`fix-state`, `match-type`, `namespace`, `vex-status`, …) is kept and not applied:
 * dropping a condition would widen it. https://github.com/anchore/grype#specifying-matches-to-ignore
 */
export const grype: DecisionFormat = {
  id: 'grype',
  title: 'Grype configuration',
  files: ['.grype.yaml', '.grype.yml', '.grype/config.yaml'],
  claims: (path) => /(?:^|\/)(?:\.grype\.ya?ml|\.grype\/config\.ya?ml)$/.test(path),
  read({ path, text }) {
    const { root, problems: faults } = readYamlMap(text, path);
    const problems: Problem[] = [...faults];
    const decisions: Decision[] = [];
    const kept: Kept[] = [];
    const makeId = idMaker(path);
    // `.grype/config.yaml` speaks for the folder that `.grype` is in.
    const base = baseName(path).startsWith('.grype') ? path : path.replace(/\.grype\/[^/]*$/, '.grype');
    for (const [section, { value }] of root?.entries ?? []) {
      if (section !== 'ignore') {
        kept.push({ section, value: yamlValue(value) });
        continue;
      }
      for (const item of yamlItems(value)) {
        const entry = yamlValue(item.value);
        if (!isFields(entry)) {
          kept.push({ section, value: entry });
          problems.push(notApplied('decision/unexpected-shape', 'a rule is not a mapping', path, item.line));
          continue;
        }
        const { about, fault } = selector(entry);
        const why =
          fault ?? (isEmptyScope(about) ? 'it names neither a vulnerability nor a package' : undefined);
        if (why !== undefined) problems.push(notApplied('decision/not-applied', why, path, item.line));
        const id = wordOf(entry['vulnerability']);
        if (isPrivateId(id)) problems.push(privateIdProblem(id, path, item.line));
        const decision: Decision = {
          id: makeId(id === '' ? `package/${about.namePattern ?? ''}` : id),
          about: why === undefined ? within(base, about) : NOTHING,
          status: 'affected',
          reason: typeof entry['reason'] === 'string' ? entry['reason'] : '',
          by: '',
          at: '',
          source: { path, line: item.line, format: 'grype' },
        };
        decisions.push({ ...decision, imported: { extra: { entry: beyond(entry, ours(decision)) } } });
      }
    }
    return { decisions, kept, problems };
  },
  entryOf: (decision) => restored(ours(decision), decision.imported?.extra['entry']),
};

const CONDITIONS = new Set(['vulnerability', 'include-aliases', 'reason', 'package']);
const PACKAGE_CONDITIONS = new Set(['name', 'version', 'language', 'type', 'location']);

/** Grype's words for kinds of packages. https://github.com/anchore/syft/blob/main/syft/pkg/type.go */
const ECOSYSTEMS: ReadonlyMap<string, EcosystemId> = new Map([
  ['npm', 'npm'],
  ['javascript', 'npm'],
  ['python', 'PyPI'],
  ['gem', 'RubyGems'],
  ['ruby', 'RubyGems'],
  ['go-module', 'Go'],
  ['go', 'Go'],
  ['rust-crate', 'crates.io'],
  ['rust', 'crates.io'],
  ['java-archive', 'Maven'],
  ['java', 'Maven'],
  ['php-composer', 'Packagist'],
  ['php', 'Packagist'],
  ['dotnet', 'NuGet'],
  ['dart-pub', 'Pub'],
  ['dart', 'Pub'],
  ['hex', 'Hex'],
  ['swift', 'SwiftURL'],
  ['github-action', 'GitHub Actions'],
]);

function selector(entry: Fields): { readonly about: DecisionScope; readonly fault?: string } {
  const given = (fields: Fields): string[] =>
    Object.keys(fields).filter((key) => fields[key] !== '' && fields[key] !== null);
  const unknown = given(entry).find((key) => !CONDITIONS.has(key));
  if (unknown !== undefined)
    return { about: NOTHING, fault: `the condition ${unknown} is one that we cannot check` };
  const { package: inner = {} } = entry;
  if (!isFields(inner)) return { about: NOTHING, fault: 'package is not a mapping' };
  const unknownInner = given(inner).find((key) => !PACKAGE_CONDITIONS.has(key));
  if (unknownInner !== undefined)
    return { about: NOTHING, fault: `the condition package.${unknownInner} is one that we cannot check` };
  const odd = given(inner).find((key) => wordOf(inner[key]) === '');
  if (odd !== undefined) return { about: NOTHING, fault: `package.${odd} is not text` };
  const text = (key: string): string => wordOf(inner[key]);
  const kinds = [
    ...new Set(
      [text('type'), text('language')].filter((kind) => kind !== '').map((kind) => ECOSYSTEMS.get(kind)),
    ),
  ];
  if (kinds.length > 1 || (kinds.length === 1 && kinds[0] === undefined))
    return {
      about: NOTHING,
      fault: `the package type ${text('type') || text('language')} is none that we tell apart`,
    };
  const id = wordOf(entry['vulnerability']);
  if (id === '' && given(entry).includes('vulnerability'))
    return { about: NOTHING, fault: 'vulnerability is not text' };
  return {
    about: {
      advisories: id === '' ? [] : [id],
      ...(text('name') === '' ? {} : { namePattern: `^${text('name')}$` }),
      ...(text('version') === '' ? {} : { versions: `=${text('version')}` }),
      ...(kinds[0] === undefined ? {} : { ecosystem: kinds[0] }),
      ...(text('location') === '' ? {} : { manifest: text('location').replace(/^\//, '') }),
    },
  };
}

function ours({ about, reason }: Decision): Fields {
  return {
    ...(about.advisories[0] === undefined ? {} : { vulnerability: about.advisories[0] }),
    ...(reason === '' ? {} : { reason }),
  };
}

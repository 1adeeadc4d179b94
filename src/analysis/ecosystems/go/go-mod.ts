import type {
  ExtractedComponent,
  ExtractedEdge,
  Extraction,
  Extractor,
  Observation,
} from '../../../model/extractor.ts';
import { baseName } from '../../text/paths.ts';
import { isFolder, parseModFile, replacementsOf, type ModFile } from './mod-file.ts';
import { parseSumFile, type SumEntry } from './sum-file.ts';

/** go.mod with its go.sum. Since Go 1.17 the file names every module of the build, which makes it a lockfile. */
export const goMod: Extractor = {
  id: 'go/go-mod',
  version: 4,
  ecosystem: 'Go',
  title: 'Go modules',
  files: ['go.mod', 'vendor.mod', 'tools.mod', '*.go.mod', 'go.*.mod'],
  notes: [
    'Every required module, with replacements applied; what is not marked `// indirect` is direct.',
    'A replacement by a folder is not a published module and is not matched.',
    'The standard library is a component `stdlib` where a `toolchain` line names its version: the `go` line is only a minimum.',
    'Below Go 1.17 the file leaves out indirect modules: they are taken from go.sum, which may also hold versions that are no longer chosen.',
    'go.mod does not tell tests from production, so everything counts as production; who asks for an indirect module is not in the file.',
    'Other files of that format, as `go -modfile` reads them, are claimed by their customary names, each with the `.sum` of its name.',
    '`exclude` and `retract` do not change what is listed.',
  ].join('\n'),
  // `go -modfile` takes any name that ends with `.mod`; these are the customary ones.
  claims: (path) => /^(?:(?:[\w-]+\.)?go|vendor|tools?|go\.[\w-]+)\.mod$/.test(baseName(path)),
  companions: (file, claimed) => (file.path === claimed ? [sumPath(file.path)] : []),
  extract(file, companion) {
    const mod = parseModFile(file.text, file.path);
    const sumText = companion(sumPath(file.path));
    const sum = sumText === undefined ? undefined : parseSumFile(sumText, sumPath(file.path));
    const components: ExtractedComponent[] = [];
    const edges: ExtractedEdge[] = [];
    if (mod.module !== undefined)
      components.push({ name: mod.module.path, version: '', origin: 'project', line: mod.module.line });
    const add = (component: ExtractedComponent, isDirect: boolean, range: string): void => {
      if (isDirect && mod.module !== undefined)
        edges.push({ from: 0, to: components.length, kind: 'prod', range });
      components.push({ ...component, scopes: ['prod'] });
    };
    const listed = new Set<string>();
    for (const found of resolved(mod, sum?.entries)) {
      const key = `${found.component.name} ${found.component.version}`;
      if (listed.has(key)) continue;
      listed.add(key);
      add(found.component, found.isDirect, found.range);
    }
    if (sum !== undefined && isBefore117(mod))
      for (const entry of sum.entries.values())
        if (entry.hash !== '' && !listed.has(`${entry.path} ${entry.version}`))
          add(fromSum(entry), false, '');
    const stdlib = mod.toolchain;
    if (stdlib !== undefined)
      add(
        { name: 'stdlib', version: stdlib.version, origin: 'registry', line: stdlib.line },
        true,
        mod.go?.version ?? '',
      );
    return {
      role: 'lock',
      components,
      edges,
      edgesKnown: false,
      covers: [],
      observations: observe(mod, sum?.entries),
      problems: [...mod.problems, ...(sum?.problems ?? [])],
    } satisfies Extraction;
  },
};

const sumPath = (path: string): string => `${path.slice(0, -'.mod'.length)}.sum`;

interface Resolved {
  readonly component: ExtractedComponent;
  readonly isDirect: boolean;
  readonly range: string;
}

function resolved(mod: ModFile, sums: ReadonlyMap<string, SumEntry> | undefined): Resolved[] {
  const replacements = replacementsOf(mod.replaces);
  return mod.requires.map((required) => {
    const replaced = replacements(required);
    const isDirect = !required.isIndirect;
    if (replaced !== undefined && isFolder(replaced.to.path)) {
      return {
        component: {
          name: required.path,
          version: required.version,
          origin: 'file',
          line: replaced.to.line,
          source: replaced.to.path,
        },
        isDirect,
        range: required.version,
      };
    }
    const actual = replaced?.to ?? required;
    const hash = sums?.get(`${actual.path} ${actual.version}`)?.hash;
    return {
      component: {
        name: actual.path,
        version: actual.version,
        origin: 'registry',
        line: actual.line,
        ...(actual.path === required.path ? {} : { alias: required.path }),
        ...(hash === undefined || hash === '' ? {} : { integrity: hash }),
      },
      isDirect,
      range: required.version,
    };
  });
}

const fromSum = (entry: SumEntry): ExtractedComponent => ({
  name: entry.path,
  version: entry.version,
  origin: 'registry',
  // The line is one of go.sum, not of this file.
  line: 0,
  integrity: entry.hash,
});

/** From Go 1.17 on, go.mod lists indirect modules too. A file without a go line is read as 1.16, as the go command does. */
function isBefore117(mod: ModFile): boolean {
  if (mod.go === undefined) return mod.toolchain === undefined;
  const [major = 0, minor = 0] = mod.go.version.split('.').map((part) => Number.parseInt(part, 10));
  return major < 1 || (major === 1 && minor < 17);
}

function observe(mod: ModFile, sums: ReadonlyMap<string, SumEntry> | undefined): Observation[] {
  const published = resolved(mod, sums)
    .map(({ component }) => component)
    .filter(({ origin }) => origin === 'registry');
  if (published.length === 0) return [];
  if (sums === undefined)
    return [
      {
        rule: 'lockfile/no-integrity',
        message: 'no go.sum beside go.mod: nothing says what the modules must contain',
        hint: 'run `go mod tidy` and commit go.sum',
      },
    ];
  const missing = published.filter(({ name, version }) => !sums.has(`${name} ${version}`));
  if (missing.length === 0) return [];
  const names = [...new Set(missing.map(({ name }) => name))].sort();
  const shown = names.slice(0, 3).join(', ');
  return [
    {
      rule: 'lockfile/out-of-step',
      message: `go.sum has no entry for ${names.length} required module${names.length === 1 ? '' : 's'}: ${shown}${names.length > 3 ? ', …' : ''}`,
      line: missing[0]!.line,
      hint: 'run `go mod tidy` and commit go.sum',
      names,
    },
  ];
}

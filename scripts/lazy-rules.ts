import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Plugin } from 'rolldown';
import { allRules } from '../src/analysis/disclosure/all-rules.ts';
import type { DisclosureRule } from '../src/model/disclosure.ts';

/*
 * In the bundle of hooks, a module of rules runs when one of its rules is asked: hundreds of rules would be made in each commit, and their
 * compiled code read. In the source, and in every other bundle, all-rules.ts is what it says.
 */

const ALL = resolve('src/analysis/disclosure/all-rules.ts');

/** A module that makes rules itself, and what it calls them. */
interface Leaf {
  readonly file: string;
  readonly name: string;
}

/** Takes the place of all-rules.ts. */
export const lazyRuleModules: Plugin = {
  name: 'lazy rules',
  async load(id) {
    if (id !== ALL) return null;
    const leaves = leavesOf({ file: ALL, name: 'allRules' });
    const counts: number[] = [];
    const together: DisclosureRule[] = [];
    for (const { file, name } of leaves) {
      const module = (await import(file)) as Readonly<Record<string, readonly DisclosureRule[]>>;
      counts.push(module[name]!.length);
      together.push(...module[name]!);
    }
    if (
      together.length !== allRules.length ||
      together.some(({ id, scope }, i) => id !== allRules[i]!.id || scope !== allRules[i]!.scope)
    )
      throw new Error('scripts/lazy-rules.ts does not understand how the lists of rules are written');
    const rows = leaves.map(
      ({ file, name }, i) =>
        `{ count: ${counts[i]!}, rules: () => require(${JSON.stringify(`./${relative(dirname(ALL), file)}`)}).${name} },`,
    );
    return `import { lazyRules } from './lazy-rules.ts';\nexport const allRules = lazyRules([\n${rows.join('\n')}\n]);\n`;
  },
};

/** A list that is nothing but other lists is its lists. */
function leavesOf({ file, name }: Leaf): readonly Leaf[] {
  const text = readFileSync(file, 'utf8');
  const list = new RegExp(`export const ${name}: readonly DisclosureRule\\[\\] = \\[([^\\]]*)\\];`).exec(
    text,
  );
  const names = list?.[1]!
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (names === undefined || names.length === 0 || !names.every((one) => /^\.\.\.\w+$/.test(one)))
    return [{ file, name }];
  return names.flatMap((spread) => {
    const part = spread.slice(3);
    const from = new RegExp(`import \\{ ${part} \\} from '(\\./[^']+)';`).exec(text)?.[1];
    if (from === undefined) throw new Error(`${file}: where does ${part} come from?`);
    return leavesOf({ file: resolve(dirname(file), from), name: part });
  });
}

import type { Scope } from '../../../model/extractor.ts';
import type { Inventory } from '../../../model/inventory.ts';

/** What the Python manifests and lockfiles of a tree ask for. */
export interface PythonDeclarations {
  /** In the order of manifests, each name once a manifest. */
  readonly declared: readonly {
    readonly name: string;
    readonly manifest: string;
    readonly scopes: readonly Scope[];
  }[];
  readonly names: ReadonlySet<string>;
  /** Here only because something else brings it in, by name with one file. */
  readonly transitive: ReadonlyMap<string, string>;
}

/** Everything of PyPI in an inventory, parted into what projects ask for and what comes with it. What is not known to be either is neither. */
export function pythonDeclarations({ components, manifests }: Inventory): PythonDeclarations {
  const declared = new Map<string, { name: string; manifest: string; scopes: readonly Scope[] }>();
  const others = new Set<string>();
  const transitive = new Map<string, string>();
  for (const { path, occurrences } of manifests)
    for (const { component, direct, scopes } of occurrences) {
      const { ecosystem, name, origin } = components[component]!;
      if (ecosystem !== 'PyPI' || origin === 'project' || origin === 'workspace') continue;
      if (direct === 'yes') declared.set(`${path}\n${name}`, { name, manifest: path, scopes });
      if (direct !== 'no') others.add(name);
      else if (!transitive.has(name)) transitive.set(name, path);
    }
  for (const name of others) transitive.delete(name);
  const all = [...declared.values()];
  return { declared: all, names: new Set(all.map(({ name }) => name)), transitive };
}

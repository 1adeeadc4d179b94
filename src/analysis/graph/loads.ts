import type { Finding } from '../../model/finding.ts';
import { PRIORITIES } from '../../model/finding.ts';
import type { Inventory, Manifest } from '../../model/inventory.ts';
import type { Burden } from '../../model/cost.ts';

/** What hangs on single components, by index into `Inventory.components`, ready to be added up over many. */
export interface Loads {
  /** 1 for what is counted: not the repository's own projects and workspaces. */
  readonly counted: Uint8Array;
  /** Open findings, in the order of PRIORITIES: `open[component * 5 + priority]`. */
  readonly open: Uint32Array;
  /** Components that have any, ascending. */
  readonly withFindings: readonly number[];
  readonly scripts: Uint8Array;
  readonly deprecated: Uint8Array;
}

/** Decided findings count as nothing; of the rest, advisories and malicious code count. */
export function loadsOf({ components }: Inventory, findings: readonly Finding[]): Loads {
  const open = new Uint32Array(components.length * PRIORITIES.length);
  const found = new Set<number>();
  for (const { component, kind, decision, priority } of findings) {
    if (component === undefined || decision !== undefined) continue;
    if (kind !== 'advisory' && kind !== 'malware') continue;
    open[component * PRIORITIES.length + PRIORITIES.indexOf(priority)]!++;
    found.add(component);
  }
  return {
    counted: Uint8Array.from(components, ({ origin }) =>
      Number(origin !== 'project' && origin !== 'workspace'),
    ),
    open,
    withFindings: [...found].sort((a, b) => a - b),
    scripts: Uint8Array.from(components, ({ hasInstallScript }) => Number(hasInstallScript === true)),
    deprecated: Uint8Array.from(components, ({ deprecated }) => Number(deprecated !== undefined)),
  };
}

/**
 * Whether the file says which components run a script when they are installed. npm's lockfile does from version 2 on,
 * Composer's names plugins; pnpm's did before version 9, which shows only where some component has one.
 */
export function statesInstallScripts(manifest: Manifest, scripts: Uint8Array): boolean {
  switch (manifest.extractor) {
    case 'npm/package-lock':
      return manifest.format !== 'nested';
    case 'packagist/composer-lock':
      return true;
    case 'npm/pnpm-lock':
      return manifest.occurrences.some(({ component }) => scripts[component]);
    default:
      return false;
  }
}

/** Whether the file says which components their registry calls deprecated. */
export function statesDeprecation({ extractor, format }: Manifest): boolean {
  return (
    (extractor === 'npm/package-lock' && format !== 'nested') ||
    extractor === 'npm/pnpm-lock' ||
    extractor === 'packagist/composer-lock'
  );
}

/** A sum of loads. */
export interface Sum {
  components: number;
  scripts: number;
  deprecated: number;
  /** In the order of PRIORITIES. */
  readonly open: number[];
}

export const emptySum = (): Sum => ({
  components: 0,
  scripts: 0,
  deprecated: 0,
  open: PRIORITIES.map(() => 0),
});

/** Adds one component; those that are not counted add nothing. */
export function addTo(sum: Sum, loads: Loads, component: number): void {
  if (!loads.counted[component]) return;
  sum.components++;
  sum.scripts += loads.scripts[component]!;
  sum.deprecated += loads.deprecated[component]!;
  if (loads.withFindings.length === 0) return;
  for (let p = 0; p < PRIORITIES.length; p++) sum.open[p]! += loads.open[component * PRIORITIES.length + p]!;
}

export function burdenOf(sum: Sum, scriptsStated: boolean): Burden {
  // In the order of PRIORITIES.
  const [critical, high, medium, low, unknown] = sum.open;
  return {
    components: sum.components,
    open: { critical: critical!, high: high!, medium: medium!, low: low!, unknown: unknown! },
    ...(scriptsStated ? { installScripts: sum.scripts } : {}),
    deprecated: sum.deprecated,
  };
}

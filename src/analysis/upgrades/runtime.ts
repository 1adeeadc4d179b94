import type { Finding } from '../../model/finding.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Action } from '../../model/result.ts';
import { sha256 } from '../text/sha256.ts';

/** One action for each runtime or image whose release line has ended or soon does, however many files name it. */
export function runtimeActions(findings: readonly Finding[], inventory: Inventory): readonly Action[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.kind !== 'runtime' || finding.decision !== undefined || finding.priority === 'low') continue;
    const key = `${inventory.components[finding.component!]!.name}\0${finding.fixed[0] ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map((group) => actionOf(group, inventory));
}

function actionOf(group: readonly Finding[], inventory: Inventory): Action {
  const components = group.map((finding) => inventory.components[finding.component!]!);
  const { name, ecosystem } = components[0]!;
  const to = group[0]!.fixed[0];
  const from = [...new Set(components.map(({ version, requested }) => version || (requested ?? '')))].sort();
  const manifests = [
    ...new Set(group.flatMap((finding) => finding.occurrences.map((one) => one.at.path))),
  ].sort();
  return {
    id: sha256(`replace-runtime\0${name}\0${to ?? ''}`).slice(0, 16),
    kind: 'replace-runtime',
    ecosystem,
    title:
      to === undefined
        ? `Replace ${name} ${from.join(', ')}`
        : `Move ${name} ${from.join(', ')} to a supported release (newest line: ${to})`,
    name,
    moves: [{ name, from, ...(to === undefined ? {} : { to }), findings: group.length }],
    via: [],
    manifests,
    direct: true,
    dev: false,
    priority: group.some((finding) => finding.priority === 'high') ? 'high' : 'medium',
    clears: group.map((finding) => finding.fingerprint).sort(),
    leaves: [],
    because: group[0]!.title,
  };
}

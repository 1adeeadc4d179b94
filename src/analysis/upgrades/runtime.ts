import type { Finding } from '../../model/finding.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Action } from '../../model/result.ts';
import { sha256 } from '../text/sha256.ts';

/** One action for each runtime or image whose release line has ended or soon does, however many files name it. */
export function runtimeActions(findings: readonly Finding[], inventory: Inventory): readonly Action[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.kind !== 'runtime' || finding.decision !== undefined || finding.priority === 'low') continue;
    const { name } = inventory.components[finding.component!]!;
    // An image whose runtime and whose distribution have both ended is moved once.
    const key = isBase(finding, name) || finding.fixed[0] !== undefined ? name : `${name}\0`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map((group) => actionOf(group, inventory));
}

function actionOf(group: readonly Finding[], inventory: Inventory): Action {
  const components = group.map((finding) => inventory.components[finding.component!]!);
  const { name, ecosystem } = components[0]!;
  const to = group.find((finding) => !isBase(finding, name))?.fixed[0];
  const bases = new Set(group.filter((finding) => isBase(finding, name)).map(baseOf));
  const lines = [...(to === undefined ? [] : [to]), ...[...bases].sort()].join(', ');
  const from = [...new Set(components.map(({ version, requested }) => version || (requested ?? '')))].sort();
  const manifests = [
    ...new Set(group.flatMap((finding) => finding.occurrences.map((one) => one.at.path))),
  ].sort();
  return {
    id: sha256(`replace-runtime\0${name}\0${to ?? ''}`).slice(0, 16),
    kind: 'replace-runtime',
    ecosystem,
    title:
      lines === ''
        ? `Replace ${name} ${from.join(', ')}`
        : `Move ${name} ${from.join(', ')} to a supported release (newest${to === undefined ? '' : ' line'}: ${lines})`,
    name,
    moves: [{ name, from, ...(to === undefined ? {} : { to }), findings: group.length }],
    via: [],
    manifests,
    direct: true,
    dev: false,
    priority: group.some((finding) => finding.priority === 'high') ? 'high' : 'medium',
    clears: group.map((finding) => finding.fingerprint).sort(),
    leaves: [],
    because: [...new Set(group.map((finding) => finding.title))].slice(0, 2).join('; '),
  };
}

const DISTRIBUTIONS: Readonly<Record<string, string>> = {
  alpine: 'Alpine',
  debian: 'Debian',
  ubuntu: 'Ubuntu',
};

/** What the finding is about: `alpine 3.19`. */
const productOf = (finding: Finding): string => {
  const record = finding.evidence.find((evidence) => evidence.kind === 'record');
  return record?.id.split(' ', 1)[0] ?? '';
};

/** Whether it is the distribution below an image that has ended, not what the image is named for. */
const isBase = (finding: Finding, name: string): boolean =>
  Object.hasOwn(DISTRIBUTIONS, productOf(finding)) && name !== productOf(finding);

const baseOf = (finding: Finding): string =>
  `on ${DISTRIBUTIONS[productOf(finding)]!} ${finding.fixed[0] ?? ''}`.trimEnd();

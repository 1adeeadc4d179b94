import type { WhyAsker, WhyDirect, WhyNode, WhyPlace } from '../../model/why.ts';
import { grouped } from '../common/words.ts';

/** `name 1.2.3`; what nothing locks is told with what was asked for, or as not locked. */
export const nameOf = ({ name, version, ...rest }: WhyNode & { readonly requested?: string }): string =>
  `${name} ${version === '' ? (rest.requested ?? '(not locked)') : version}`.trim();

/** `production, transitive, 3 ask for it, through 2 direct`. */
export function situation({ direct, scopes, askers, directs, edgesKnown }: WhyPlace): string {
  const use =
    scopes.length === 0 ? 'use not known' : scopes.includes('prod') ? 'production' : scopes.join('+');
  const words = [
    use,
    direct === 'yes' ? 'direct' : direct === 'no' ? 'transitive' : 'direct or not: unknown',
  ];
  const others = askers.filter(({ own }) => !own).length;
  if (edgesKnown && others > 0)
    words.push(
      `${grouped(others)} ${others === 1 ? 'asks' : 'ask'} for it, through ${grouped(directs.length)} direct`,
    );
  return words.join(', ');
}

/** What stands instead of askers where a file cannot tell them; nothing where it can. */
export function unknownWords({ edgesKnown, direct, orphan }: WhyPlace): string | undefined {
  if (!edgesKnown)
    return `edges unknown: this file does not say who asks for whom; ${direct === 'yes' ? 'declared by the project' : 'who asks for it is not known'}`;
  return orphan
    ? 'nothing that the project needs leads to it: left over in the file, or its asker is not recorded'
    : undefined;
}

/** With what an asker asks: `^1.2.0 (dev) (overridden)`. */
export const wants = ({ ranges, kinds, outside }: WhyAsker): string => {
  const kind = kinds.includes('prod') || kinds.length === 0 ? '' : ` (${kinds.join('+')})`;
  return `${ranges.length === 0 ? 'asks' : ranges.join(' || ')}${kind}${outside.length === 0 ? '' : ' (overridden)'}`;
};

/** How an asker is here itself: the first `most` direct dependencies that lead to it are named. */
export function throughWords(asker: WhyAsker, directs: readonly WhyDirect[], most: number): string {
  if (asker.own) return 'declared';
  if (asker.via.length === 0) return 'nothing else leads there';
  const leading = asker.via.map((index) => directs[index]!);
  if (leading.length === 1 && leading[0]!.purl === asker.purl) return 'direct';
  const names = apart(leading);
  // One more than asked for takes less room than to say that there is one more.
  const shown = names.length <= most + 1 ? names : names.slice(0, most);
  const more = names.length - shown.length;
  return `through ${shown.join(', ')}${more > 0 ? ` and ${grouped(more)} more` : ''}`;
}

/** Names, with versions where one name comes in several. */
export function apart(nodes: readonly WhyNode[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { name } of nodes) counts.set(name, (counts.get(name) ?? 0) + 1);
  return nodes.map((node) => (counts.get(node.name) === 1 ? node.name : nameOf(node)));
}

/** What the list of ways holds: `all 3 ways`, `the 5 shortest of 1,234 ways`. */
export function waysTitle({ ways, count, waysComplete }: WhyPlace): string {
  if (String(ways.length) === count.ways)
    return ways.length === 1 ? 'the only way' : `all ${ways.length} ways`;
  const given = waysComplete ? '' : ' (the search for more was given up)';
  return `the ${ways.length === 1 ? 'shortest' : `${ways.length} shortest`} of ${countWords(count)} ways${given}`;
}

/** `1,234`, `at least 2,000`, `about 3.2 × 10^25`. */
export function countWords({ ways, exact }: WhyPlace['count']): string {
  const figure =
    ways.length <= 12
      ? ways.replace(/\B(?=(\d{3})+$)/g, ',')
      : `about ${ways[0]!}.${ways[1]!} × 10^${ways.length - 1}`;
  return exact ? figure : `at least ${figure.replace('about ', '')}`;
}

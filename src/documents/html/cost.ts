import type { DirectCost } from '../../model/cost.ts';
import type { ReportExtras } from '../../model/report.ts';
import { joined, tag, words } from '../common/markup.ts';
import type { Markup } from '../common/markup.ts';
import { grouped } from '../common/words.ts';
import { withCopies, type WithCopies } from '../cost/copies.ts';
import { costBars } from '../pictures/cost-bars.ts';
import type { Section } from './page.ts';
import { DRAWN, NARROW, WIDE, nameList, paragraph, pictured } from './pieces.ts';
import { many } from './verdict.ts';

/** The bars of the largest files: what goes with each direct dependency, and what it shares. */
export function costSection({ cost }: ReportExtras): Section | undefined {
  const known = withCopies(
    cost.manifests.filter(
      ({ edgesKnown, directs }) => edgesKnown && directs.some((direct) => bringsIn(direct) > 1),
    ),
  );
  if (known.length === 0) return undefined;
  const others = known.slice(DRAWN).flatMap(({ manifest, copies }) => [manifest.path, ...copies]);
  return {
    id: 'cost',
    short: 'Cost',
    heading: 'What would go with each direct dependency',
    body: joined([
      joined(known.slice(0, DRAWN).map(bars)),
      others.length === 0
        ? undefined
        : paragraph(`Not drawn, since smaller: ${nameList(others)}. \`assay cost\` tells of each.`, 's'),
    ]),
  };
}

const bringsIn = ({ goes, shares }: DirectCost): number => goes.components + shares.components;

function bars({ manifest, copies }: WithCopies, index: number): Markup {
  const draw = (kind: string, width: number): ReturnType<typeof costBars> =>
    costBars(manifest, { prefix: `c${index}${kind}`, width, embedded: true });
  const first = manifest.directs[0]!;
  const says =
    first.goes.components > 1
      ? `Most would go with \`${first.name.replaceAll('`', "'")}\`: ${grouped(first.goes.components)} of ${many(manifest.total.components, 'component')}.`
      : 'No direct dependency brings in much that others do not.';
  return tag(
    'div',
    {},
    tag('h3', {}, tag('code', {}, words(manifest.path))),
    paragraph(says, 's'),
    ...(copies.length === 0 ? [] : [paragraph(`The same in ${nameList(copies)}.`, 's')]),
    pictured(draw('w', WIDE), draw('n', NARROW)),
  );
}

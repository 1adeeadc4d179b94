import type { Cost } from '../../model/cost.ts';
import type { ReportExtras } from '../../model/report.ts';
import type { Snapshot } from '../../model/result.ts';
import { joined, tag, words } from '../common/markup.ts';
import type { Markup } from '../common/markup.ts';
import { grouped } from '../common/words.ts';
import { withCopies } from '../cost/copies.ts';
import { treemap } from '../pictures/treemap.ts';
import type { TreemapItem, TreemapView } from '../pictures/treemap.ts';
import type { Section } from './page.ts';
import { DRAWN, NARROW, WIDE, dataTable, linkTo, nameList, paragraph, pictured, unfolded } from './pieces.ts';
import { URGENCY, isOpen, many } from './verdict.ts';
import { inTree, type Tree } from './tree.ts';

/** Maps of their own below those of the whole, over all manifests: the largest components. */
const MAPS = 24;
/** What brings fewer than this needs no map of its own. */
const WORTH = 12;

/**
 * What each direct dependency holds, as an area; a click leads into it, by plain links (`:target`), so without scripts too.
 */
export function mapSection(snapshot: Snapshot, { trees, cost }: ReportExtras): Section | undefined {
  if (trees.length === 0) return undefined;
  const open = snapshot.findings.filter(isOpen);
  const copies = new Set(withCopies(cost.manifests).flatMap((one) => one.copies));
  const known = trees.filter(
    ({ manifest, edgesKnown, nodes }) => edgesKnown && nodes.length > 1 && !copies.has(manifest),
  );
  const drawn = known.slice(0, DRAWN);
  const others = known.slice(DRAWN).map(({ manifest }) => manifest);
  const unknown = trees.filter(({ edgesKnown }) => !edgesKnown).map(({ manifest }) => manifest);
  if (drawn.length === 0 && unknown.length === 0) return undefined;
  const budget = Math.max(4, Math.floor(MAPS / Math.max(1, drawn.length)));
  return {
    id: 'map',
    short: 'Map',
    heading: 'What comes in through each direct dependency alone',
    body: joined([
      drawn.length === 0
        ? undefined
        : paragraph(
            'Each area is a direct dependency with what only it leads to, each small square a component. Choose an area to look into it.',
            'm',
          ),
      joined(
        drawn.map((tree, index) =>
          mapsOf(inTree(tree, snapshot, open, heldIn(tree.manifest, cost)), `m${index}`, budget),
        ),
      ),
      others.length === 0
        ? undefined
        : paragraph(`Not drawn, since smaller: ${nameList(others)}. \`assay cost\` tells of each.`, 's'),
      unknown.length === 0
        ? undefined
        : paragraph(
            `Edges unknown, since the file does not say who asks for whom: ${nameList(unknown)}.`,
            's',
          ),
    ]),
  };
}

/**
 * Direct dependencies that others need too, by component: dropping the declaration alone removes nothing, which the bars say
 * and the map has to say as well.
 */
function heldIn(manifest: string, cost: Cost): ReadonlyMap<number, string> {
  const found = cost.manifests.find(({ path }) => path === manifest);
  const held = new Map<number, string>();
  for (const { component, heldBy, holders } of found?.directs ?? []) {
    const [by] = heldBy;
    if (by === undefined) continue;
    const others = holders > 1 ? ` and ${grouped(holders - 1)} more` : '';
    held.set(component, `also needed by ${found!.directs[by]!.name}${others}`);
  }
  return held;
}

/** The map of a whole manifest and those of its largest parts; all but the first are shown when they are linked to. */
function mapsOf(tree: Tree, id: string, budget: number): Markup {
  const parts = tree.order
    .filter((node) => tree.size(node) >= WORTH && tree.children(node).length > 1)
    .slice(0, budget);
  const mapped = new Set(parts);
  const items = (nodes: readonly number[]): TreemapItem[] => {
    const several = repeated(nodes.map((node) => tree.shortName(node)));
    return nodes.map((node) => {
      const href = mapped.has(node) ? `#${id}-${node}` : tree.anchor(node);
      const item = itemOf(tree, node, href);
      return several.has(item.name) ? { ...item, name: tree.name(node) } : item;
    });
  };
  const direct = tree.tops('direct');
  const shared = tree.tops('shared');
  const leftOver = tree.tops('left-over');
  const top = [
    ...items(direct),
    ...bunch(tree, shared, 'shared by 2 or more', `${id}-shared`),
    ...bunch(tree, leftOver, 'nothing leads to it', `${id}-left`),
  ];
  const largest = [...direct].sort((a, b) => tree.size(b) - tree.size(a))[0];
  const says = `${many(direct.length, 'direct dependency', 'direct dependencies')}${
    largest === undefined
      ? ''
      : `, the largest ${tree.nameAndHolders(largest)} with ${grouped(tree.size(largest))}`
  }; ${grouped(sum(tree, shared))} shared by two or more.`;
  const whole: TreemapView = {
    title: `What the direct dependencies of ${tree.manifest} bring in`,
    description: `${many(tree.components, 'component')}; ${says}`,
    items: top,
  };
  const first = tag(
    'div',
    { class: 'map', id },
    tag('h3', {}, tag('code', {}, words(tree.manifest)), words(`: ${many(tree.components, 'component')}`)),
    tag('p', { class: 's' }, words(says)),
    ...whereFindings(top),
    pictured(
      treemap(whole, { prefix: `${id}w`, width: WIDE, embedded: true }),
      treemap(whole, { prefix: `${id}n`, width: NARROW, embedded: true }),
    ),
  );
  const bunches = [
    { key: `${id}-shared`, nodes: shared, title: 'What two or more direct dependencies bring in' },
    { key: `${id}-left`, nodes: leftOver, title: 'What is left over: nothing that is needed leads to it' },
  ]
    .filter(({ nodes }) => nodes.length > 1)
    .map(({ key, nodes, title }) => partMap(key, id, tree, title, items(nodes), undefined));
  const others = parts.map((node) => {
    const up = tree.parents(node).find((parent) => mapped.has(parent));
    const title = `What goes with ${tree.name(node)}: ${many(tree.size(node), 'component')}`;
    return partMap(
      `${id}-${node}`,
      id,
      tree,
      title,
      [itself(tree, node), ...items(tree.children(node))],
      up === undefined ? undefined : [`${id}-${up}`, tree.name(up)],
    );
  });
  return tag('div', { class: 'maps' }, first, ...bunches, ...others);
}

/** The areas with the most urgent findings by name: the smallest of them have no room for it. */
function whereFindings(top: readonly TreemapItem[]): Markup[] {
  const urgent = (item: TreemapItem): number => URGENCY.findIndex((level) => level === item.states[0]?.[0]);
  const risky = top.filter(({ states }) => states.length > 0).sort((a, b) => urgent(a) - urgent(b));
  if (risky.length === 0) return [];
  const shown = risky.slice(0, 5).map(({ fullName, findings, href }) => {
    const name = words(fullName);
    return joined([href === undefined ? name : linkTo(href.slice(1), name), words(` (${findings})`)]);
  });
  const more = risky.length - shown.length;
  return [
    tag(
      'p',
      { class: 's' },
      words('Open findings are in '),
      joined(shown, ', '),
      words(more > 0 ? ` and ${many(more, 'more area')}.` : '.'),
    ),
  ];
}

/** A map of a part: the picture where there is room for it, the same as a table where there is not. */
function partMap(
  key: string,
  whole: string,
  tree: Tree,
  title: string,
  items: readonly TreemapItem[],
  up: readonly [id: string, name: string] | undefined,
): Markup {
  const drawn = treemap(
    { title, description: `${title}, in ${tree.manifest}.`, items },
    { prefix: `${key}w`, width: WIDE, embedded: true },
  );
  return tag(
    'div',
    { class: 'map', id: key },
    tag(
      'p',
      {},
      linkTo(whole, joined([words('All of '), words(tree.manifest)])),
      ...(up === undefined ? [] : [words(' › '), linkTo(up[0], words(up[1]))]),
    ),
    tag('h3', {}, words(title)),
    tag('div', { class: 'wide' }, drawn.svg),
    unfolded(words('The same as a table'), dataTable(drawn.table)),
  );
}

/** Several top nodes as one area; none when there are none. */
function bunch(tree: Tree, nodes: readonly number[], name: string, id: string): TreemapItem[] {
  if (nodes.length === 0) return [];
  return [
    {
      name,
      fullName: name,
      size: sum(tree, nodes),
      states: tree.states(nodes),
      findings: tree.findings(nodes),
      ...(nodes.length > 1 ? { href: `#${id}` } : {}),
    },
  ];
}

function itemOf(tree: Tree, node: number, href: string | undefined): TreemapItem {
  return {
    name: tree.shortName(node),
    fullName: tree.nameAndHolders(node),
    size: tree.size(node),
    states: tree.states([node]),
    findings: tree.findings([node]),
    ...(href === undefined ? {} : { href }),
  };
}

/** What comes more than once. */
function repeated(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}

/** The component without what goes with it. */
function itself(tree: Tree, node: number): TreemapItem {
  const href = tree.anchor(node);
  return {
    name: tree.shortName(node),
    fullName: `${tree.name(node)} itself`,
    size: 1,
    states: tree.ownStates(node),
    findings: tree.ownFindings(node),
    ...(href === undefined ? {} : { href }),
  };
}

const sum = (tree: Tree, nodes: readonly number[]): number =>
  nodes.reduce((total, node) => total + tree.size(node), 0);

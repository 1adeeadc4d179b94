import { SCOPES, type Scope } from '../../model/extractor.ts';
import type { Component } from '../../model/component.ts';
import type { WhyAsker, WhyDirect, WhyNode, WhyPlace, WhyWay } from '../../model/why.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { countPaths } from './path-count.ts';
import { shortestPaths } from './paths.ts';
import { NODE, rangesOf, type QuestionGraph } from './question.ts';
import { reachSets, sourcesOf } from './reach.ts';
import { distances } from './search.ts';
import { scopesOf } from './scopes.ts';

/**
 * Why one file holds a component: who asks for it with which ranges, through which direct dependencies, on which ways.
 * `node` is its number in `graph`, `components` those of the inventory, `most` the number of ways wanted.
 */
export function explain(
  graph: QuestionGraph,
  components: readonly Component[],
  node: number,
  most: number,
): WhyPlace {
  const { manifest, flags } = graph;
  const occurrences = manifest.occurrences.filter(({ component }) => component === graph.components[node]);
  const line = Math.min(...occurrences.map((one) => one.line).filter((at) => at > 0));
  const bits = new Set(occurrences.flatMap(({ scopes }) => scopes));
  const orphan = (flags[node]! & NODE.orphan) !== 0;
  const found = graph.edgesKnown ? askersOf(graph, components, node) : { askers: [], directs: [] };
  const ways = graph.edgesKnown && !orphan ? waysTo(graph, components, node, most) : NO_WAYS;
  return {
    path: manifest.path,
    extractor: manifest.extractor,
    ...(Number.isFinite(line) ? { line } : {}),
    direct: occurrences.some(({ direct }) => direct === 'yes')
      ? 'yes'
      : occurrences.some(({ direct }) => direct === 'unknown')
        ? 'unknown'
        : 'no',
    scopes: SCOPES.filter((scope) => bits.has(scope)),
    component: nodeAt(graph, components, node),
    edgesKnown: graph.edgesKnown,
    directsKnown: graph.directsKnown,
    orphan,
    ...found,
    ...ways,
  };
}

/** Names of one node. */
export function nodeAt(
  { components: indices }: QuestionGraph,
  components: readonly Component[],
  node: number,
): WhyNode {
  const { purl, name, version } = components[indices[node]!]!;
  return { purl, name, version };
}

function askersOf(
  graph: QuestionGraph,
  components: readonly Component[],
  node: number,
): { readonly askers: readonly WhyAsker[]; readonly directs: readonly WhyDirect[] } {
  const { back, flags } = graph;
  // What only the component itself leads to is no way to it: edges out of it are not followed, nor those out of roots,
  // since what a workspace asks for is its own declaration.
  const stops = Uint8Array.from(flags, (flag, at) => Number((flag & NODE.root) !== 0 || at === node));
  const leads = distances(back, [node]);
  const sources: number[] = [];
  for (let at = 1; at < graph.count; at++) if (flags[at]! & NODE.direct && leads[at] !== -1) sources.push(at);
  const reach = reachSets(graph, sources, stops);
  const { version, ecosystem } = components[graph.components[node]!]!;
  const { versions } = ecosystemOf(ecosystem);
  const numbers: number[] = [];
  const askers: WhyAsker[] = [];
  for (let i = back.offsets[node]!; i < back.offsets[node + 1]!; i++) {
    const from = back.targets[i]!;
    if (from === 0) continue;
    const own = (flags[from]! & NODE.root) !== 0;
    const via = own ? [] : sourcesOf(reach, from).filter((source) => sources[source] !== node);
    numbers.push(...via);
    const { ranges, kinds } = edgeWords(graph, back.edges[i]!);
    const outside = ranges.filter((range) => version !== '' && versions.satisfies(version, range) === false);
    askers.push({ ...nodeAt(graph, components, from), own, ranges, outside, kinds, via });
  }
  const isDirect = sources.indexOf(node);
  const used = [...new Set(isDirect === -1 ? numbers : [...numbers, isDirect])].sort((a, b) => a - b);
  const place = new Map(used.map((source, at) => [source, at]));
  return {
    askers: askers
      .map((asker) => ({ ...asker, via: asker.via.map((source) => place.get(source)!) }))
      .sort((a, b) => Number(b.own) - Number(a.own)),
    directs: used.map((source) => directAt(graph, components, sources[source]!)),
  };
}

function directAt(graph: QuestionGraph, components: readonly Component[], node: number): WhyDirect {
  const { back, flags } = graph;
  const ranges = new Set<string>();
  const askedBy = new Set<string>();
  let kinds = 0;
  for (let i = back.offsets[node]!; i < back.offsets[node + 1]!; i++) {
    const from = back.targets[i]!;
    if (!(flags[from]! & NODE.root)) continue;
    for (const range of rangesOf(graph, back.edges[i]!)) ranges.add(range);
    kinds |= graph.kinds[back.edges[i]!]!;
    askedBy.add(components[graph.components[from]!]!.name);
  }
  return {
    ...nodeAt(graph, components, node),
    ranges: [...ranges].sort(),
    kinds: scopesOf(kinds),
    askedBy: [...askedBy].sort(),
  };
}

function edgeWords(graph: QuestionGraph, edge: number): { ranges: string[]; kinds: readonly Scope[] } {
  return { ranges: rangesOf(graph, edge), kinds: scopesOf(graph.kinds[edge]!) };
}

type Ways = Pick<WhyPlace, 'ways' | 'waysComplete' | 'count'>;

const NO_WAYS: Ways = { ways: [], waysComplete: true, count: { ways: '0', exact: true } };

function waysTo(graph: QuestionGraph, components: readonly Component[], node: number, most: number): Ways {
  const { paths, complete } = shortestPaths(graph, graph.back, 0, node, most);
  const { ways, exact } = countPaths(graph, graph.back, 0, node);
  return {
    ways: paths.map((path) => wayOf(graph, components, path.slice(1))),
    waysComplete: complete,
    count: { ways: String(ways), exact },
  };
}

function wayOf(graph: QuestionGraph, components: readonly Component[], path: readonly number[]): WhyWay {
  return {
    nodes: path.map((node) => nodeAt(graph, components, node)),
    ranges: path.slice(1).map((to, i) => rangesOf(graph, edgeBetween(graph, path[i]!, to)).join(' || ')),
  };
}

/** The edge from one node to another; rows ascend but for the virtual root's, which has no ranges. */
function edgeBetween({ offsets, targets }: QuestionGraph, from: number, to: number): number {
  let edge = offsets[from]!;
  while (targets[edge] !== to) edge++;
  return edge;
}

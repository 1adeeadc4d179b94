import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { workFolder } from '../materials.ts';
import { data, measure } from '../measure.ts';
import { atMost, median, rounded, timesLess, unmeasured } from '../rows.ts';
import type { Case, Figures, PeerFigures, Row } from '../rows.ts';

interface Answer extends Figures {
  readonly nodes: number;
  readonly edges: number;
  readonly directs: number;
  /** CPU of the thread that computes, then of the whole process. */
  readonly costMs: number;
  readonly costAllThreadsMs: number;
  readonly costAndPictureMs: number;
  readonly criticalMs: number;
  readonly peakMiB: number;
  readonly svgBytes: number;
}

/** What Graphviz gets for one picture. On a free machine it needs half of it for the largest real graph. */
const DOT_SECONDS = 240;

/** Dominators, cost, what everything hangs on, and the picture, against Graphviz; all algorithms against brute force. */
export const graphs: Case = {
  name: 'graphs',
  run() {
    return [real(), ...synthetic(), againstBruteForce()];
  },
};

function real(): Row {
  const repos = data('repos');
  const what = 'dominators and cost of the largest real graph, cold, and its picture';
  if (repos === undefined) return unmeasured(what, 'the real repositories are absent');
  const dot = join(workFolder(), 'real.dot');
  const ours = answerOf(7, 'real', repos, dot);
  const peer = graphviz(dot, ours);
  return {
    what: `${what}: ${ours.nodes} nodes, ${ours.edges} edges, ${ours.directs} direct`,
    ours,
    peers: [peer],
    goals: [
      atMost(ours, 'costMs', 50),
      timesLess(peer, 100),
      {
        goal: '≤ 1/10 of the bytes of Graphviz',
        met:
          peer.figures?.['svgBytes'] === undefined
            ? undefined
            : ours.svgBytes * 10 <= peer.figures['svgBytes'],
      },
    ],
    notes: [
      'costMs is the CPU of the thread that computes; costAllThreadsMs has collecting and compiling on others too',
    ],
  };
}

function synthetic(): Row[] {
  return (
    [
      [2_677, 6_883, 50, undefined],
      [50_000, 200_000, 1000, undefined],
      [100_000, 400_000, 2000, 500],
    ] as const
  ).map(([nodes, edges, ms, mebibytes]): Row => {
    const ours = answerOf(nodes > 10_000 ? 3 : 7, 'synthetic', String(nodes), String(edges));
    return {
      what: `dominators and cost of a synthetic graph: ${nodes} nodes, ${edges} edges, ${ours.directs} direct`,
      ours,
      peers: [],
      goals: [
        atMost(ours, 'costMs', ms),
        ...(mebibytes === undefined ? [] : [atMost(ours, 'peakMiB', mebibytes)]),
      ],
    };
  });
}

function againstBruteForce(): Row {
  const ours = JSON.parse(output('random', '10000')) as {
    graphs: number;
    identical: number;
    differences: readonly string[];
  };
  return {
    what: 'graph algorithms against brute force on random graphs',
    ours: { graphs: ours.graphs, identical: ours.identical },
    peers: [],
    goals: [{ goal: 'identical on 10,000', met: ours.identical === ours.graphs && ours.graphs >= 10_000 }],
    notes: [
      'question graph, orphans, distances, dominators, reach sets, costs with and without workspaces, joint costs, what frees a component (over all sets of direct dependencies), betweenness, k shortest paths, number of paths',
      ...ours.differences,
    ],
  };
}

/** The median of several fresh processes, figure by figure. */
function answerOf(runs: number, ...args: readonly string[]): Answer {
  const answers = Array.from({ length: runs }, () => {
    const { path: _, ...figures } = JSON.parse(output(...args)) as Answer & { path: string };
    return figures;
  });
  return Object.fromEntries(
    Object.keys(answers[0]!).map((name) => [name, median(answers.map((answer) => answer[name]!))]),
  ) as unknown as Answer;
}

function output(...args: readonly string[]): string {
  const done = spawnSync(process.execPath, [resolve('bench/graph.ts'), ...args], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`bench/graph.ts ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

/** `dot -Tsvg` of the same graph. Killed, it has taken at least its time. */
function graphviz(dot: string, ours: Answer): PeerFigures {
  const name = 'Graphviz, dot -Tsvg';
  if (spawnSync('dot', ['-V']).status !== 0) return { name, why: 'absent: Debian’s package is graphviz' };
  const svg = `${dot}.svg`;
  const measured = measure(['timeout', String(DOT_SECONDS), 'dot', '-Tsvg', '-o', svg, dot], {
    runs: 1,
    warmUp: false,
    worked: (exit) => exit === 0 || exit === 124,
  });
  const costAndPictureMs = Math.round(measured.cpu * 1000);
  return {
    name: measured.exit === 124 ? `${name}, killed after ${DOT_SECONDS} s` : name,
    figures: {
      costAndPictureMs,
      ...(existsSync(svg) && measured.exit === 0 ? { svgBytes: statSync(svg).size } : {}),
    },
    ratio: rounded(costAndPictureMs / ours.costAndPictureMs, 0),
  };
}

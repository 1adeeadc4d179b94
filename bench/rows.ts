/** Figures by name; the name says the unit: `cpuSeconds`, `peakMiB`, `milliseconds`, `bytes`, `percent`, … */
export type Figures = Readonly<Record<string, number>>;

/** What was asked for, and whether it was reached; undefined when there was nothing to judge by. */
export interface Goal {
  readonly goal: string;
  readonly met: boolean | undefined;
}

export interface PeerFigures {
  readonly name: string;
  /** Absent when the peer is: then `why` says so. */
  readonly figures?: Figures;
  readonly why?: string;
  /** The peer's first figure by ours: how many times less we spend. */
  readonly ratio?: number;
}

/** One line of the result. */
export interface Row {
  readonly what: string;
  /** Absent when it could not be measured: then `why` says so. */
  readonly ours?: Figures;
  readonly why?: string;
  readonly peers: readonly PeerFigures[];
  readonly goals: readonly Goal[];
  /** What was found beside the figures, a line each. */
  readonly notes?: readonly string[];
}

/** One benchmark: a file below `cases/`. */
export interface Case {
  /** What `npm run bench -- NAME…` picks by. */
  readonly name: string;
  run(): Row[] | Promise<Row[]>;
}

/** CPU and memory of a process as figures, CPU first. */
export function processFigures(measured: { readonly cpu: number; readonly peakMiB: number }): Figures {
  return { cpuSeconds: rounded(measured.cpu, 3), peakMiB: rounded(measured.peakMiB, 0) };
}

/** A peer that ran. The ratio is of its first figure to ours of the same name. */
export function compared(name: string, figures: Figures, ours: Figures): PeerFigures {
  const first = Object.keys(figures)[0];
  const mine = first === undefined ? undefined : ours[first];
  return mine === undefined || mine === 0
    ? { name, figures }
    : { name, figures, ratio: rounded(figures[first!]! / mine, 2) };
}

export function absent(name: string, why = 'absent: `bench/peers/build.sh` builds it'): PeerFigures {
  return { name, why };
}

/** A row that could not be measured. */
export function unmeasured(what: string, why: string): Row {
  return { what, why, peers: [], goals: [] };
}

export function atMost(figures: Figures, name: string, limit: number): Goal {
  return {
    goal: `${name} ≤ ${limit}`,
    met: figures[name] === undefined ? undefined : figures[name] <= limit,
  };
}

export function timesLess(peer: PeerFigures, times: number): Goal {
  return {
    goal: times === 1 ? `not more than ${peer.name}` : `≥ ${times}× less than ${peer.name}`,
    met: peer.ratio === undefined ? undefined : peer.ratio >= times,
  };
}

export function printRow({ what, ours, why, peers, goals, notes = [] }: Row): void {
  const lines = [
    `ours  ${ours === undefined ? `not measured: ${why}` : show(ours)}`,
    ...peers.map(
      (peer) =>
        `peer  ${peer.name}: ${peer.figures === undefined ? peer.why : show(peer.figures)}${peer.ratio === undefined ? '' : `   ratio ${peer.ratio}×`}`,
    ),
    ...goals.map(
      ({ goal, met }) => `goal  ${goal}: ${met === undefined ? 'not judged' : met ? 'met' : 'MISSED'}`,
    ),
    ...notes.map((note) => `      ${note}`),
  ];
  console.log(`${what}\n${lines.map((line) => `  ${line}\n`).join('')}`);
}

export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

export function rounded(number: number, digits: number): number {
  return Number(number.toFixed(digits));
}

const show = (figures: Figures): string =>
  Object.entries(figures)
    .map(([name, figure]) => `${name} ${figure.toLocaleString('en')}`)
    .join(', ');

import { resolve } from 'node:path';
import { codec } from '../../../adapters/advisories/codec.ts';
import { openAdvisoryFolder } from '../../../adapters/advisories/folder.ts';
import { defaultCacheFolder, fileCache } from '../../../adapters/cache/files.ts';
import { openHistoryAt } from '../../../adapters/git/open-history.ts';
import { readKernelFile } from '../../../adapters/kernel/wasm-file.ts';
import { kernelInflater } from '../../../analysis/disclosure/kernel/inflater.ts';
import { extractors } from '../../../analysis/ecosystems/index.ts';
import type { CommitHistory } from '../../../model/commit-history.ts';
import { AssayError } from '../../../model/problem.ts';
import type { Timeline } from '../../../model/timeline.ts';
import { openAdvisories } from '../../../verbs/know/advisories.ts';
import type { Rulings } from '../../../verbs/know/rulings.ts';
import { makeTimeline } from '../../../verbs/know/timeline.ts';
import { calledAfter } from '../called.ts';
import type { Command, Invocation } from '../command.ts';
import { databaseFolder } from '../folders.ts';
import { progressOn } from '../progress.ts';
import { looksOf, printReport, reportOptions, type ReportWords } from '../report-options.ts';
import { timelineReport } from '../terminal/timeline.ts';
import { tuneForTimeline } from '../tuning.ts';

const REPORT: ReportWords = {
  formats: ['text', 'json', 'svg', 'markdown', 'csv'],
  all: 'every point and every change',
  pixels: 720,
};

export const command: Command = {
  name: 'timeline',
  summary: 'whether it gets better from release to release',
  usage: 'assay timeline [PATH] [--tags GLOB | --every N | --monthly] [OPTIONS]',
  about: `For every release: components, direct ones, duplicates, advisories as known now and as
known then, what it closed and opened, and how long vulnerable versions stayed.
Read from the history of the repository that PATH (default: here) is or lies in, bare
ones too: nothing is checked out, run or fetched. Releases are the tags that look like
versions; where there are none, the last commit of each month.
Definitions: docs/timeline.md.`,
  options: {
    tags: {
      type: 'string',
      multiple: true,
      value: 'GLOB',
      help: "the tags that match, and all of them; repeatable (a monorepo’s: 'web@*')",
    },
    every: { type: 'string', value: 'N', help: 'every N-th commit along HEAD’s first parents instead' },
    monthly: { type: 'boolean', help: 'the last commit of each month instead' },
    since: { type: 'string', value: 'DATE|REF', help: 'nothing before that day or commit' },
    prereleases: { type: 'boolean', help: 'prereleases too (1.0.0-rc.1)' },
    head: { type: 'boolean', help: 'HEAD as the last point: what is not released yet' },
    decisions: {
      type: 'boolean',
      help: 'leave out at every point what decisions recorded at HEAD cover today, as if it never was',
    },
    db: {
      type: 'string',
      value: 'DIR',
      help: 'advisory database (default: ASSAY_DB, then the user’s cache)',
    },
    name: { type: 'string', value: 'NAME', help: 'call the project NAME in reports' },
    'no-cache': { type: 'boolean', help: 'read every file anew' },
    ...reportOptions(REPORT),
  },
  examples: [
    ['assay timeline', 'the releases of this repository'],
    ['assay timeline ../other.git --since 2024-01-01', 'a bare clone, this year and the last'],
    ["assay timeline . --tags 'web@*' --format svg -o web.svg", 'one part of a monorepo, as a picture'],
    ['assay timeline . --every 1 --since v2.0.0', 'commit by commit: days are then exact'],
  ],
  async run(invocation) {
    const looks = looksOf(invocation, REPORT);
    const timeline = await runTimeline(invocation);
    await printReport(invocation, looks, {
      text: ({ text }) => timelineReport(timeline, text),
      json: async () => (await formats()).timelineJson(timeline),
      csv: async () => (await formats()).timelineCsv(timeline),
      markdown: async () => (await formats()).timelineMarkdown(timeline),
      svg: async ({ pixels }) => (await formats()).timelineSvg(timeline, pixels),
    });
    // Nothing could be held against advisories at any point: that is no result to rely on.
    return timeline.points.every(({ state }) => state === 'unknown') ? 3 : 0;
  },
};

const formats = () => import('../../../documents/timeline/index.ts');

async function runTimeline(invocation: Invocation): Promise<Timeline> {
  const { io, positionals, flag, value, values } = invocation;
  if (positionals.length > 1)
    throw new AssayError('cli/usage', `one path at a time; got ${positionals.length}`);
  const ways = [values('tags').length > 0, value('every') !== undefined, flag('monthly')];
  if (ways.filter(Boolean).length > 1)
    throw new AssayError('cli/usage', '--tags, --every and --monthly exclude each other');
  const path = resolve(io.cwd, positionals[0] ?? '.');
  const every = everyOf(value('every'));
  const { history, folder } = openHistoryAt(path, kernelInflater(readKernelFile()));
  const advisories = openAdvisories(openAdvisoryFolder(databaseFolder(invocation)), codec);
  const cache = flag('no-cache') ? undefined : fileCache(defaultCacheFolder(io.env));
  const progress = progressOn(io);
  const tuning = tuneForTimeline();
  try {
    const since = sinceOf(value('since'), history);
    const rulings = flag('decisions') ? await rulingsAtHead(path, io.signal) : undefined;
    return await makeTimeline({
      target: { name: value('name') ?? calledAfter(path), ...(folder === '' ? {} : { folder }) },
      history,
      request: {
        ...(every === undefined ? {} : { every }),
        monthly: flag('monthly'),
        tags: values('tags'),
        prereleases: flag('prereleases'),
        head: flag('head'),
        ...(since === undefined ? {} : { since }),
      },
      extractors,
      ...(rulings === undefined ? {} : { rulings }),
      store: advisories.store,
      ...(cache === undefined ? {} : { cache }),
      now: io.now(),
      version: io.version,
      signal: io.signal,
      on: (event) => {
        if (event.kind !== 'progress') return;
        tuning.done(event.done);
        progress.step('reading', event.done, event.total ?? 0);
      },
    });
  } finally {
    tuning.end();
    progress.end();
    await cache?.close();
    advisories.close();
    history.close();
  }
}

/** Scanned code cannot acquit itself: what is committed counts, as for the points. */
async function rulingsAtHead(path: string, signal: AbortSignal): Promise<Rulings> {
  const [{ openTree }, { readRulings }] = await Promise.all([
    import('../../../adapters/tree/open.ts'),
    import('../../../verbs/know/rulings.ts'),
  ]);
  const tree = openTree(path, { revision: 'HEAD' });
  try {
    return await readRulings(tree, signal);
  } finally {
    await tree.close();
  }
}

function everyOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new AssayError('cli/usage', `--every ${text}: expected a number of commits, 1 or more`);
  return Number(text);
}

/** A day (its beginning, UTC), a month, an instant, or the date of a commit. */
function sinceOf(text: string | undefined, history: CommitHistory): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{4}-\d\d(?:-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)?$/.test(text)) {
    const ms = Date.parse(text.includes('T') ? text : `${text.length === 7 ? `${text}-01` : text}T00:00:00Z`);
    if (Number.isNaN(ms)) throw new AssayError('cli/usage', `--since ${text}: there is no such day`);
    return Math.floor(ms / 1000);
  }
  return history.commit(history.resolve(text))?.at;
}

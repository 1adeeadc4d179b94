import { setImmediate } from 'node:timers/promises';
import { AssayError } from '../../../model/problem.ts';
import type { Snapshot } from '../../../model/result.ts';
import type { UsageCollector } from '../../../analysis/code/imports/usage.ts';
import { componentsNamed } from '../../../verbs/know/named.ts';
import { readUsage, usageReport, withUsage } from '../../../verbs/know/usage.ts';
import { explainName } from '../../../verbs/know/why.ts';
import type { Command, Invocation } from '../command.ts';
import { numberOf } from '../number-option.ts';
import { looksOf, printReport, reportOptions, type ReportWords } from '../report-options.ts';
import { SCAN_OPTIONS, runScan } from '../run-scan.ts';
import { explainedReport } from '../terminal/explained.ts';
import { overGraphs } from '../tuning.ts';

const REPORT: ReportWords = {
  formats: ['text', 'json', 'svg', 'markdown'],
  all: 'everyone who asks for it',
  pixels: 960,
};

export const command: Command = {
  name: 'why',
  summary: 'why a component is here: who asks for it, through which direct dependency',
  usage: 'assay why NAME[@RANGE] [PATH] [OPTIONS]\n       assay why --unused | --phantom [PATH] [OPTIONS]',
  about: `For every version of NAME below PATH (default: here): who asks for it and with which range, the direct dependencies that
lead there, the shortest ways, and how many ways there are in all. NAME is a component's name, an alias or a purl.
Each file is answered on its own: an edge of another lockfile need not exist in this one.
Of npm and PyPI it also says where code imports it: JavaScript, TypeScript, Vue, Svelte, Astro and Python are read, never run.
Not seen is not unused: what configuration, scripts and commands name counts as use, and what cannot be judged is said.
Ends with 0 when it is here, with 1 when it is not, and with 3 when it was not found but some file could not be read;
with --unused and --phantom with 0, and with 3 when some file could not be read.`,
  options: {
    paths: {
      type: 'string',
      value: 'K',
      help: 'how many of the shortest ways to show for each version; default 5',
    },
    unused: {
      type: 'boolean',
      help: 'instead: what manifests declare and no code was seen to import',
    },
    phantom: { type: 'boolean', help: 'instead: what code imports and no manifest declares' },
    'no-code': { type: 'boolean', help: 'do not read code' },
    revision: SCAN_OPTIONS['revision']!,
    index: SCAN_OPTIONS['index']!,
    db: SCAN_OPTIONS['db']!,
    'no-cache': SCAN_OPTIONS['no-cache']!,
    ...reportOptions(REPORT),
  },
  examples: [
    ['assay why lodash', 'every version, and who brings it in'],
    ['assay why "minimist@<1.2.6" ../other.git --paths 20', 'only the old ones, twenty ways'],
    ['assay why qs --format svg --output qs.svg', 'as a picture'],
    ['assay why --unused --phantom', 'declared but not seen in code, and the other way round'],
  ],
  async run(invocation) {
    if (invocation.flag('unused') || invocation.flag('phantom')) return lists(invocation);
    const [name, ...rest] = invocation.positionals;
    if (name === undefined || name.trim() === '')
      throw new AssayError('cli/usage', 'why: name a component, e.g. `assay why lodash`', {
        hint: 'see `assay why --help`',
      });
    const ways = numberOf(invocation, 'paths', 5, 1, 1000);
    const looks = looksOf(invocation, REPORT);
    const asked = { ...invocation, positionals: rest };
    // A picture shows no code.
    const readsCode = !invocation.flag('no-code') && looks.format !== 'svg';
    const { snapshot, collector } = await read(asked, (found) => readsCode && isOfCode(found, name));
    const answer = overGraphs(snapshot.inventory, () => explainName(snapshot, name, { ways }));
    const why = collector === undefined ? answer : withUsage(answer, collector);
    await printReport(invocation, looks, {
      text: ({ text }) => explainedReport(why, text),
      json: async () => (await import('../../../documents/why/json.ts')).whyJson(why),
      markdown: async () => (await import('../../../documents/why/markdown.ts')).whyMarkdown(why),
      svg: async ({ pixels }) =>
        (await import('../../../documents/pictures/why-columns.ts')).whySvg(why, pixels),
    });
    return why.components.length > 0 ? 0 : why.lost ? 3 : 1;
  },
};

/** `--unused` and `--phantom`. */
async function lists(invocation: Invocation): Promise<number> {
  const show = { unused: invocation.flag('unused'), phantom: invocation.flag('phantom') };
  const looks = looksOf(invocation, REPORT);
  if (looks.format === 'svg')
    throw new AssayError('cli/usage', 'why: --unused and --phantom are lists, not pictures', {
      hint: 'take text, markdown or json',
    });
  if (invocation.flag('no-code'))
    throw new AssayError('cli/usage', 'why: --unused and --phantom need the code that --no-code leaves out');
  const { snapshot, collector } = await read(invocation, () => true);
  const report = usageReport(snapshot, collector!);
  await printReport(invocation, looks, {
    text: async ({ text }) => (await import('../terminal/usage.ts')).usageText(report, show, text),
    json: async () => (await import('../../../documents/usage/json.ts')).usageJson(report, show),
    markdown: async () => (await import('../../../documents/usage/markdown.ts')).usageMarkdown(report, show),
  });
  return report.problems.length > 0 || report.code.unread > 0 ? 3 : 0;
}

/** The snapshot, and what code says where `wanted`. */
async function read(
  invocation: Invocation,
  wanted: (snapshot: Snapshot) => boolean,
): Promise<{ readonly snapshot: Snapshot; readonly collector: UsageCollector | undefined }> {
  let collector: UsageCollector | undefined;
  const snapshot = await runScan(invocation, undefined, async (found, tree, progress) => {
    if (!wanted(found)) return;
    collector = await readUsage(tree, found, {
      signal: invocation.io.signal,
      pause: async (done, total) => {
        progress.step('reading code', done, total);
        await setImmediate();
      },
    });
  });
  return { snapshot, collector };
}

/** Code can tell of a name when it is npm's or PyPI's, or of nothing that is known. */
function isOfCode(snapshot: Snapshot, name: string): boolean {
  const { chosen } = componentsNamed(snapshot, name);
  return (
    chosen.length === 0 ||
    chosen.some((index) => ['npm', 'PyPI'].includes(snapshot.inventory.components[index]!.ecosystem))
  );
}

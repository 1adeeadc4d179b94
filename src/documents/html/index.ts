import type { ReportExtras } from '../../model/report.ts';
import type { Snapshot } from '../../model/result.ts';
import { tag, words } from '../common/markup.ts';
import { subjectOf } from '../common/subject.ts';
import { actionsSection } from './actions.ts';
import { costSection } from './cost.ts';
import { findingNames, findingsSection } from './findings.ts';
import { inventorySection } from './inventory.ts';
import { mapSection } from './map.ts';
import { page } from './page.ts';
import type { Section } from './page.ts';
import { decisionsSection, licencesSection, problemsSection, sourcesSection } from './rest.ts';
import { timelineSection } from './timeline.ts';
import { verdictSection } from './verdict.ts';
import { whySection } from './why.ts';

/**
 * The report that people read in a browser: one file, no network, whole without scripts.
 * What to do comes first, then what was found and why, then what there is. Bytes depend on the arguments alone.
 */
export function htmlReport(snapshot: Snapshot, extras: ReportExtras): string {
  const { target, tool, takenAt } = snapshot;
  const whys = new Set(extras.why.map(({ component }) => component));
  const sections: readonly (Section | undefined)[] = [
    verdictSection(snapshot),
    actionsSection(snapshot, findingNames(snapshot)),
    costSection(extras),
    findingsSection(snapshot, whys),
    whySection(snapshot, extras),
    mapSection(snapshot, extras),
    timelineSection(extras),
    inventorySection(snapshot),
    licencesSection(snapshot),
    decisionsSection(snapshot),
    problemsSection(snapshot),
    sourcesSection(snapshot),
  ];
  const commit = target.commit === undefined ? '' : `, commit ${target.commit.slice(0, 12)}`;
  return page({
    title: `${subjectOf(snapshot).name}: what it depends on`,
    about: tag(
      'p',
      { class: 'm' },
      words(
        `${KINDS[target.kind]}: ${target.name}${commit}, taken ${takenAt.slice(0, 10)} by assay ${tool.version}`,
      ),
    ),
    generator: `assay ${tool.version}`,
    sections: sections.filter((section) => section !== undefined),
  });
}

const KINDS: Readonly<Record<Snapshot['target']['kind'], string>> = {
  worktree: 'Files on disk',
  commit: 'A commit',
  index: 'What is staged',
  archive: 'An archive',
};

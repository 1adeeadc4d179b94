import type { Ecosystem } from '../../../model/ecosystem.ts';
import { folderOf } from '../../text/paths.ts';
import { shellWord } from '../../text/shell.ts';
import { chart } from './chart.ts';
import { chartLock } from './lock.ts';
import { helm as helmVersions } from '../../versions/index.ts';

export const helm: Ecosystem = {
  id: 'Helm',
  title: 'Helm charts',
  purlType: 'helm',
  hasAdvisories: false,
  versions: helmVersions,
  normaliseName: (name) => name,
  purlName: (name) => ['', name],
  extractors: [chart, chartLock],
  // Helm moves a chart within its constraint; beyond it, people edit the constraint first.
  upgradeCommand: ({ manifest, inRange }) => {
    const folder = shellWord(folderOf(manifest) || '.');
    return inRange === false || folder === undefined ? undefined : `helm dependency update ${folder}`;
  },
};

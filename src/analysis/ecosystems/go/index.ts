import type { Ecosystem } from '../../../model/ecosystem.ts';
import { go as goVersions } from '../../versions/index.ts';
import { goMod } from './go-mod.ts';
import { goWork } from './go-work.ts';

export const go: Ecosystem = {
  id: 'Go',
  title: 'Go',
  purlType: 'golang',
  hasAdvisories: true,
  versions: goVersions,
  normaliseName: (name) => name,
  purlName: (name) => {
    const slash = name.lastIndexOf('/');
    return slash === -1 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
  },
  extractors: [goMod, goWork],
  upgradeCommand: ({ name, to }) =>
    name === 'stdlib'
      ? `go get toolchain@go${to}`
      : `go get ${name}@${/^\d/.test(to) ? `v${to}` : to} && go mod tidy`,
};

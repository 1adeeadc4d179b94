import type { Ecosystem } from '../../../model/ecosystem.ts';
import { baseName } from '../../text/paths.ts';
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
  upgradeCommand: ({ name, to, manifest }) => {
    const file = baseName(manifest);
    const there = file === 'go.mod' || !/^[\w.-]+$/.test(file) ? '' : ` -modfile=${file}`;
    if (name === 'stdlib') return `go get${there} toolchain@go${to}`;
    return `go get${there} ${name}@${/^\d/.test(to) ? `v${to}` : to} && go mod tidy${there}`;
  },
};

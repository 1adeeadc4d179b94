import type { Ecosystem } from '../../../model/ecosystem.ts';
import { cargo as cargoVersions } from '../../versions/index.ts';
import { arePlainWords } from '../command.ts';
import { cargoLock } from './cargo-lock.ts';
import { cargoToml } from './cargo-toml.ts';

export const cargo: Ecosystem = {
  id: 'crates.io',
  title: 'crates.io',
  purlType: 'cargo',
  hasAdvisories: true,
  versions: cargoVersions,
  normaliseName: (name) => name,
  purlName: (name) => ['', name],
  extractors: [cargoLock, cargoToml],
  upgradeCommand: ({ name, from, to, direct, inRange, askedBy = [] }) => {
    if (direct && inRange === false) return `cargo add ${name}@${to}`;
    // The lockfile keeps no ranges, but hardly any crate asks for more than the caret of what it got, and `--precise`
    // fails where one does not admit the version: then what asks for it has to move.
    const isRefused = inRange !== true && cargoVersions.satisfies(to, `^${from}`) === false;
    if (isRefused && askedBy.length > 0 && arePlainWords(...askedBy))
      return `cargo update ${askedBy.map((asker) => `-p ${asker}`).join(' ')}`;
    return `cargo update -p ${from === '' ? name : `${name}@${from}`} --precise ${to}`;
  },
};

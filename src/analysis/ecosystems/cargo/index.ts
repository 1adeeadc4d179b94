import type { Ecosystem } from '../../../model/ecosystem.ts';
import { cargo as cargoVersions } from '../../versions/index.ts';
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
  upgradeCommand: ({ name, from, to, direct, inRange }) =>
    direct && inRange === false
      ? `cargo add ${name}@${to}`
      : `cargo update -p ${from === '' ? name : `${name}@${from}`} --precise ${to}`,
};

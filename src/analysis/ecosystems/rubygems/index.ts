import type { Ecosystem } from '../../../model/ecosystem.ts';
import { rubygems as rubygemsVersions } from '../../versions/index.ts';
import { gemfileLock } from './gemfile-lock.ts';
import { gemfile, gemspec } from './manifests.ts';
import { bundlerCommand, bundlerEdit } from './upgrade.ts';

export const rubygems: Ecosystem = {
  id: 'RubyGems',
  title: 'RubyGems',
  purlType: 'gem',
  hasAdvisories: true,
  versions: rubygemsVersions,
  normaliseName: (name) => name,
  purlName: (name) => ['', name],
  extractors: [gemfileLock, gemfile, gemspec],
  upgradeCommand: bundlerCommand,
  upgradeEdit: bundlerEdit,
};

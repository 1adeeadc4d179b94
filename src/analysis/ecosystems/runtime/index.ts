import type { Ecosystem } from '../../../model/ecosystem.ts';
import { generic } from '../../versions/index.ts';
import { globalJson, goDirective, rustToolchain } from './directives.ts';
import { engines } from './engines.ts';
import { requiresPython } from './requires-python.ts';
import { mise, toolVersions } from './tool-versions.ts';
import { versionFile } from './version-file.ts';

export const runtime: Ecosystem = {
  id: 'Runtime',
  title: 'Language runtimes',
  purlType: 'generic',
  hasAdvisories: false,
  versions: generic,
  normaliseName: (name) => name,
  purlName: (name) => ['', name],
  extractors: [
    versionFile,
    toolVersions,
    mise,
    engines,
    goDirective,
    rustToolchain,
    globalJson,
    requiresPython,
  ],
};

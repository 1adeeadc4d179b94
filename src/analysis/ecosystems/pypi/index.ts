import type { Ecosystem } from '../../../model/ecosystem.ts';
import { pep440 } from '../../versions/index.ts';
import { pdmLock } from './pdm-lock.ts';
import { pipfile, pipfileLock } from './pipfile.ts';
import { poetryLock } from './poetry-lock.ts';
import { pylock } from './pylock.ts';
import { pyproject } from './pyproject.ts';
import { normaliseName } from './requirement.ts';
import { requirements } from './requirements.ts';
import { setupCfg, setupPy } from './setup-files.ts';
import { pypiCommand, pypiEdit, pypiTransitiveEdit } from './upgrade.ts';
import { uvLock } from './uv-lock.ts';

export const pypi: Ecosystem = {
  id: 'PyPI',
  title: 'PyPI',
  purlType: 'pypi',
  hasAdvisories: true,
  versions: pep440,
  normaliseName,
  purlName: (name) => ['', name],
  extractors: [
    requirements,
    poetryLock,
    uvLock,
    pipfileLock,
    pdmLock,
    pylock,
    pyproject,
    pipfile,
    setupCfg,
    setupPy,
  ],
  upgradeCommand: pypiCommand,
  transitiveEdit: pypiTransitiveEdit,
  upgradeEdit: pypiEdit,
};

import type { Extractor } from '../../../model/extractor.ts';
import { manifestExtraction } from './manifest.ts';
import { readPyproject } from './pyproject-read.ts';

/** A pyproject.toml that no lockfile covers. */
export const pyproject: Extractor = {
  id: 'pypi/pyproject',
  version: 1,
  ecosystem: 'PyPI',
  title: 'pyproject.toml',
  files: ['pyproject.toml'],
  notes:
    'What the project declares: `[project]` (PEP 621), `[dependency-groups]` (PEP 735), `[build-system]`, and the sections of poetry, uv and PDM. ' +
    'Ranges, not versions, unless pinned with `==`. Only used when no lockfile covers the file. ' +
    'Dependencies that are computed at build time (`dynamic`) are not seen here; the files that they name usually are.',
  claims: (path) => /(?:^|\/)pyproject\.toml$/.test(path),
  extract: (file) => manifestExtraction(readPyproject(file.text, file.path)),
};

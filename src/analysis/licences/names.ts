import { once } from '../text/once.ts';
import { spdxExceptions, spdxLicences } from './list.ts';

/** Deprecated identifiers that are not just `X` → `X-only`: what the list says to write instead. */
const REPLACED: ReadonlyMap<string, readonly [id: string, exception?: string]> = new Map([
  ['BSD-2-Clause-FreeBSD', ['BSD-2-Clause-Views']],
  ['BSD-2-Clause-NetBSD', ['BSD-2-Clause']],
  ['bzip2-1.0.5', ['bzip2-1.0.6']],
  ['eCos-2.0', ['GPL-2.0-or-later', 'eCos-exception-2.0']],
  ['GPL-2.0-with-autoconf-exception', ['GPL-2.0-only', 'Autoconf-exception-2.0']],
  ['GPL-2.0-with-bison-exception', ['GPL-2.0-only', 'Bison-exception-2.2']],
  ['GPL-2.0-with-classpath-exception', ['GPL-2.0-only', 'Classpath-exception-2.0']],
  ['GPL-2.0-with-font-exception', ['GPL-2.0-only', 'Font-exception-2.0']],
  ['GPL-2.0-with-GCC-exception', ['GPL-2.0-only', 'GCC-exception-2.0']],
  ['GPL-3.0-with-autoconf-exception', ['GPL-3.0-only', 'Autoconf-exception-3.0']],
  ['GPL-3.0-with-GCC-exception', ['GPL-3.0-only', 'GCC-exception-3.1']],
  ['StandardML-NJ', ['SMLNJ']],
  ['wxWindows', ['LGPL-2.0-or-later', 'WxWindows-exception-3.1']],
]);

/**
 * What people write for a licence, reduced by `reduce`, and the identifier that it can only mean.
 * Words that fit several licences (`BSD`, `GPL`, `Creative Commons`) are left out on purpose: they stay unknown.
 */
const SLOPPY: ReadonlyMap<string, string> = new Map([
  ['apache 2', 'Apache-2.0'],
  ['apache2', 'Apache-2.0'],
  ['apache2.0', 'Apache-2.0'],
  ['asl 2.0', 'Apache-2.0'],
  ['asf 2.0', 'Apache-2.0'],
  ['apache 1.1', 'Apache-1.1'],
  ['mit mit', 'MIT'],
  ['mit x11', 'MIT'],
  ['x11 mit', 'MIT'],
  ['expat', 'MIT'],
  ['mit expat', 'MIT'],
  ['expat mit', 'MIT'],
  ['isc isc', 'ISC'],
  ['isc iscl', 'ISC'],
  ['iscl', 'ISC'],
  ['new bsd', 'BSD-3-Clause'],
  ['bsd new', 'BSD-3-Clause'],
  ['modified bsd', 'BSD-3-Clause'],
  ['revised bsd', 'BSD-3-Clause'],
  ['bsd revised', 'BSD-3-Clause'],
  ['bsd 3', 'BSD-3-Clause'],
  ['3 clause bsd', 'BSD-3-Clause'],
  ['bsd3', 'BSD-3-Clause'],
  ['simplified bsd', 'BSD-2-Clause'],
  ['bsd simplified', 'BSD-2-Clause'],
  ['freebsd', 'BSD-2-Clause'],
  ['bsd 2', 'BSD-2-Clause'],
  ['2 clause bsd', 'BSD-2-Clause'],
  ['bsd2', 'BSD-2-Clause'],
  ['0 clause bsd', '0BSD'],
  ['bsd 0 clause', '0BSD'],
  ['zero clause bsd', '0BSD'],
  ['mpl 2', 'MPL-2.0'],
  ['mpl2', 'MPL-2.0'],
  ['mpl2.0', 'MPL-2.0'],
  ['mozilla public 2.0', 'MPL-2.0'],
  ['mozilla public 2.0 mpl 2.0', 'MPL-2.0'],
  ['mozilla public 1.1', 'MPL-1.1'],
  ['eclipse public 1.0', 'EPL-1.0'],
  ['eclipse public 2.0', 'EPL-2.0'],
  ['epl 2', 'EPL-2.0'],
  ['epl 1', 'EPL-1.0'],
  ['eupl 1.2', 'EUPL-1.2'],
  ['european union public 1.2', 'EUPL-1.2'],
  ['cddl 1', 'CDDL-1.0'],
  ['common development and distribution 1.0', 'CDDL-1.0'],
  ['boost', 'BSL-1.0'],
  ['boost 1.0', 'BSL-1.0'],
  ['unlicense', 'Unlicense'],
  ['unlicense unlicense', 'Unlicense'],
  ['zlib libpng', 'Zlib'],
  ['cc0', 'CC0-1.0'],
  ['cc0 1.0 universal', 'CC0-1.0'],
  ['cc0 1.0 universal cc0 1.0 public domain dedication', 'CC0-1.0'],
  ['cc by 4.0', 'CC-BY-4.0'],
  ['cc by 3.0', 'CC-BY-3.0'],
  ['ogl uk 3.0', 'OGL-UK-3.0'],
  ['open government 3.0', 'OGL-UK-3.0'],
  ['wtfpl 2', 'WTFPL'],
  ['python foundation', 'PSF-2.0'],
  ['psf', 'PSF-2.0'],
  ['psfl', 'PSF-2.0'],
]);

const licences = once(() => new Map(spdxLicences().map((id) => [id.toLowerCase(), id])));
const exceptions = once(() => new Map(spdxExceptions().map((id) => [id.toLowerCase(), id])));

export interface NamedLicence {
  /** Canonical, never deprecated where the list names a successor; `GPL-2.0` becomes `GPL-2.0-only`, as the list says. */
  readonly id: string;
  /** `Apache-2.0+`; the GNU licences say it in their id (`-or-later`). */
  readonly orLater: boolean;
  readonly exception?: string;
}

/** The exception in its canonical spelling; `undefined` when it is not on the list. Case does not count. */
export function exceptionNamed(text: string): string | undefined {
  return exceptions().get(text.toLowerCase());
}

/** What one identifier or sloppy name means; `undefined` when it could mean several things or nothing that we know. */
export function licenceNamed(text: string): NamedLicence | undefined {
  const plus = text.endsWith('+');
  return (
    listed(text, false) ??
    (plus ? listed(text.slice(0, -1), true) : undefined) ??
    (text.length > 200 ? undefined : sloppy(text))
  );
}

function listed(text: string, orLater: boolean): NamedLicence | undefined {
  const id = licences().get(text.toLowerCase());
  if (id === undefined) return undefined;
  const replaced = REPLACED.get(id);
  if (replaced !== undefined)
    return {
      id: replaced[0],
      orLater,
      ...(replaced[1] === undefined ? {} : { exception: replaced[1] }),
    };
  if (id.endsWith('+')) return { id: `${id.slice(0, -1)}-or-later`, orLater: false };
  if (licences().has(`${id}-only`.toLowerCase()))
    return { id: `${id}${orLater ? '-or-later' : '-only'}`, orLater: false };
  if (orLater && id.endsWith('-only') && licences().has(`${id.slice(0, -5)}-or-later`.toLowerCase()))
    return { id: `${id.slice(0, -5)}-or-later`, orLater: false };
  return { id, orLater: orLater && !id.endsWith('-or-later') };
}

function sloppy(text: string): NamedLicence | undefined {
  // `The MIT License (MIT)` is a name; brackets that group or do not close are structure.
  if (/[()]/.test(text) && !/^[^()]+\([^()]*\)[^()]*$/.test(text)) return undefined;
  const words = reduce(text);
  const mapped = SLOPPY.get(words);
  if (mapped !== undefined) return { id: mapped, orLater: false };
  const id = licences().get(words.replaceAll(' ', '-'));
  return id === undefined ? gnu(words) : listed(id, false);
}

const NOISE = new Set([
  'the',
  'license',
  'licenses',
  'licensed',
  'version',
  'software',
  'under',
  'terms',
  'of',
]);

/** Lower case, without punctuation and words that carry nothing; `v2.0` → `2.0`; PyPI's `License :: OSI Approved :: X` → `x`. */
function reduce(text: string): string {
  return text
    .slice(text.includes('::') ? text.lastIndexOf('::') + 2 : 0)
    .toLowerCase()
    .replaceAll('licence', 'license')
    .split(/[^a-z0-9.+]+/)
    .map((word) => word.replace(/^v(?=\d)/, '').replace(/\.$/, ''))
    .filter((word) => word !== '' && word !== 'v' && !NOISE.has(word))
    .join(' ');
}

const GNU_NAMES: readonly (readonly [words: string, family: string])[] = [
  ['gnu affero general public', 'AGPL'],
  ['affero general public', 'AGPL'],
  ['gnu lesser general public', 'LGPL'],
  ['lesser general public', 'LGPL'],
  ['gnu library general public', 'LGPL'],
  ['gnu general public', 'GPL'],
  ['general public', 'GPL'],
  ['gnu agpl', 'AGPL'],
  ['gnu lgpl', 'LGPL'],
  ['gnu gpl', 'GPL'],
  ['agpl', 'AGPL'],
  ['lgpl', 'LGPL'],
  ['gpl', 'GPL'],
];

/** `gpl 3`, `lgplv2.1+`, `gnu general public 2 or later gplv2+`. A family without a version stays unknown. */
function gnu(words: string): NamedLicence | undefined {
  for (const [name, family] of GNU_NAMES) {
    if (!words.startsWith(name)) continue;
    const rest = words.slice(name.length).trim();
    const match =
      /^v?(\d)(\.\d)?(\+)?(?: (or later|or newer|or greater|only))?(?: a?l?gplv?\d(\.\d)?\+?)?$/.exec(rest);
    if (match === null) return undefined;
    const later = match[3] !== undefined || (match[4] !== undefined && match[4] !== 'only');
    return listed(`${family}-${match[1]}${match[2] ?? '.0'}`, later);
  }
  return undefined;
}

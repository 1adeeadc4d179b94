import { PERMISSIVE_PHRASES } from './recognise-permissive.ts';

/** What a licence lets one do, coarsely. `source-available`: the source is to be seen, but not everybody may use it for everything. */
export type LicenceKind = 'public-domain' | 'permissive' | 'weak' | 'strong' | 'source-available' | 'content';

/** How a licence is told from its words. Phrases are in the form that `wordsOf` gives; alternatives stand in a list. */
export interface LicencePhrases {
  readonly id: string;
  readonly kind: LicenceKind;
  /** All must be there; the place of the first is the place of the licence. */
  readonly all: readonly (string | readonly string[])[];
  readonly none?: readonly string[];
  /** Words of the bare text where it is short and complete, so that much more text is noticed. */
  readonly words?: number;
  /** A notice that points to the licence, and not its text. */
  readonly notice?: true;
}

const LATER = [
  'or at your option any later version',
  'or at your option version',
  'or any later version',
  'or at the option of the licensee any later version',
];

/** Licences by sentences that only they have. Own choice of phrases; identifiers are SPDX's. */
export const LICENCE_PHRASES: readonly LicencePhrases[] = [
  ...PERMISSIVE_PHRASES,
  // ---- weak copyleft
  {
    id: 'MPL-2.0',
    kind: 'weak',
    all: ['mozilla public license version 2 0', 'covered software'],
    words: 2700,
  },
  {
    id: 'MPL-2.0',
    kind: 'weak',
    all: [
      [
        'subject to the terms of the mozilla public license v 2 0',
        'subject to the terms of the mozilla public license version 2 0',
      ],
    ],
    none: ['covered software'],
    notice: true,
  },
  {
    id: 'MPL-1.1',
    kind: 'weak',
    all: [['mozilla public license version 1 1', 'mozilla public license 1 1']],
  },
  {
    id: 'EPL-1.0',
    kind: 'weak',
    all: [['eclipse public license v 1 0', 'eclipse public license version 1 0']],
  },
  {
    id: 'EPL-2.0',
    kind: 'weak',
    all: [
      ['eclipse public license v 2 0', 'eclipse public license version 2 0', 'eclipse public license 2 0'],
    ],
  },
  {
    id: 'CDDL-1.0',
    kind: 'weak',
    all: ['common development and distribution license', ['version 1 0', 'cddl 1 0']],
  },
  {
    id: 'EUPL-1.2',
    kind: 'weak',
    all: ['european union public license', ['v 1 2', 'version 1 2', 'eupl 1 2']],
  },
  {
    id: 'EUPL-1.1',
    kind: 'weak',
    all: ['european union public license', ['v 1 1', 'version 1 1', 'eupl 1 1']],
    none: ['v 1 2', 'version 1 2', 'eupl 1 2'],
  },
  {
    id: 'LGPL-2.0',
    kind: 'weak',
    all: ['gnu library general public license version 2 june 1991'],
    words: 4500,
  },
  {
    id: 'LGPL-2.1',
    kind: 'weak',
    all: ['gnu lesser general public license version 2 1 february 1999'],
    words: 4700,
  },
  {
    id: 'LGPL-3.0',
    kind: 'weak',
    all: ['gnu lesser general public license version 3 29 june 2007'],
  },
  {
    id: 'LGPL-3.0-or-later',
    kind: 'weak',
    all: [
      ['gnu lesser general public license as published by the free software foundation'],
      ['version 3'],
      LATER,
    ],
    none: ['gnu lesser general public license version 2 1 february 1999', 'version 2 1 of the license'],
    notice: true,
  },
  {
    id: 'LGPL-2.1-or-later',
    kind: 'weak',
    all: [
      ['gnu lesser general public license as published by the free software foundation'],
      'version 2 1 of the license',
      LATER,
    ],
    none: ['gnu lesser general public license version 2 1 february 1999'],
    notice: true,
  },
  // ---- strong copyleft
  { id: 'GPL-2.0', kind: 'strong', all: ['gnu general public license version 2 june 1991'], words: 3100 },
  { id: 'GPL-3.0', kind: 'strong', all: ['gnu general public license version 3 29 june 2007'], words: 5800 },
  {
    id: 'AGPL-3.0',
    kind: 'strong',
    all: ['gnu affero general public license version 3 19 november 2007'],
    words: 5800,
  },
  {
    id: 'GPL-3.0-or-later',
    kind: 'strong',
    all: [
      'gnu general public license as published by the free software foundation',
      'version 3 of the license',
      LATER,
    ],
    none: ['gnu general public license version 3 29 june 2007'],
    notice: true,
  },
  {
    id: 'GPL-2.0-or-later',
    kind: 'strong',
    all: [
      'gnu general public license as published by the free software foundation',
      'version 2 of the license',
      LATER,
    ],
    none: ['gnu general public license version 2 june 1991'],
    notice: true,
  },
  {
    id: 'AGPL-3.0-or-later',
    kind: 'strong',
    all: [
      'gnu affero general public license as published by the free software foundation',
      'version 3',
      LATER,
    ],
    none: ['gnu affero general public license version 3 19 november 2007'],
    notice: true,
  },
  {
    id: 'AGPL-3.0-only',
    kind: 'strong',
    all: ['gnu affero general public license', ['version 3', 'v3 0', 'agplv3']],
    none: [...LATER, 'gnu affero general public license version 3 19 november 2007', 'november 2007'],
    notice: true,
  },
  // ---- source-available
  {
    id: 'BUSL-1.1',
    kind: 'source-available',
    all: ['business source license', ['additional use grant', 'change date', 'bsl 1 1', 'license 1 1']],
  },
  { id: 'SSPL-1.0', kind: 'source-available', all: ['server side public license', ['version 1', 'sspl']] },
  {
    id: 'Elastic-2.0',
    kind: 'source-available',
    all: [
      [
        'elastic license 2 0',
        'elastic license v2',
        'you may not provide the software to third parties as a hosted or managed service',
      ],
    ],
  },
  {
    id: 'LicenseRef-FSL-1.1',
    kind: 'source-available',
    all: ['functional source license version 1 1'],
  },
  {
    id: 'LicenseRef-RSAL-2.0',
    kind: 'source-available',
    all: [['redis source available license', 'rsalv2']],
  },
  {
    id: 'LicenseRef-Confluent-Community-1.0',
    kind: 'source-available',
    all: ['confluent community license agreement'],
  },
  { id: 'LicenseRef-Timescale', kind: 'source-available', all: ['timescale license agreement'] },
  { id: 'LicenseRef-Sustainable-Use', kind: 'source-available', all: ['sustainable use license'] },
  { id: 'LicenseRef-Fair-Core', kind: 'source-available', all: ['fair core license'] },
  {
    id: 'PolyForm-Noncommercial-1.0.0',
    kind: 'source-available',
    all: ['polyform noncommercial license 1 0 0'],
  },
  {
    id: 'PolyForm-Small-Business-1.0.0',
    kind: 'source-available',
    all: ['polyform small business license 1 0 0'],
  },
  { id: 'LicenseRef-PolyForm-Shield', kind: 'source-available', all: ['polyform shield license 1 0 0'] },
  {
    id: 'LicenseRef-Commons-Clause',
    kind: 'source-available',
    all: ['commons clause', 'the license does not grant to you the right to sell the software'],
  },
  // ---- content
  {
    id: 'CC-BY-4.0',
    kind: 'content',
    all: [['creative commons attribution 4 0 international', 'attribution 4 0 international']],
  },
  {
    id: 'CC-BY-SA-4.0',
    kind: 'content',
    all: [['attribution sharealike 4 0 international', 'attribution share alike 4 0 international']],
  },
  {
    id: 'CC-BY-NC-4.0',
    kind: 'content',
    all: [['attribution noncommercial 4 0 international', 'attribution non commercial 4 0 international']],
  },
  { id: 'CC-BY-NC-SA-4.0', kind: 'content', all: ['attribution noncommercial sharealike 4 0 international'] },
  { id: 'CC-BY-ND-4.0', kind: 'content', all: ['attribution noderivatives 4 0 international'] },
  {
    id: 'CC-BY-NC-ND-4.0',
    kind: 'content',
    all: ['attribution noncommercial noderivatives 4 0 international'],
  },
  { id: 'CC-BY-3.0', kind: 'content', all: ['attribution 3 0 unported'] },
  { id: 'CC-BY-SA-3.0', kind: 'content', all: ['attribution sharealike 3 0 unported'] },
  {
    id: 'OGL-UK-3.0',
    kind: 'content',
    all: ['open government license', ['v3 0', 'version 3', 'v 3 0']],
  },
];

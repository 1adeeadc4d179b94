import type { LicencePhrases } from './recognise-phrases.ts';

const GRANT_MIT = 'permission is hereby granted free of charge to any person obtaining a copy';
const GRANT_ISC = [
  'permission to use copy modify and or distribute this software for any purpose with or without fee is hereby granted',
  'permission to use copy modify and distribute this software for any purpose with or without fee is hereby granted',
];
const BSD = 'redistribution and use in source and binary forms with or without modification are permitted';
const BSD_SOURCE = [
  'redistributions of source code must retain',
  'redistribution of source code must retain',
];
const BSD_BINARY = [
  'redistributions in binary form must reproduce',
  'redistribution in binary form must reproduce',
];
const BSD_NAME = ['to endorse or promote products', 'endorse or promote products derived'];

/** Permissive licences and dedications to the public domain. */
export const PERMISSIVE_PHRASES: readonly LicencePhrases[] = [
  // ---- permissive
  {
    id: 'MIT',
    kind: 'permissive',
    all: [
      GRANT_MIT,
      [
        'the above copyright notice and this permission notice',
        'the above copyright notice this permission notice',
      ],
      'the software is provided as is',
    ],
    none: [
      'shall be used for good not evil',
      'the name of the x consortium shall not be used',
      'except as contained in this notice the name',
    ],
    words: 175,
  },
  {
    id: 'X11',
    kind: 'permissive',
    all: [GRANT_MIT, 'except as contained in this notice the name', 'shall not be used in advertising'],
    words: 220,
  },
  {
    id: 'JSON',
    kind: 'source-available',
    all: [GRANT_MIT, 'shall be used for good not evil'],
    words: 190,
  },
  {
    id: 'MIT-0',
    kind: 'permissive',
    all: [GRANT_MIT, 'the software is provided as is'],
    none: [
      'the above copyright notice and this permission notice',
      'the above copyright notice this permission notice',
    ],
    words: 150,
  },
  {
    id: 'ISC',
    kind: 'permissive',
    all: [
      GRANT_ISC,
      'provided that the above copyright notice and this permission notice appear in all copies',
    ],
    words: 130,
  },
  {
    id: '0BSD',
    kind: 'permissive',
    all: [GRANT_ISC],
    none: ['provided that the above copyright notice'],
    words: 110,
  },
  {
    id: 'BSD-4-Clause',
    kind: 'permissive',
    all: [BSD, BSD_SOURCE, BSD_BINARY, 'all advertising materials mentioning features', BSD_NAME],
    words: 270,
  },
  {
    id: 'BSD-3-Clause',
    kind: 'permissive',
    all: [BSD, BSD_SOURCE, BSD_BINARY, BSD_NAME],
    none: [
      'all advertising materials mentioning features',
      'this product includes software developed by the apache',
    ],
    words: 235,
  },
  {
    id: 'BSD-2-Clause',
    kind: 'permissive',
    all: [BSD, BSD_SOURCE, BSD_BINARY],
    none: [...BSD_NAME, 'all advertising materials mentioning features'],
    words: 200,
  },
  {
    id: 'Apache-2.0',
    kind: 'permissive',
    all: [
      'apache license version 2 0 january 2004',
      'terms and conditions for use reproduction and distribution',
    ],
    words: 1750,
  },
  {
    id: 'Apache-2.0',
    kind: 'permissive',
    all: ['licensed under the apache license version 2 0'],
    notice: true,
  },
  {
    id: 'Apache-1.1',
    kind: 'permissive',
    all: [BSD, 'this product includes software developed by the apache'],
  },
  {
    id: 'Zlib',
    kind: 'permissive',
    all: [
      'in no event will the authors be held liable for any damages arising from the use of this software',
      'altered source versions must be plainly marked',
    ],
    words: 160,
  },
  { id: 'BSL-1.0', kind: 'permissive', all: ['boost software license version 1 0'], words: 240 },
  {
    id: 'PostgreSQL',
    kind: 'permissive',
    all: [
      'permission to use copy modify and distribute this software and its documentation for any purpose without fee and without a written agreement',
    ],
    words: 180,
  },
  {
    id: 'NCSA',
    kind: 'permissive',
    all: [
      [
        'subject to the following conditions redistributions of source code must retain the above copyright notice this list of conditions and the following disclaimers',
        'illinois ncsa open source license',
      ],
    ],
  },
  {
    id: 'UPL-1.0',
    kind: 'permissive',
    all: ['the universal permissive license upl version 1 0'],
    words: 320,
  },
  { id: 'BlueOak-1.0.0', kind: 'permissive', all: ['blue oak model license'], words: 340 },
  {
    id: 'MulanPSL-2.0',
    kind: 'permissive',
    all: [
      ['mulan permissive software license version 2', 'mulan permissive software license v2', 'mulan psl v2'],
    ],
  },
  { id: 'PSF-2.0', kind: 'permissive', all: ['python software foundation license version 2'] },
  {
    id: 'WTFPL',
    kind: 'permissive',
    all: ['do what the fuck you want to public license'],
    words: 90,
  },
  { id: 'Artistic-2.0', kind: 'permissive', all: ['the artistic license 2 0'] },
  {
    id: 'Artistic-1.0',
    kind: 'permissive',
    all: ['the artistic license'],
    none: ['the artistic license 2 0'],
  },
  {
    id: 'Ruby',
    kind: 'permissive',
    all: ['you may make and give away verbatim copies of the source form of the software'],
  },
  {
    id: 'OFL-1.1',
    kind: 'weak',
    all: [['sil open font license version 1 1', 'sil open font license v1 1']],
    words: 720,
  },
  // ---- public domain
  {
    id: 'Unlicense',
    kind: 'public-domain',
    all: ['this is free and unencumbered software released into the public domain'],
    words: 230,
  },
  {
    id: 'CC0-1.0',
    kind: 'public-domain',
    all: [['cc0 1 0 universal', 'creative commons cc0 1 0', 'creative commons zero v1 0']],
    words: 1250,
  },
];

import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { reportExtras } from '../../verbs/know/report.ts';
import type { Snapshot } from '../../model/result.ts';
import { emptySnapshot, largeSnapshot, richSnapshot } from '../testing/samples.ts';
import { advisoryOf, findingOf, inventoryOf, snapshotOf } from '../testing/snapshot.ts';
import { htmlReport } from './index.ts';

const report = (snapshot: Snapshot): string => htmlReport(snapshot, reportExtras(snapshot));

/** One element at a time: name, attributes as written, whether it closes. Enough for markup that we make ourselves. */
function* tagsOf(html: string): Generator<{ name: string; attributes: string; closes: boolean }> {
  const bare = html.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '<$1></$1>');
  for (const [, slash, name, attributes] of bare.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/gi))
    yield { name: name!, attributes: attributes!, closes: slash === '/' };
}

const attributesNamed = (html: string, name: string): string[] =>
  [...tagsOf(html)].flatMap(
    ({ attributes }) => new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1] ?? [],
  );

test.for([
  ['rich', richSnapshot()],
  ['empty', emptySnapshot()],
  ['large', largeSnapshot(400)],
] as const)(
  '%s: tags are balanced, ids are unique, and what is linked to on the page is there',
  ([, snapshot]) => {
    const html = report(snapshot);
    const open: string[] = [];
    const wrong: (string | undefined)[] = [];
    for (const { name, attributes, closes } of tagsOf(html)) {
      if (closes) wrong.push(...[open.pop()].filter((opened) => opened !== name));
      else if (!attributes.endsWith('/') && !/^(?:meta|input|col|br)$/.test(name)) open.push(name);
    }
    expect([...open, ...wrong]).toEqual([]);
    const ids = attributesNamed(html, 'id');
    expect(new Set(ids).size).toBe(ids.length);
    for (const list of ['aria-labelledby', 'aria-describedby'])
      for (const id of attributesNamed(html, list)) expect(ids).toContain(id);
  },
);

test('the policy admits exactly the one style sheet and the one script', () => {
  const html = report(richSnapshot());
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const [, style] = /<style>([\s\S]*?)<\/style>/.exec(html)!;
  const [, script] = /<script>([\s\S]*?)<\/script>/.exec(html)!;
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(html)!;
  expect(policy!.replaceAll('&#39;', "'").split(';')).toEqual([
    "default-src 'none'",
    `style-src ${hash(style!)}`,
    `script-src ${hash(script!)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  expect(html.match(/<style/g)).toHaveLength(1);
  expect(html.match(/<script/g)).toHaveLength(1);
});

test('on paper a long inventory is left out and counted, a short one is there', () => {
  const note = /<p class="paper">[^<]*<\/p>/;
  expect(report(largeSnapshot(400))).toMatch(
    /<p class="paper">The 4\d\d components are left out on paper: the page lists them, and so does the SBOM\.<\/p>/,
  );
  expect(report(richSnapshot())).not.toMatch(note);
});

test('nothing is fetched, nothing runs from an attribute, and links lead to http(s) or within the page', () => {
  for (const html of [report(richSnapshot()), report(hostile())])
    for (const { name, attributes } of tagsOf(html)) {
      expect(['iframe', 'img', 'link', 'object', 'embed', 'base', 'video', 'image', 'use']).not.toContain(
        name,
      );
      expect(attributes.replace(/"[^"]*"/g, '""')).not.toMatch(
        /\s(?:on[a-z]+|src|srcset|style|action|xlink:href)=/i,
      );
      const href = /\shref="([^"]*)"/.exec(attributes)?.[1] ?? '#';
      expect(href).toMatch(/^(?:#|https?:\/\/)/);
    }
});

test('hostile names stay text', () => {
  const html = report(hostile());
  expect(html).not.toContain('<script>alert');
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).toContain('&quot; onload=&quot;x');
  expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  expect(html).not.toContain('\u001b');
  expect(html).not.toContain('javascript:alert(2)"');
  expect(html).toContain('<bdi>חבילה');
});

test('what to do comes first; what was not seen, the starter set and the age of data are said', () => {
  const html = report(richSnapshot());
  const order = [...html.matchAll(/<section id="([a-z]+)"/g)].map(([, id]) => id);
  expect(order).toEqual([
    'result',
    'actions',
    'cost',
    'findings',
    'why',
    'map',
    'inventory',
    'licences',
    'decisions',
    'problems',
    'sources',
  ]);
  expect(html).toContain('not checked: 1 PyPI component');
  expect(html).toContain('1 problem means that this report is not whole');
  expect(html).toContain('<td data-l="Newest">2026-11-20</td><td data-l="Age">1 day</td>');
  expect(html).not.toContain('pass@');
  expect(html).toContain('npm update lodash');
  expect(report(emptySnapshot())).toContain('starter set: 61 advisories');
});

test('every finding and every component has its row, in order, without scripts', () => {
  const snapshot = largeSnapshot(1000);
  const html = report(snapshot);
  const rows = html.match(/<tr [^>]*data-o/g) ?? [];
  expect(rows).toHaveLength(snapshot.findings.length + snapshot.inventory.components.length);
  expect(html).toContain('Components, 901 to 1,000 of 1,000');
});

test('the same snapshot gives the same bytes, and 3,000 components fit in 1.5 MB', () => {
  const html = report(largeSnapshot(3000));
  expect(Buffer.byteLength(html)).toBeLessThan(1_500_000);
  expect(report(largeSnapshot(3000))).toBe(html);
});

/** Names that try everything. */
function hostile(): Snapshot {
  const names = [
    '<script>alert(1)</script>',
    '" onload="x',
    "'><img src=x onerror=alert(1)>",
    'javascript:alert(2)',
    'חבילה',
    'a\u202Egpj.exe',
    'b\u001b[31m',
    '__proto__',
    '</style><style>*{}',
    ']]>--><!--',
  ];
  const inventory = inventoryOf(
    [
      {
        path: 'x/"><script>/package-lock.json',
        places: names.map((name, n) => ({
          what: `${name}@1.0.0`,
          direct: n < 3 ? 'yes' : 'no',
          asks: n + 1 < names.length ? [[`${names[n + 1]!}@1.0.0`, 'prod' as const]] : [],
        })),
      },
    ],
    { '" onload="x@1.0.0': { deprecated: '<b>old</b>', licences: ['<i>MIT</i>'] } },
  );
  const findings = names.map((name) =>
    findingOf(
      inventory,
      `${name}@1.0.0`,
      [
        advisoryOf(`CVE-2024-1<${name}`, {
          summary: name,
          references: [{ type: 'WEB', url: 'javascript:alert(2)' }],
        }),
      ],
      { reasons: [{ code: 'x', text: `\`${name}\` is <b>`, effect: 'sets' }], hint: name },
    ),
  );
  return snapshotOf(inventory, findings, {
    target: { name: '<script>alert(1)</script>', kind: 'worktree' },
    problems: [
      { code: 'a/<b>', message: '<script>alert(1)</script>', at: { path: '"><script>' }, lost: true },
    ],
  });
}

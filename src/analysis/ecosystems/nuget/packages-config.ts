import type { Extractor } from '../../../model/extractor.ts';
import { baseName } from '../../text/paths.ts';
import { childrenOf, parseXml } from '../../text/xml.ts';

/** packages.config of older .NET projects. https://learn.microsoft.com/nuget/reference/packages-config */
export const packagesConfig: Extractor = {
  id: 'nuget/packages-config',
  version: 1,
  ecosystem: 'NuGet',
  title: 'NuGet packages.config',
  files: ['packages.config', 'packages.*.config'],
  notes: [
    'Every installed package at its exact version; `developmentDependency="true"` is development.',
    'Direct and indirect packages stand side by side, so which is which, and who asks for whom, is not known.',
  ].join('\n'),
  claims: (path) => /^packages(\.[^/]+)?\.config$/.test(baseName(path)),
  extract({ path, text }) {
    const { root, problems } = parseXml(text, path);
    const isMeant = root === undefined || root.name === 'packages';
    const found = childrenOf(isMeant ? root : undefined, 'package');
    const whole = found.filter(({ attributes }) => attributes.get('id') && attributes.get('version'));
    const bad = found.find(({ attributes }) => !attributes.get('id') || !attributes.get('version'));
    const lost = (code: string, message: string, line: number) => ({
      code,
      message,
      at: { path, line },
      lost: true,
    });
    return {
      role: 'lock',
      components: whole.map(({ attributes, line }) => ({
        name: attributes.get('id')!,
        version: attributes.get('version')!,
        origin: 'registry',
        line,
        scopes: [attributes.get('developmentDependency')?.toLowerCase() === 'true' ? 'dev' : 'prod'],
      })),
      edges: [],
      edgesKnown: false,
      covers: [],
      observations: [],
      problems: [
        ...problems,
        ...(isMeant
          ? []
          : [
              lost(
                'file/unexpected-shape',
                `expected <packages>, found <${root.name.slice(0, 40)}>`,
                root.line,
              ),
            ]),
        ...(bad === undefined
          ? []
          : [
              lost(
                'nuget/malformed-package',
                `${found.length - whole.length} without id or version`,
                bad.line,
              ),
            ]),
      ],
    };
  },
};

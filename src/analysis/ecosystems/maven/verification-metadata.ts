import type { ExtractedComponent, Extractor, Observation } from '../../../model/extractor.ts';
import { baseName, folderOf } from '../../text/paths.ts';
import { childOf, childrenOf, parseXml, type XmlElement } from '../../text/xml.ts';

/** Gradle's checksums of everything that a build downloads. https://docs.gradle.org/current/userguide/dependency_verification.html */
export const verificationMetadata: Extractor = {
  id: 'maven/verification-metadata',
  version: 1,
  ecosystem: 'Maven',
  title: 'Gradle dependency verification',
  files: ['gradle/verification-metadata.xml'],
  notes: [
    'Every component with its strongest checksums. The file grows with each upgrade and also holds plugins and what tests need, so it may list versions that are no longer used.',
    'It does not say which components are direct, what they are for, nor who asks for whom.',
  ].join('\n'),
  claims: (path) => baseName(path) === 'verification-metadata.xml' && baseName(folderOf(path)) === 'gradle',
  extract({ path, text }) {
    const { root, problems } = parseXml(text, path);
    const isMeant = root === undefined || root.name === 'verification-metadata';
    const components: ExtractedComponent[] = [];
    const weak: ExtractedComponent[] = [];
    let bad = 0;
    let firstBad = 0;
    for (const found of childrenOf(childOf(isMeant ? root : undefined, 'components'), 'component')) {
      const [group, name, version] = ['group', 'name', 'version'].map(
        (key) => found.attributes.get(key) ?? '',
      );
      if (!group || !name || !version) {
        if (bad++ === 0) firstBad = found.line;
        continue;
      }
      const { integrity, isWeak } = checksums(found);
      const component: ExtractedComponent = {
        name: `${group}:${name}`,
        version,
        origin: 'registry',
        line: found.line,
        ...(integrity === '' ? {} : { integrity }),
      };
      components.push(component);
      if (isWeak) weak.push(component);
    }
    const lost = (code: string, message: string, line: number) => ({
      code,
      message,
      at: { path, line },
      lost: true,
    });
    return {
      role: 'lock',
      components,
      edges: [],
      edgesKnown: false,
      covers: [],
      observations: weak.length === 0 ? [] : [weakness(weak)],
      problems: [
        ...problems,
        ...(isMeant
          ? []
          : [
              lost(
                'file/unexpected-shape',
                `expected <verification-metadata>, found <${root.name.slice(0, 40)}>`,
                root.line,
              ),
            ]),
        ...(bad === 0
          ? []
          : [
              lost(
                'maven/malformed-lock',
                `${bad} component${bad === 1 ? '' : 's'} without group, name or version`,
                firstBad,
              ),
            ]),
      ],
    };
  },
};

const STRENGTH = ['sha512', 'sha256', 'sha1', 'md5'];

/** The strongest checksum of each artifact, sorted. Weak when some artifact has only broken hashes and no signature key. */
function checksums(component: XmlElement): { readonly integrity: string; readonly isWeak: boolean } {
  const found = new Set<string>();
  let isWeak = false;
  for (const artifact of childrenOf(component, 'artifact')) {
    const kind = STRENGTH.find((name) => childOf(artifact, name) !== undefined);
    if (kind === undefined) continue;
    if ((kind === 'sha1' || kind === 'md5') && childOf(artifact, 'pgp') === undefined) isWeak = true;
    const value = childOf(artifact, kind)!.attributes.get('value');
    if (value) found.add(`${kind}:${value}`);
  }
  return { integrity: [...found].sort().join(' '), isWeak };
}

function weakness(weak: readonly ExtractedComponent[]): Observation {
  const names = [...new Set(weak.map(({ name }) => name))].sort();
  return {
    rule: 'lockfile/weak-integrity',
    message: `${names.length} component${names.length === 1 ? '' : 's'} verified by sha1 or md5 alone: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`,
    line: weak[0]!.line,
    hint: 'run `gradle --write-verification-metadata sha256 help`',
    names,
  };
}

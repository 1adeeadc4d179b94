import type { ExtractedComponent, Extractor } from '../../../model/extractor.ts';
import type { Observation } from '../../../model/extractor.ts';
import type { Problem } from '../../../model/problem.ts';
import { baseName } from '../../text/paths.ts';
import { readYamlMap, yamlAt, yamlEntries, yamlText } from '../../text/yaml.ts';
import { readDockerfile } from './dockerfile.ts';
import { computedImage, imageComponent, parseImage } from './image.ts';
import { floatingImages } from './observe.ts';
import { substitute } from './variables.ts';

/** Compose files. https://docs.docker.com/reference/compose-file/ */
export const compose: Extractor = {
  id: 'docker/compose',
  version: 1,
  ecosystem: 'Docker',
  title: 'Docker Compose',
  files: ['docker-compose*.yml', 'compose*.yaml'],
  notes:
    'The `image` of every service that is not built here, with `${NAME:-default}` filled in, and images of inline Dockerfiles. ' +
    'Compose files seldom describe production: the scope is `dev`. An image that only the environment names is a problem that costs nothing.',
  claims: (path) => /^(?:docker-)?compose(?:[._-].+)?\.ya?ml$/i.test(baseName(path)),
  extract: ({ path, text }) => {
    const { root, problems: found } = readYamlMap(text, path);
    const problems: Problem[] = [...found];
    const components: ExtractedComponent[] = [];
    const observations: Observation[] = [];
    // Version 1 of the format has the services at the top.
    const services = yamlAt(root, 'services') ?? (yamlAt(root, 'version') === undefined ? root : undefined);
    for (const [, { value: service }] of yamlEntries(services)) {
      const inline = yamlAt(yamlAt(service, 'build'), 'dockerfile_inline');
      if (inline?.kind === 'scalar') {
        // The text of a literal scalar begins on the line after its key.
        const nested = readDockerfile(
          path,
          inline.text,
          inline.style === 'block' ? inline.line : inline.line - 1,
        );
        components.push(...nested.components);
        problems.push(...nested.problems);
      }
      const image = yamlAt(service, 'image');
      const written = yamlText(image);
      // With `build` the image is what the service is called once built.
      if (image === undefined || written === undefined || yamlAt(service, 'build') !== undefined) continue;
      const filled = substitute(written.replaceAll('$$', '\u0000'), () => undefined)?.replaceAll(
        '\u0000',
        '$',
      );
      const reference = filled === undefined ? undefined : parseImage(filled);
      const component =
        reference === undefined
          ? computedImage(written, image.line, 'dev')
          : imageComponent(reference, image.line, 'dev');
      if (component !== undefined) components.push(component);
      if (reference === undefined)
        problems.push({
          code: filled === undefined ? 'docker/unresolved-argument' : 'docker/not-an-image',
          message:
            filled === undefined
              ? 'an image is chosen by the environment: a variable has no default'
              : 'not an image name',
          at: { path, line: image.line },
          ...(filled === undefined ? {} : { lost: true }),
        });
    }
    observations.push(...floatingImages(components));
    return { role: 'use', components, edges: [], edgesKnown: true, covers: [], observations, problems };
  },
};

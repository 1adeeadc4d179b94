import type { Component } from '../../model/component.ts';
import { ecosystemOf } from '../ecosystems/index.ts';

/**
 * Indices of the components that a person means by `text`, ascending: `NAME`, `NAME@VERSION`, `NAME@RANGE`
 * (in the ecosystem's own syntax) or a purl, with or without version. Names are compared as the ecosystem normalises them.
 */
export function componentsAsked(components: readonly Component[], text: string): number[] {
  if (text.startsWith('pkg:'))
    return matching(components, ({ purl }) => purl === text || purl.startsWith(`${text}@`));
  const at = text.lastIndexOf('@');
  // The first letter may be the `@` of a scope.
  const name = at > 0 ? text.slice(0, at) : text;
  const wanted = at > 0 ? text.slice(at + 1) : undefined;
  return matching(components, (component) => {
    const ecosystem = ecosystemOf(component.ecosystem);
    if (component.name !== name && component.name !== ecosystem.normaliseName(name)) return false;
    if (wanted === undefined || component.version === wanted) return true;
    return component.version !== '' && ecosystem.versions.satisfies(component.version, wanted) === true;
  });
}

function matching(components: readonly Component[], holds: (component: Component) => boolean): number[] {
  return [...components.keys()].filter((index) => holds(components[index]!));
}

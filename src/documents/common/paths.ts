import type { Finding } from '../../model/finding.ts';

/** The dependency paths that a finding carries as evidence, root first. */
export function pathsOf(
  finding: Finding,
): readonly { readonly manifest: string; readonly steps: readonly string[] }[] {
  return finding.evidence.flatMap((piece) =>
    piece.kind === 'path' ? [{ manifest: piece.manifest, steps: piece.components }] : [],
  );
}

/** `pkg:npm/%40a/b@1.2.3?x=y` → `@a/b@1.2.3`, for people. */
export function nameOf(purl: string): string {
  const bare = purl.replace(/[?#].*$/s, '');
  const rest = bare.slice(bare.indexOf('/') + 1);
  try {
    return decodeURIComponent(rest);
  } catch {
    return rest;
  }
}

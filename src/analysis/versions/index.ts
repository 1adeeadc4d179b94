import type { VersionScheme } from '../../model/ecosystem.ts';

/** Compares dot-separated parts, numbers as numbers. Placeholder order for kinds without a scheme of their own. */
export const generic: VersionScheme = {
  id: 'generic',
  compare(a, b) {
    const left = a.split(/[.\-+_]/);
    const right = b.split(/[.\-+_]/);
    for (let i = 0; i < Math.max(left.length, right.length); i++) {
      const x = left[i] ?? '';
      const y = right[i] ?? '';
      if (x === y) continue;
      const numeric = /^\d+$/.test(x) && /^\d+$/.test(y);
      if (numeric) {
        const p = x.replace(/^0+(?=\d)/, '');
        const q = y.replace(/^0+(?=\d)/, '');
        if (p.length !== q.length) return p.length - q.length;
        if (p !== q) return p < q ? -1 : 1;
      } else return x < y ? -1 : 1;
    }
    return 0;
  },
  isValid: (version) => version !== '',
  isPrerelease: () => false,
  satisfies: () => undefined,
};

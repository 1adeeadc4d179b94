import type { DisclosureRule } from '../../model/disclosure.ts';

/** Rules that one module makes, and how many they are. */
export interface RuleModule {
  readonly count: number;
  readonly rules: () => readonly DisclosureRule[];
}

/**
 * The rules of modules as one list, in this order. A module is asked for its rules when one of them is: a hook has hundreds of rules and
 * asks a few. Whoever goes through the list asks all.
 */
export function lazyRules(modules: readonly RuleModule[]): readonly DisclosureRule[] {
  const starts: number[] = [];
  let length = 0;
  for (const { count } of modules) {
    starts.push(length);
    length += count;
  }
  const list: DisclosureRule[] = Array.from({ length });
  const fill = (module: number): void => {
    const start = starts[module]!;
    for (const [i, rule] of modules[module]!.rules().entries()) list[start + i] = rule;
  };
  const fillAll = (): void => {
    for (const module of modules.keys()) if (list[starts[module]!] === undefined) fill(module);
  };
  return new Proxy(list, {
    get: (_list, name, receiver) => {
      if (name === 'length') return length;
      const index = typeof name === 'string' ? Number(name) : NaN;
      if (!(index >= 0 && index < length)) fillAll();
      else if (list[index] === undefined) fill(starts.findLastIndex((start) => start <= index));
      return Reflect.get(list, name, receiver) as unknown;
    },
    has: (_list, name) => {
      fillAll();
      return Reflect.has(list, name);
    },
    ownKeys: () => {
      fillAll();
      return Reflect.ownKeys(list);
    },
  });
}

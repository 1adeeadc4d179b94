import type { DisclosureRule, Find, Window } from '../../../model/disclosure.ts';
import { alphabetOf, DIGITS, HEX } from '../rules/form/alphabets.ts';
import { allBut, beside, type Sieves } from '../rules/form/sieves.ts';
import { isExample, isRemark, REMARK, settleAddress } from './examples.ts';

const SECOND = Array.from({ length: 16 }, (_, i) => `172.${16 + i}.`);

/**
 * Addresses of RFC 1918 and of RFC 4193 (unique local IPv6). Those of documentation (RFC 5737), loopback and link-local ones
 * tell nothing; nor do the defaults that everybody's router and container has.
 */
export const privateAddress: DisclosureRule = {
  id: 'private-address',
  title: 'Private network address',
  kind: 'internal-address',
  keywords: ['192.168.', ...SECOND, '10.', '[fd'],
  sieve: (keyword) => (keyword === '[fd' ? SIX : keyword === '10.' ? TEN : OTHERS),
  gate: (bytes, start, end, from, to) =>
    bytes[start] === 0x5b ? isBracketed(bytes, end, to) : isQuad(bytes, start, from, to),
  find: findAddress,
  settle: settleAddress,
  advice: 'Move it to configuration that is not published, and decide whether the history may show it.',
};

const SIX: Sieves = [[{ side: 'after', run: HEX, least: 2, most: 2, follows: alphabetOf(':') }]];
/** Behind `10.` come three numbers; one at least behind the others. */
const [TEN, OTHERS] = [3, 1].map((least): Sieves => [
  [
    beside('before', allBut(alphabetOf('0-9A-Za-z_.+-'))),
    { side: 'after', run: alphabetOf('0-9.'), counted: DIGITS, least, most: 16 },
  ],
]) as [Sieves, Sieves];

/** Four numbers and three full stops from `start` on, that are no part of something longer. */
const isQuad = (bytes: Uint8Array, start: number, from: number, to: number): boolean => {
  const before = start > from ? bytes[start - 1]! : 0;
  if (isWordByte(before) || before === 0x2e || before === 0x2d || before === 0x2b) return false;
  let stops = 0;
  let digits = 0;
  let i = start;
  for (; i < to && i < start + 16; i++) {
    const unit = bytes[i]!;
    if (unit >= 0x30 && unit <= 0x39) {
      if (++digits > 3) return false;
    } else if (unit === 0x2e && digits > 0 && stops < 3) {
      stops++;
      digits = 0;
    } else break;
  }
  const after = i < to ? bytes[i]! : 0;
  return (
    stops === 3 &&
    digits > 0 &&
    !isWordByte(after) &&
    !(after === 0x2d) &&
    !(after === 0x2e && i + 1 < to && isWordByte(bytes[i + 1]!))
  );
};

/** `[fd12:…]`: two more hexadecimal digits and a colon. */
const isBracketed = (bytes: Uint8Array, end: number, to: number): boolean =>
  end + 3 < to && isHex(bytes[end]!) && isHex(bytes[end + 1]!) && bytes[end + 2] === 0x3a;

function findAddress({ text, start, keyword }: Window): readonly Find[] {
  if (keyword === '[fd') {
    const six = /\[(fd[0-9a-f]{2}:[0-9a-f:]{1,34})(?:%\w{1,16})?\]/iy;
    six.lastIndex = start;
    const found = six.exec(text)?.[1];
    if (found === undefined) return [];
    return [
      {
        start: start + 1,
        end: start + 1 + found.length,
        tier: 'likely',
        reasons: ['unique local address of IPv6'],
      },
    ];
  }
  const quad = /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/y;
  quad.lastIndex = start;
  const found = quad.exec(text)?.[0];
  if (found === undefined) return [];
  const parts = found.split('.').map(Number);
  const end = start + found.length;
  // Leading zeros and numbers above 255: a version. A network with its mask names no host.
  if (parts.some((part) => part > 255) || /(?:^|\.)0\d/.test(found) || isCommon(parts)) return [];
  const mask = /^\/(\d{1,2})(?!\d)/.exec(text.slice(end, end + 4))?.[1];
  if (mask !== undefined && (parts[3] === 0 || Number(mask) <= 8)) {
    if (parts[2] === 0 && parts[1] === 0) return [];
    return [{ start, end, tier: 'possible', reasons: ['a private range (RFC 1918)'] }];
  }
  if (isVersion(text, start, end)) return [];
  const before = text.slice(Math.max(0, start - 64), start);
  const used =
    /:\/\/(?:[^\s/@]{1,60}@)?$|(?:host|hostname|server|addr|address|ip|ipaddr|gateway|dns|proxy|endpoint|bind|ssh|url|peer|node|master|db)["'\]]?\s{0,3}(?:=|:|=>|\s)\s{0,3}["']?$/i.test(
      before,
    ) || /^:\d{2,5}(?!\d)/.test(text.slice(end, end + 6));
  // Between a machine of Vagrant and the one it runs on: `config.vm.network "private_network", ip: "…"`.
  const isVirtual = /\bprivate_network\b/.test(before);
  return used && !isUsual(parts) && !isVirtual && !isExample(before)
    ? [
        {
          start,
          end,
          tier: 'likely',
          reasons: [
            'private address (RFC 1918)',
            'used as the address of a host',
            ...(isRemark(text, start) ? [REMARK] : []),
          ],
        },
      ]
    : [{ start, end, tier: 'possible', reasons: ['private address (RFC 1918)'] }];
}

/** Whole ranges, and the first hosts of the networks that home routers, containers and virtual machines come with. */
function isCommon([first, second, third, fourth]: readonly number[]): boolean {
  if (first === 10 && second === 0 && third === 0) return true;
  if (first === 10 && second === 0 && third === 2 && (fourth === 2 || fourth === 15)) return true;
  if (first === 10 && second === third && third === fourth) return true;
  if (
    first === 10 &&
    ((second === 10 && third === 10) ||
      (second === 10 && third === 1 && fourth === 10) ||
      (second === 10 && third === fourth) ||
      (second === 1 && third === 1) ||
      (second === 1 && third === 2 && fourth === 3) ||
      (second === 20 && third === 30 && fourth === 40))
  )
    return true;
  if (first === 172 && second === 17 && third === 0 && fourth! <= 1) return true;
  if (first === 172 && second === 16 && third === 0 && fourth! <= 1) return true;
  if (
    first === 192 &&
    (third === 0 || third === 1) &&
    (fourth! <= 2 || fourth === 100 || fourth === 10 || fourth === 254 || fourth === 255)
  )
    return true;
  return first === 192 && third === 99 && fourth === 100;
}

/**
 * Networks that containers and virtual machines choose by themselves, and the first hosts of those that most homes have: Docker's bridges,
 * Vagrant's example and Homestead, VirtualBox, Fritz!Box, libvirt, LXC, minikube, Kubernetes' services, flannel's pods, Docker Desktop's
 * machine, OpenVPN's example. They name no network of an organisation.
 */
function isUsual([first, second, third, fourth]: readonly number[]): boolean {
  if (first === 172) return (third === 0 && fourth! < 32) || (second === 17 && third === 42 && fourth === 1);
  if (first === 192)
    return (
      third === 33 ||
      third === 49 ||
      (third === 10 && fourth === 10) ||
      third === 56 ||
      third === 59 ||
      third === 99 ||
      third === 122 ||
      (third === 178 && fourth! < 32) ||
      (third! < 2 && fourth! < 32)
    );
  return (
    second === 244 ||
    (second === 96 && third === 0) ||
    (second === 8 && third === 0 && fourth! < 32) ||
    (second === 0 && (third! < 2 || third === 3 || third === 75) && fourth! < 32)
  );
}

/** `"version": "10.0.19.1"`, `v 10.1.2.3`. */
const isVersion = (text: string, start: number, end: number): boolean =>
  /(?:version|release|\bver|assembly|\bv|[~^<>]=?|runtime|sdk|chrome\/|windows nt|build)["':=\s(]{0,6}$/i.test(
    text.slice(Math.max(0, start - 40), start),
  ) || /^["']?\s{0,2}\)?\s?(?:version|release)/i.test(text.slice(end, end + 16));

const isWordByte = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || ((unit | 32) >= 0x61 && (unit | 32) <= 0x7a) || unit === 0x5f;
const isHex = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || ((unit | 32) >= 0x61 && (unit | 32) <= 0x66);

import { open, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { AssayError } from '../../model/problem.ts';

export interface DownloadOptions {
  readonly signal: AbortSignal;
  /** Most bytes that are taken; the stated length counts before the first byte does. */
  readonly limit: number;
  /** Longest silence before giving up, in milliseconds. */
  readonly idleMs?: number;
  readonly onProgress?: (received: number, total: number | undefined) => void;
}

const IDLE_MS = 60_000;

/**
 * Downloads a URL into a file. AssayError: `http/bad-url`, `http/status`, `http/too-large`, `http/truncated`, `http/timeout`, `http/unreachable`;
 * the signal's own reason when it is aborted. Nothing is left behind on failure.
 */
export async function download(
  url: string,
  path: string,
  options: DownloadOptions,
): Promise<{ readonly bytes: number }> {
  // Opened first: a stream that opens by itself may do so after a failure has tidied up.
  const file = (await open(path, 'wx')).createWriteStream();
  // Without a listener a full disk would end the process; the write below reports it.
  const failed = new Promise<never>((_, reject) => file.once('error', reject));
  failed.catch(() => {});
  try {
    const bytes = await receive(url, options, async (chunk) => {
      if (!file.write(chunk)) await Promise.race([once(file, 'drain'), failed]);
    });
    file.end();
    await Promise.race([once(file, 'finish'), failed]);
    return { bytes };
  } catch (error) {
    file.destroy();
    if (!file.closed) await once(file, 'close');
    await rm(path, { force: true });
    throw error;
  }
}

/** Downloads a URL into memory, at most `options.limit` bytes. Fails as `download` does. */
export async function downloadBytes(url: string, options: DownloadOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  await receive(url, options, (chunk) => {
    chunks.push(chunk);
    return undefined;
  });
  return Buffer.concat(chunks);
}

async function receive(
  url: string,
  { signal, limit, idleMs = IDLE_MS, onProgress }: DownloadOptions,
  take: (chunk: Uint8Array) => Promise<void> | undefined,
): Promise<number> {
  const address = parseUrl(url);
  signal.throwIfAborted();
  const silence = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const heard = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), idleMs);
  };
  heard();
  try {
    const response = await fetch(address, { signal: AbortSignal.any([signal, silence.signal]) });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new AssayError('http/status', `${url} answered ${response.status} ${response.statusText}`.trim());
    }
    const encoded = response.headers.has('content-encoding');
    const stated = Number(response.headers.get('content-length') ?? Number.NaN);
    const total = Number.isSafeInteger(stated) && !encoded ? stated : undefined;
    if (total !== undefined && total > limit) {
      await response.body.cancel();
      throw tooLarge(url, limit);
    }
    let received = 0;
    for await (const chunk of response.body) {
      heard();
      received += chunk.length;
      if (received > limit) throw tooLarge(url, limit);
      await take(chunk);
      onProgress?.(received, total);
    }
    if (total !== undefined && received !== total)
      throw new AssayError('http/truncated', `${url} ended after ${received} of ${total} bytes`, {
        hint: 'try again',
      });
    return received;
  } catch (error) {
    if (error instanceof AssayError) throw error;
    signal.throwIfAborted();
    if (silence.signal.aborted)
      throw new AssayError('http/timeout', `${url}: nothing came for ${idleMs / 1000} s`, {
        hint: 'try again, or name a mirror with `--from`',
      });
    throw new AssayError('http/unreachable', `${url} cannot be reached: ${causeOf(error)}`, {
      hint: 'is this machine offline, or behind a proxy? `--from` takes a folder or a file too',
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

function parseUrl(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || (address.protocol !== 'https:' && address.protocol !== 'http:'))
    throw new AssayError('http/bad-url', `${url} is no http or https address`);
  return address;
}

/** fetch says only "fetch failed"; why is one level down. */
function causeOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (inner as { code?: unknown } | null)?.code;
  if (typeof code === 'string') return code;
  return inner instanceof Error ? inner.message : String(inner);
}

const tooLarge = (url: string, limit: number): AssayError =>
  new AssayError('http/too-large', `${url} is larger than ${limit} bytes`);

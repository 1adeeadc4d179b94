import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Chromium is, as Debian and others call it; `undefined` where there is none. */
export const chromium: string | undefined = [
  process.env['CHROMIUM'] ?? 'chromium',
  'chromium-browser',
  'google-chrome',
].find((name) => spawnSync(name, ['--version'], { timeout: 20_000 }).status === 0);

type Answer = Readonly<Record<string, unknown>>;

/** What a page was opened with. */
export interface View {
  readonly width: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly print?: boolean;
  readonly forcedColours?: boolean;
  readonly scripts?: boolean;
}

/** A headless browser over its DevTools protocol, by Node's own WebSocket. https://chromedevtools.github.io/devtools-protocol/ */
export class Browser implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<
    number,
    { resolve: (answer: Answer) => void; reject: (error: Error) => void }
  >();
  readonly #listeners = new Set<(method: string, params: Answer, session: string) => void>();
  #next = 1;

  private constructor(process: ChildProcess, profile: string, socket: WebSocket) {
    this.#process = process;
    this.#profile = profile;
    this.#socket = socket;
    socket.addEventListener('message', (event) => this.#receive(String(event.data)));
  }

  static async start(): Promise<Browser> {
    if (chromium === undefined) throw new Error('no Chromium here');
    const profile = mkdtempSync(join(tmpdir(), 'assay-chromium-'));
    const child = spawn(
      chromium,
      [
        '--headless=new',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--remote-debugging-port=0',
        `--user-data-dir=${profile}`,
        'about:blank',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /DevTools listening on (ws:\S+)/.exec(said);
        if (found) resolve(found[1]!);
      });
      child.once('exit', () => reject(new Error(`Chromium ended: ${said.slice(-500)}`)));
    });
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', reject, { once: true });
    });
    return new Browser(child, profile, socket);
  }

  /** Opens a file in a page of its own. Every request that leaves the file is noted. */
  async open(url: string, view: View): Promise<Page> {
    const { targetId } = (await this.send('Target.createTarget', { url: 'about:blank' })) as {
      targetId: string;
    };
    const { sessionId } = (await this.send('Target.attachToTarget', { targetId, flatten: true })) as {
      sessionId: string;
    };
    const page = new Page(this, sessionId, targetId);
    await page.prepare(view);
    await page.go(url);
    return page;
  }

  send(method: string, params: Answer = {}, session?: string): Promise<Answer> {
    const id = this.#next++;
    this.#socket.send(
      JSON.stringify({ id, method, params, ...(session === undefined ? {} : { sessionId: session }) }),
    );
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  on(listener: (method: string, params: Answer, session: string) => void): void {
    this.#listeners.add(listener);
  }

  #receive(text: string): void {
    const message = JSON.parse(text) as {
      id?: number;
      result?: Answer;
      error?: { message: string };
      method?: string;
      params?: Answer;
      sessionId?: string;
    };
    if (message.id === undefined) {
      for (const listener of this.#listeners)
        listener(message.method!, message.params ?? {}, message.sessionId ?? '');
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(new Error(message.error.message));
    else waiting?.resolve(message.result ?? {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

export class Page {
  readonly #browser: Browser;
  readonly #session: string;
  readonly #target: string;
  /** URLs that were asked for, and what the console said of errors (refused styles and scripts among them). */
  readonly requests: string[] = [];
  readonly complaints: string[] = [];
  #loaded: (() => void) | undefined;

  constructor(browser: Browser, session: string, target: string) {
    this.#browser = browser;
    this.#session = session;
    this.#target = target;
    browser.on((method, params, from) => {
      if (from !== session) return;
      if (method === 'Page.loadEventFired') this.#loaded?.();
      if (method === 'Network.requestWillBeSent')
        this.requests.push((params['request'] as { url: string }).url);
      if (method === 'Log.entryAdded') this.complaints.push((params['entry'] as { text: string }).text);
      if (method === 'Runtime.exceptionThrown')
        this.complaints.push(JSON.stringify((params['exceptionDetails'] as Answer)['exception'] ?? params));
    });
  }

  async prepare({ width, height = 900, dark, print, forcedColours, scripts = true }: View): Promise<void> {
    for (const domain of ['Page', 'Network', 'Log', 'Runtime']) await this.send(`${domain}.enable`);
    await this.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: false,
    });
    await this.send('Emulation.setEmulatedMedia', {
      media: print === true ? 'print' : 'screen',
      features: [
        { name: 'prefers-color-scheme', value: dark === true ? 'dark' : 'light' },
        { name: 'forced-colors', value: forcedColours === true ? 'active' : 'none' },
      ],
    });
    if (!scripts) await this.send('Emulation.setScriptExecutionDisabled', { value: true });
  }

  async go(url: string): Promise<void> {
    const loaded = new Promise<void>((resolve) => (this.#loaded = resolve));
    await this.send('Page.navigate', { url });
    await loaded;
  }

  send(method: string, params: Answer = {}): Promise<Answer> {
    return this.#browser.send(method, params, this.#session);
  }

  /** The value of an expression, awaited. */
  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = (await this.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })) as { result: { value?: unknown }; exceptionDetails?: Answer };
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  }

  /** PNG of what is seen, or of the whole page. */
  async screenshot(whole: boolean): Promise<Buffer> {
    const { data } = (await this.send('Page.captureScreenshot', {
      format: 'png',
      captureBeyondViewport: whole,
      ...(whole ? { clip: await this.#size() } : {}),
    })) as { data: string };
    return Buffer.from(data, 'base64');
  }

  async #size(): Promise<Answer> {
    const { cssContentSize } = (await this.send('Page.getLayoutMetrics')) as {
      cssContentSize: { width: number; height: number };
    };
    return {
      x: 0,
      y: 0,
      width: cssContentSize.width,
      height: Math.min(cssContentSize.height, 12_000),
      scale: 1,
    };
  }

  async press(key: string, code: number): Promise<void> {
    for (const type of ['keyDown', 'keyUp'])
      await this.send('Input.dispatchKeyEvent', {
        type,
        key,
        code: key,
        windowsVirtualKeyCode: code,
        ...(key === 'Enter' ? { text: '\r' } : {}),
      });
  }

  async close(): Promise<void> {
    await this.#browser.send('Target.closeTarget', { targetId: this.#target });
  }
}

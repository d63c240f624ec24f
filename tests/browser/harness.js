// The real program with a shop in a temporary folder, a browser, and what a person does with its pages.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { notInstalled, require, skipped } from './tools.js';

/** How long anything may take before a test says that it does not happen. */
export const PATIENCE = 60_000;
/** How long a new shop may take until all its photos are developed. */
export const LONG = 300_000;
const LOOK_EVERY = 25;

const CHROMIUM = process.env.RIKASTE_CHROMIUM ?? '/usr/bin/chromium';
const target = process.env.CARGO_TARGET_DIR ?? resolve(import.meta.dirname, '../../target');
const PROGRAM = process.env.RIKASTE_BIN ?? join(target, 'release/rikaste');

const lacking = [
  ...notInstalled('playwright-core', 'axe-core'),
  ...(existsSync(CHROMIUM) ? [] : [`no browser at ${CHROMIUM} (RIKASTE_CHROMIUM)`]),
  ...(existsSync(PROGRAM) ? [] : [`no program at ${PROGRAM} (RIKASTE_BIN)`]),
];
/** Why no page can be tested in a browser here, or false. */
export const skip = skipped('the pages in a browser', lacking);
const { chromium } = skip ? {} : require('playwright-core');
const axe = skip ? {} : require('axe-core');

/** Waits until `look` gives something that is not false, null or undefined; an error is tried again. */
export async function until(what, look, patience = PATIENCE) {
  const end = Date.now() + patience;
  let last;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined && found !== null && found !== false) return found;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`, { cause: last });
    await new Promise((done) => setTimeout(done, LOOK_EVERY));
  }
}

/** The program being run. */
export class Running {
  static async demo() {
    const folder = mkdtempSync(join(tmpdir(), 'rikaste-pages-'));
    return new Running(folder, join(folder, 'demo')).#start(['demo', '--data', join(folder, 'demo'), '--port', '0']);
  }

  /**
   * A shop as `rikaste init` makes it, without a product.
   * @param {(shop: string) => void} [prepare] Changes its folder before it runs.
   */
  static async init(prepare = () => {}) {
    const folder = mkdtempSync(join(tmpdir(), 'rikaste-pages-'));
    const shop = join(folder, 'shop');
    const made = spawnSync(PROGRAM, ['init', shop], { encoding: 'utf8' });
    assert.equal(made.status, 0, made.stderr);
    prepare(shop);
    return new Running(folder, shop).#start(['run', shop, '--port', '0']);
  }

  constructor(folder, shop) {
    this.folder = folder;
    this.shop = shop;
    this.said = '';
  }

  /**
   * What a command of the program prints.
   * @param {...string} parameters
   */
  command(...parameters) {
    const done = spawnSync(PROGRAM, parameters, { cwd: this.folder, encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    return done.stdout;
  }

  async #start(parameters) {
    this.child = spawn(PROGRAM, parameters, { cwd: this.folder, env: { ...process.env, RIKASTE_LOG: 'warn' }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = new Promise((done) => this.child.once('close', done));
    this.child.stderr.on('data', (text) => (this.said += text));
    const lines = createInterface({ input: this.child.stdout });
    this.address = await new Promise((found, failed) => {
      lines.on('line', (line) => {
        this.said += `${line}\n`;
        if (line.startsWith('Rikaste runs on ')) found(line.slice('Rikaste runs on '.length).trim());
      });
      this.ended.then(() => failed(new Error(`the program ended:\n${this.said}`)));
    });
    return this;
  }

  async json(path) {
    const response = await fetch(this.address + path, { headers: { accept: 'application/json' } });
    assert.ok(response.ok, `${path}: ${response.status}`);
    return response.json();
  }

  async documents(channel) {
    const response = await fetch(`${this.address}/v1/channels/${channel}/snapshot`);
    if (!response.ok) return [];
    return (await response.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line)).filter((record) => record.id);
  }

  /** Puts a file into the inbox whole, by renaming. */
  drop(name, text) {
    const path = join(this.shop, 'inbox', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.part`, text);
    renameSync(`${path}.part`, path);
  }

  async stop() {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill();
    await this.ended;
  }

  async close() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A browser, whose camera shows a picture that the browser draws. */
export function launch() {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-default-apps', '--disable-sync', '--no-first-run', '--disable-dev-shm-usage', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  });
}

export const DESK = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };

/** How every page is looked at. */
export const LOOKS = [
  { name: 'light, wide', colorScheme: 'light', viewport: DESK },
  { name: 'dark, wide', colorScheme: 'dark', viewport: DESK },
  { name: 'light, phone', colorScheme: 'light', viewport: PHONE },
  { name: 'dark, phone', colorScheme: 'dark', viewport: PHONE },
];

/** A page in a browser that has seen nothing before, and all that it complains of. */
export class Seen {
  static async open(browser, address, { colorScheme = 'light', viewport = DESK, locale = 'fi-FI' } = {}) {
    const context = await browser.newContext({ baseURL: address, colorScheme, viewport, locale, reducedMotion: 'reduce', timezoneId: 'Europe/Helsinki' });
    context.setDefaultTimeout(PATIENCE);
    return new Seen(context, await context.newPage());
  }

  constructor(context, page) {
    this.context = context;
    this.page = page;
    this.complaints = [];
    this.allowed = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.#complain(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.#complain(`error: ${error.stack ?? error}`));
    page.on('requestfailed', (request) => {
      // A page gives up what it does not need any more, and a browser what belonged to the page before.
      if (request.failure()?.errorText !== 'net::ERR_ABORTED') this.#complain(`failed: ${request.url()} ${request.failure()?.errorText}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) this.#complain(`${response.status()}: ${response.url()}`);
    });
  }

  /** An answer that is no complaint here, and what the browser writes on its console of it. */
  allow(status) {
    this.allowed.push(status);
  }

  #complain(text) {
    if (!this.allowed.some((status) => text.startsWith(`${status}: `) || text.includes(`responded with a status of ${status}`))) this.complaints.push(text);
  }

  /** Goes to an address and waits for what says that the page is there. */
  async go(path, there) {
    await this.page.goto(path);
    await this.there(there);
  }

  async there(selector) {
    await this.page.locator(selector).first().waitFor();
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  /** Presses Tab until the focus is on such an element; each stop on the way must be seen. */
  async tabTo(selector, { most = 80, key = 'Tab' } = {}) {
    const passed = [];
    for (let n = 0; n < most; n += 1) {
      await this.press(key);
      passed.push(await this.focused());
      if (await this.page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) {
        await this.focusIsSeen();
        return;
      }
    }
    assert.fail(`Tab does not come to ${selector}: ${passed.join(', ')}`);
  }

  focused() {
    return this.page.evaluate(() => {
      const element = document.activeElement;
      return element && `${element.localName}${element.id && `#${element.id}`}${[...element.classList].map((name) => `.${name}`).join('')}`;
    });
  }

  /** A picture of what has the focus differs from one of the same without it. */
  async focusIsSeen() {
    const { page } = this;
    const focused = await page.evaluateHandle(() => document.activeElement);
    const element = focused.asElement();
    assert.ok(element, 'something has the focus');
    await element.scrollIntoViewIfNeeded();
    // What is shown for a choice may be beside the element that has the focus.
    const box = await element.evaluate((it) => {
      const { x, y, width, height } = it.getBoundingClientRect();
      return { x: Math.max(0, x - 8), y: Math.max(0, y - 8), width: width + 16, height: height + 16 };
    });
    const view = page.viewportSize();
    const clip = { ...box, width: Math.min(box.width, view.width - box.x), height: Math.min(box.height, view.height - box.y) };
    assert.ok(clip.width > 0 && clip.height > 0, `${await this.focused()} is outside of what is seen`);
    const name = await this.focused();
    const focusedPicture = await page.screenshot({ clip });
    await element.evaluate((it) => it.blur());
    const plainPicture = await page.screenshot({ clip });
    await element.evaluate((it) => it.focus({ preventScroll: true }));
    assert.ok(!focusedPicture.equals(plainPicture), `the focus is not seen on ${name}`);
  }

  /** Goes through the page with Tab: each stop is seen, and the last leads out of the page. */
  async everyStopIsSeen(most = 40) {
    for (let n = 0; n < most; n += 1) {
      await this.press('Tab');
      if (await this.page.evaluate(() => document.activeElement === document.body)) return n;
      await this.focusIsSeen();
    }
    return most;
  }

  /** What axe finds, one line a finding. */
  async findings() {
    await this.page.evaluate(axe.source);
    return this.page.evaluate(async () => {
      const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
      return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}: ${node.any.map((check) => check.message).join('; ')}`));
    });
  }

  /** No part of the page is wider than the window. */
  async fits() {
    const [inner, outer] = await this.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(inner <= outer, `the page is ${inner} pixels wide in a window of ${outer}`);
  }

  /** Nothing to complain of, of anybody. */
  async isGood(where) {
    assert.deepEqual(await this.findings(), [], `axe, ${where}`);
    await this.fits();
    assert.deepEqual(this.complaints, [], where);
  }

  close() {
    return this.context.close();
  }
}

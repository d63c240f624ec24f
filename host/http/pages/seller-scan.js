// Finding one product on the seller's device: typed, by a scanner that types, or by the camera.

import * as api from './api.js';
import { CameraError, scanByCamera } from './camera.js';
import { one } from './dom.js';
import { looksLikeGtin, readGtin } from './gtin.js';

/** @param {{ device: Rikaste.Device, go: Rikaste.Go, settled: () => Promise<void> }} parts */
export function sellerScan({ device, go, settled }) {
  /** @param {string | null} text */
  function wrong(text) {
    one('find-wrong').textContent = text ?? '';
  }

  /**
   * A scanner types digits and Enter. From here to the product on the screen is a few milliseconds.
   * @param {string} text
   */
  async function scan(text) {
    performance.mark('scan');
    const { t } = device;
    const shelf = device.store?.current();
    const read = readGtin(text);
    one('find').select();
    if (read.wrong) return wrong(wrongGtin(read));
    const found = shelf ? shelf.byGtin(read.gtin) : await api.byGtin(device.code, read.gtin).catch(() => []);
    if (!found.length) return wrong(t('gtinUnknown', { gtin: read.gtin }));
    wrong(null);
    go({ sku: found[0].id, q: undefined });
    performance.measure('scan to product', 'scan');
  }

  /** @param {Exclude<ReturnType<typeof readGtin>, { wrong?: undefined }>} read */
  function wrongGtin(read) {
    const { t } = device;
    return read.wrong === 'length' ? t('gtinLength', { n: read.n }) : t('gtinCheck', { expected: String(read.expected), actual: String(read.actual) });
  }

  /** What the camera reads goes the way of what a scanner types, check digit and all. */
  async function openCamera() {
    const { t } = device;
    wrong(null);
    try {
      await scanByCamera(t, (text) => {
        const read = readGtin(text);
        if (read.wrong) {
          one('camera-says').textContent = wrongGtin(read);
          return false;
        }
        one('find').value = text;
        scan(text);
        return true;
      });
    } catch (error) {
      if (!(error instanceof CameraError)) throw error;
      wrong(t(error.word));
    }
  }

  async function submit() {
    const text = one('find').value.trim();
    const shelf = device.store?.current();
    const exact = shelf?.product(text) ?? shelf?.product(text.toUpperCase());
    if (exact) return go({ sku: exact.id });
    if (looksLikeGtin(text)) return scan(text);
    await settled();
    one('rows').querySelector('a')?.focus();
  }

  one('find').addEventListener('input', () => {
    wrong(null);
    const q = one('find').value.trim();
    go({ q, sku: undefined }, { replace: true });
  });
  one('search').addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  one('scan').addEventListener('click', openCamera);
  // A scanner may type at any time, wherever the focus is.
  document.addEventListener('keydown', (event) => {
    if (!/^\d$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.matches('input:not([type=radio]), select, textarea')) return;
    one('find').value = '';
    one('find').focus();
  });
}

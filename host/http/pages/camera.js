// Reading barcodes with the device's camera, by the browser's own detector. A browser without one says so: a decoder
// of our own would be larger than all other scripts of the page together.

import { h, one } from './dom.js';
import { button } from './frame.js';

/** What GTINs are printed as. UPC-E is left out: its digits are a shorter form of another number. */
const FORMATS = ['ean_13', 'ean_8', 'upc_a', 'itf'];
const LOOK_EVERY = 120;

/** @typedef {'cameraNeedsHttps' | 'noDetector' | 'cameraRefused' | 'noCamera'} CameraTrouble */

/** Why this browser cannot read barcodes with a camera. Each reason is a word of the pages. */
export class CameraError extends Error {
  /** @param {CameraTrouble} word */
  constructor(word) {
    super(word);
    this.word = word;
  }
}

/** @returns {Promise<Rikaste.BarcodeDetector>} */
async function newDetector() {
  if (!globalThis.isSecureContext) throw new CameraError('cameraNeedsHttps');
  const Detector = /** @type {Rikaste.BarcodeDetectorClass | undefined} */ (Reflect.get(globalThis, 'BarcodeDetector'));
  const supported = await Detector?.getSupportedFormats().catch(() => []) ?? [];
  const formats = FORMATS.filter((format) => supported.includes(format));
  if (!Detector || !formats.length) throw new CameraError('noDetector');
  return new Detector({ formats });
}

async function openCamera() {
  try {
    if (!navigator.mediaDevices) throw new CameraError('noCamera');
    return await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  } catch (error) {
    const isRefused = error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'SecurityError');
    throw error instanceof CameraError ? error : new CameraError(isRefused ? 'cameraRefused' : 'noCamera');
  }
}

/**
 * Shows what the camera sees until a barcode is accepted or the person closes it.
 * @param {Rikaste.Words} t
 * @param {(text: string) => boolean} accept Whether the barcode is one; else the camera goes on looking.
 * @throws {CameraError}
 */
export async function scanByCamera(t, accept) {
  const detector = await newDetector();
  const stream = await openCamera();
  const dialog = one('camera');
  const video = h('video', { playsinline: true, muted: true, 'aria-hidden': 'true' });
  dialog.replaceChildren(video, h('p', { id: 'camera-says', role: 'status' }, t('scanning')), button(t('close'), () => dialog.close()));
  const closed = new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
  dialog.showModal();
  try {
    video.srcObject = stream;
    await video.play().catch(() => {});
    await Promise.race([closed, look(detector, video, dialog, accept)]);
  } finally {
    for (const track of stream.getTracks()) track.stop();
    dialog.close();
    dialog.replaceChildren();
  }
}

/**
 * @param {Rikaste.BarcodeDetector} detector
 * @param {HTMLVideoElement} video
 * @param {HTMLDialogElement} dialog
 * @param {(text: string) => boolean} accept
 */
async function look(detector, video, dialog, accept) {
  while (dialog.open) {
    // A picture that is not there yet is no error; the next one comes.
    const found = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? await detector.detect(video).catch(() => []) : [];
    const isDone = dialog.open && found.some(({ rawValue }) => accept(rawValue));
    if (isDone) {
      navigator.vibrate?.(60);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}

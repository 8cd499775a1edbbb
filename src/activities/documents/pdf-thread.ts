import { Worker } from 'node:worker_threads';

/** One piece of text on a page, in points from the lower left corner. `endsLine`: a line ends after it. */
export type PdfItem = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly endsLine: boolean;
};

/** What came of a PDF: its pages, or the reason that there are none. */
export type PdfContent =
  | { readonly kind: 'pages'; readonly pages: readonly (readonly PdfItem[])[] }
  | { readonly kind: 'encrypted' | 'tooManyPages' | 'tooLong' | 'tooExpensive' }
  | { readonly kind: 'corrupt'; readonly message: string };

/** What a PDF may have and cost. */
export type PdfLimits = {
  readonly pagesMax: number;
  readonly charactersMax: number;
  readonly durationMsMax: number;
  readonly memoryBytesMax: number;
};

const memoryCheckEveryMs = 50;

/**
 * The thread's program is text, since a thread must start from plain JavaScript whether this file was compiled or is
 * run by a loader. Without `module` the library does not look for a native canvas, which text does not need.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const { pathToFileURL } = require('node:url');
process.getBuiltinModule = (name) => {
  if (name === 'module') throw new Error('no canvas needed');
  return require(name);
};
const { bytes, libraryFile, folder, limits } = workerData;
async function read() {
  const { getDocument } = await import(pathToFileURL(libraryFile).href);
  const pdf = await getDocument({
    data: bytes, verbosity: 0, isEvalSupported: false, disableFontFace: true, useSystemFonts: false,
    cMapUrl: folder + '/cmaps/', cMapPacked: true, standardFontDataUrl: folder + '/standard_fonts/',
  }).promise;
  if (pdf.numPages > limits.pagesMax) return { kind: 'tooManyPages' };
  const pages = [];
  let characters = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const items = [];
    for (const item of (await page.getTextContent()).items) {
      if (item.str === undefined) continue;
      characters += item.str.length;
      items.push({ text: item.str, x: item.transform[4], y: item.transform[5],
        width: item.width, height: item.height, endsLine: item.hasEOL });
    }
    if (characters > limits.charactersMax) return { kind: 'tooLong' };
    pages.push(items);
    page.cleanup();
  }
  return { kind: 'pages', pages };
}
read().then(
  (content) => parentPort.postMessage(content),
  (error) => parentPort.postMessage(
    error.name === 'PasswordException' ? { kind: 'encrypted' } : { kind: 'corrupt', message: String(error.message) }),
);
`;

/**
 * Takes the text items out of a PDF, in a thread of its own: a hostile file (4 MB unpack to 4 GB) neither blocks this
 * process nor outlives the limits, and what the library prints goes nowhere. Never throws for what is in the file.
 */
export async function readPdfItems(bytes: Uint8Array, limits: PdfLimits): Promise<PdfContent> {
  const libraryFile = require.resolve('pdfjs-dist/legacy/build/pdf.mjs');
  const folder = libraryFile.replace(/[\\/]legacy[\\/]build[\\/]pdf\.mjs$/, '');
  const thread = new Worker(program, {
    eval: true,
    stdout: true,
    stderr: true,
    workerData: { bytes: new Uint8Array(bytes), libraryFile, folder, limits },
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(limits.memoryBytesMax / 1024 / 1024) },
  });
  const residentBytes = process.memoryUsage.rss();
  let timer: NodeJS.Timeout | undefined;
  let watch: NodeJS.Timeout | undefined;
  try {
    return await new Promise<PdfContent>((resolve, reject) => {
      const giveUp = () => {
        resolve({ kind: 'tooExpensive' });
      };
      timer = setTimeout(giveUp, limits.durationMsMax);
      // The library's buffers lie outside the heap that a thread's resource limits bound.
      watch = setInterval(() => {
        if (process.memoryUsage.rss() - residentBytes > limits.memoryBytesMax) giveUp();
      }, memoryCheckEveryMs);
      thread.once('message', resolve);
      thread.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') giveUp();
        else reject(error);
      });
      thread.once('exit', (code) => {
        reject(new Error(`The thread that reads PDF ended with code ${code} and no answer.`));
      });
    });
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    await thread.terminate();
  }
}

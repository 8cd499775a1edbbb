import { failure } from '../../contracts/failures';
import { download, type DownloadLimits, type Origin } from './download';

/** The index that is asked when PIP_INDEX_URL names no other. */
export const publicIndexUrl = 'https://pypi.org/simple/';

const pageLimits: DownloadLimits = { quietMs: 10_000, totalMs: 30_000, bytesMax: 20_000_000 };

/**
 * Finds where a Python package index keeps one file, through its simple page, which every mirror serves as HTML.
 * Credentials in the index's address go into a header, and only to the host that they are for.
 *
 * @throws TemporalNotFound when the index cannot be read or does not have the file
 */
export async function findInIndex(
  indexUrl: string,
  wanted: { readonly project: string; readonly file: string },
): Promise<Origin> {
  const index = parseIndexUrl(indexUrl);
  const page: Origin = { ...index, url: new URL(`${index.url.href.replace(/\/*$/, '')}/${wanted.project}/`) };
  const parts: Uint8Array[] = [];
  const pageUrl = await download(page, pageLimits, (part) => void parts.push(part));
  const html = Buffer.concat(parts).toString('utf8');
  for (const [, href = ''] of html.matchAll(/<a\s[^>]*?href\s*=\s*["']([^"']{1,2000})["']/gi)) {
    const url = parseUrl(href.replaceAll('&amp;', '&'), pageUrl);
    if (url?.pathname.split('/').at(-1) !== encodeURIComponent(wanted.file)) continue;
    url.hash = '';
    const isSameHost = url.origin === page.url.origin;
    return isSameHost && page.authorization !== undefined ? { url, authorization: page.authorization } : { url };
  }
  throw failure('TemporalNotFound', `${page.url.href}: it does not list ${wanted.file}`);
}

function parseIndexUrl(indexUrl: string): Origin {
  const url = parseUrl(indexUrl);
  // The value is not repeated: it may hold a password.
  if (url === undefined)
    throw failure('TemporalNotFound', 'PIP_INDEX_URL must be an http or https address, and is not');
  const { username, password } = url;
  url.username = '';
  url.password = '';
  if (username === '') return { url };
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  return { url, authorization: `Basic ${credentials.toString('base64')}` };
}

function parseUrl(text: string, base?: string): URL | undefined {
  try {
    const url = new URL(text, base);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
  } catch {
    return undefined;
  }
}

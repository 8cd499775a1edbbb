import { Artifact } from '../../src/contracts/artifact';
import type { ArtifactStore } from '../../src/activities/stores/artifact-store';
import { at, put, sitesOf, type Path } from './sites';

/** A document with the texts of its artifacts in their places, and the way back. */
export interface Opened {
  readonly document: unknown;
  /** The document with the artifacts it had, to hold it against a schema; nothing when one lost its place. */
  closed(document: unknown): unknown;
  /** Stores the texts as they are now. */
  stored(document: unknown): Promise<unknown>;
}

const textual = /^text\//;
/** Where HTML says something to its reader: between its tags. */
const markup = /(<style[\s\S]*?<\/style>|<svg[\s\S]*?<\/svg>|<[^>]*>)/;

/** Reads the texts that a document refers to. HTML is opened as the list of the texts between its tags. */
export async function openArtifacts(document: unknown, artifacts: ArtifactStore): Promise<Opened> {
  const found = sitesOf(document).flatMap(({ path, value }) => {
    const artifact = Artifact.safeParse(value);
    return artifact.success && textual.test(artifact.data.mediaType) ? [{ path, artifact: artifact.data }] : [];
  });
  const texts = await Promise.all(
    found.map(async ({ path, artifact }) => {
      const text = Buffer.from(await artifacts.get(artifact)).toString('utf8');
      return { path, artifact, parts: artifact.mediaType === 'text/html' ? text.split(markup) : [text] };
    }),
  );
  const isOpen = (changed: unknown, { path, parts }: { readonly path: Path; readonly parts: readonly string[] }) => {
    const value = at(changed, path);
    return parts.length === 1 ? typeof value === 'string' : Array.isArray(value) && value.length === said(parts).length;
  };
  const whole = (
    changed: unknown,
    { path, parts }: { readonly path: Path; readonly parts: readonly string[] },
  ): string => {
    const value = at(changed, path);
    if (parts.length === 1) return String(value);
    const words = value as readonly string[]; // closed() has seen that it is the list that was opened
    return parts.map((part, index) => (index % 2 === 0 ? words[index / 2] : part)).join('');
  };
  return {
    document: texts.reduce<unknown>(
      (open, { path, parts }) => put(open, path, parts.length === 1 ? parts[0] : said(parts)),
      document,
    ),
    closed: (changed) =>
      texts.every((text) => isOpen(changed, text))
        ? texts.reduce<unknown>((closed, { path, artifact }) => put(closed, path, artifact), changed)
        : undefined,
    async stored(changed) {
      let closed = changed;
      for (const text of texts) {
        const { mediaType, name } = text.artifact;
        const content = Buffer.from(whole(changed, text));
        closed = put(closed, text.path, await artifacts.put(content, { mediaType, name }));
      }
      return closed;
    },
  };
}

function said(parts: readonly string[]): string[] {
  return parts.filter((_, index) => index % 2 === 0);
}

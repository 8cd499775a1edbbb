import { access, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { effectUndone } from '../effect-undone';
import { writeWhole } from './write-whole';

/** Where people find reports. Writing the same report again changes nothing. */
export interface ReportFolder {
  /**
   * Writes a report's two files under one name and gives their paths.
   *
   * @throws `EffectUndone` when the report of this key was withdrawn
   */
  write(
    name: string,
    report: { readonly markdown: Uint8Array; readonly html: Uint8Array },
    idempotencyKey: string,
  ): Promise<ReportPaths>;
  find(idempotencyKey: string): Promise<ReportPaths | undefined>;
  /** Withdraws what was written under the key, and lets nothing be written under it again; nothing is fine too. */
  withdraw(idempotencyKey: string): Promise<void>;
}

export interface ReportPaths {
  readonly markdownPath: string;
  readonly htmlPath: string;
}

/** Enough of a key to tell reports of one name apart, and short enough for people. */
const shortKeyLength = 8;
const endings = ['.md', '.html'] as const;

export function reportFolder(folder: string): ReportFolder {
  const withdrawn = (key: string) => join(folder, '.withdrawn', fileNameOf(key));
  const filesOf = async (key: string) => {
    const names = await readdir(folder).catch((): string[] => []);
    return names.filter((name) => endings.some((ending) => name.endsWith(`-${shortOf(key)}${ending}`)));
  };
  const remove = async (key: string) => {
    for (const name of await filesOf(key)) await rm(join(folder, name), { force: true });
  };
  return {
    async write(name, { markdown, html }, key) {
      if (await exists(withdrawn(key))) throw effectUndone(key);
      await mkdir(folder, { recursive: true });
      const stem = join(folder, `${fileNameOf(name)}-${shortOf(key)}`);
      const paths = { markdownPath: `${stem}.md`, htmlPath: `${stem}.html` };
      await writeWhole(paths.markdownPath, markdown);
      await writeWhole(paths.htmlPath, html);
      // It may have been withdrawn while it was written.
      if (!(await exists(withdrawn(key)))) return paths;
      await remove(key);
      throw effectUndone(key);
    },
    async find(key) {
      const [html, markdown] = (await filesOf(key)).sort();
      if (html === undefined || markdown === undefined) return undefined;
      return { markdownPath: join(folder, markdown), htmlPath: join(folder, html) };
    },
    async withdraw(key) {
      await mkdir(join(folder, '.withdrawn'), { recursive: true, mode: 0o700 });
      await writeFile(withdrawn(key), '', { mode: 0o600 });
      await remove(key);
    },
  };
}

function shortOf(key: string): string {
  return fileNameOf(key.slice(0, shortKeyLength));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A file name made of a name that may hold anything: no path leads out of the folder. */
function fileNameOf(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 120);
  return safe.replace(/^-+|-+$/g, '') || 'report';
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from './write-whole';

/** Where people find reports. Writing the same report again changes nothing. */
export interface ReportFolder {
  /** Writes a report's two files under one name and gives their paths. */
  write(name: string, report: { readonly markdown: Uint8Array; readonly html: Uint8Array }): Promise<ReportPaths>;
}

export interface ReportPaths {
  readonly markdownPath: string;
  readonly htmlPath: string;
}

export function reportFolder(folder: string): ReportFolder {
  return {
    async write(name, { markdown, html }) {
      await mkdir(folder, { recursive: true });
      const stem = join(folder, fileNameOf(name));
      const paths = { markdownPath: `${stem}.md`, htmlPath: `${stem}.html` };
      await writeWhole(paths.markdownPath, markdown);
      await writeWhole(paths.htmlPath, html);
      return paths;
    },
  };
}

/** A file name made of a name that may hold anything: no path leads out of the folder. */
function fileNameOf(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 120);
  return safe.replace(/^-+|-+$/g, '') || 'report';
}

import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { Artifact } from '../../contracts/artifact';
import { failure } from '../../contracts/failures';
import { parsePlaybook } from '../models/review/read-playbook';
import { defineTool } from './define-tool';

export const readPlaybook = defineTool({
  description: 'Read the playbook as it is now, and keep that version for the review.',
  effect: 'none',
  input: z.strictObject({}),
  output: z.strictObject({ content: Artifact, name: z.string(), version: z.string() }),
  async execute(_input, { services: { artifacts, playbookFile } }) {
    const content = await readFile(playbookFile, 'utf8').catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw failure(
        'PlaybookInvalid',
        `The playbook could not be read: ${why}. Set COUNTERPOINT_PLAYBOOK to its file.`,
      );
    });
    const { name, version } = parsePlaybook(content);
    const stored = await artifacts.put(Buffer.from(content), { mediaType: 'application/yaml', name: 'playbook.yaml' });
    return { content: stored, name, version };
  },
});

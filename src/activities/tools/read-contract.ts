import * as z from 'zod/mini';
import { Artifact } from '../../contracts/artifact';
import { Contract } from '../../contracts/clause';
import { readDocumentText } from '../documents/read-text';
import { splitSections } from '../documents/split-sections';
import { defineTool } from './define-tool';

export const readContract = defineTool({
  description: 'Read a contract (text, PDF or DOCX), normalise its text and split it into sections.',
  effect: 'none',
  input: z.strictObject({ document: Artifact }),
  output: Contract,
  async execute({ document }, { services: { artifacts } }) {
    const { name } = document;
    const text = await readDocumentText(await artifacts.get(document), name);
    const sections = splitSections(text);
    return {
      name,
      text: await artifacts.put(Buffer.from(text), { mediaType: 'text/plain', name }),
      sections: await artifacts.put(Buffer.from(JSON.stringify(sections)), { mediaType: 'application/json', name }),
      sectionCount: sections.length,
      characters: text.length,
    };
  },
});

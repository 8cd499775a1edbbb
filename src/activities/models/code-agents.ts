import * as z from 'zod/mini';
import type { Agents } from '../../agents';
import { Section, type Contract } from '../../contracts/clause';
import type { ArtifactStore } from '../stores/artifact-store';
import type { Artifact } from '../../contracts/artifact';
import { findClauses } from './clauses/find-clauses';
import { readTerms } from './clauses/read-terms';
import { weakCategories } from './clauses/weak-categories';
import type { CodeAgent } from './code-model';
import { assessRisks } from './review/assess-risks';
import { comparePlaybook } from './review/compare-playbook';
import { parsePlaybook } from './review/read-playbook';
import { readAgain } from './review/second-reader';
import { writeReport } from './review/write-report';
import { decideActions } from './service/decide-actions';
import { readCase } from './service/read-case';
import { verifyOutcome } from './service/verify-outcome';
import { writeReply } from './service/write-reply';

/** The code behind the agents of the catalogue: retrieval and rules, general over contracts. One entry each. */
export const codeAgents: { readonly [Name in keyof Agents]: CodeAgent<Agents[Name]> } = {
  clauseExtractor: async ({ contract, category }, { artifacts }) => ({
    category,
    clauses: findClauses(await readStored(artifacts, contract), category),
  }),
  termReader: ({ findings }) => Promise.resolve(readTerms(findings)),
  playbookComparer: async ({ findings, playbook }, { artifacts }) =>
    comparePlaybook(findings, parsePlaybook(await textOf(artifacts, playbook))),
  riskAssessor: (input) => Promise.resolve(assessRisks(input)),
  secondReader: ({ input, output }) => Promise.resolve(readAgain({ ...input, assessment: output })),
  reportWriter: async ({ contract, playbook, signOff, ...review }, { artifacts }) => {
    const stored = await readStored(artifacts, contract);
    const { markdown, html, quotes } = writeReport({
      ...review,
      contract: { name: contract.name, ...stored },
      playbook,
      signOff: { ...signOff, decidedAt: new Date(signOff.decidedAt).toISOString() },
      weakCategories,
    });
    const { name } = contract;
    return {
      markdown: await artifacts.put(Buffer.from(markdown), { mediaType: 'text/markdown', name: `${name}.md` }),
      html: await artifacts.put(Buffer.from(html), { mediaType: 'text/html', name: `${name}.html` }),
      quotes,
    };
  },
  caseReader: ({ message }) => Promise.resolve(readCase(message)),
  actionDecider: (basis) => Promise.resolve(decideActions(basis)),
  outcomeVerifier: ({ actions, before, after }) =>
    Promise.resolve({ differences: verifyOutcome(actions, before, after) }),
  replyWriter: ({ name, decision }) => Promise.resolve(writeReply(name, decision)),
};

async function readStored(
  artifacts: ArtifactStore,
  contract: Contract,
): Promise<{ text: string; sections: Section[] }> {
  const sections: unknown = JSON.parse(await textOf(artifacts, contract.sections));
  return { text: await textOf(artifacts, contract.text), sections: z.array(Section).parse(sections) };
}

async function textOf(artifacts: ArtifactStore, artifact: Artifact): Promise<string> {
  return Buffer.from(await artifacts.get(artifact)).toString('utf8');
}

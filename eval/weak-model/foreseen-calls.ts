import { agents } from '../../src/agents';
import { modelWork } from '../../src/activities/models/conversation/model-work';
import { forms } from '../../src/activities/models/forms';
import { clauseExtractor } from '../../src/activities/models/forms/clause-extractor';
import { noModels } from '../../src/activities/models/no-models';
import { rules } from '../../src/activities/rules';
import type { ArtifactStore } from '../../src/activities/stores/artifact-store';
import type { ClauseCategory, Contract } from '../../src/contracts/clause';
import { modelCards, type ModelTable } from '../../src/contracts/model-table';

export interface ForeseenCalls {
  readonly sections: number;
  readonly parts: number;
  /** Requests of the clause extractor when nothing is sent back. */
  readonly extractions: number;
}

/** In how many parts a model is given a contract, and how many requests its clauses take at least. */
export async function foreseenCalls(
  contract: Contract,
  { model, categories }: { readonly model: string; readonly categories: readonly ClauseCategory[] },
  { table, artifacts }: { readonly table: ModelTable; readonly artifacts: ArtifactStore },
): Promise<ForeseenCalls> {
  const calling = { ...noModels, ...{ agents, rules, tools: {}, forms, models: modelCards(table), artifacts } };
  const { formContext } = modelWork(calling, { agent: 'clauseExtractor', model });
  const [category = 'Parties'] = categories;
  const { length } = await clauseExtractor.open({ contract, category }, formContext);
  return { sections: contract.sectionCount, parts: length, extractions: length * categories.length };
}

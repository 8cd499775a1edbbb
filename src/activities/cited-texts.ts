import { createHash } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { LRUCache } from 'lru-cache';
import {
  citationsIn,
  citedDigits,
  citedTextQueryName,
  isCitedCall,
  longTextsOf,
  withTexts,
  type Citation,
} from '../contracts/citation';
import { failure } from '../contracts/failures';

const charactersMaxDefault = 16 * 1_024 * 1_024;

/** The long texts that a worker answered with lately: calls of its runs cite them. */
export type CitedTexts = LRUCache<string, string>;

/** @param charactersMax what the remembered texts may have together */
export function citedTexts(charactersMax: number = charactersMaxDefault): CitedTexts {
  return new LRUCache({ maxSize: charactersMax, sizeCalculation: ({ length }) => length });
}

/**
 * Makes work whose call may cite texts: it is given them, and its own answer may be cited. A text that another worker
 * answered with, or that is forgotten, is asked of the run.
 */
export function withCitedTexts<Call, Answer>(
  texts: CitedTexts,
  work: (call: Call) => Promise<Answer>,
): (call: Call) => Promise<Answer> {
  return async (call) => {
    const answer = await work(isCitedCall(call) ? ((await resolved(texts, call.$cited)) as Call) : call);
    for (const text of longTextsOf(answer)) texts.set(sha256Of(text), text);
    return answer;
  };
}

async function resolved(texts: CitedTexts, call: unknown): Promise<unknown> {
  const cited = new Map<string, string>();
  for (const citation of citationsIn(call)) {
    cited.set(citation.sha256, texts.get(citation.sha256) ?? (await asked(texts, citation)));
  }
  return withTexts(call, ({ sha256 }) => cited.get(sha256));
}

/** @throws `CitedTextMissing` when the run does not have the text, or has another */
async function asked(texts: CitedTexts, { $cites: activityId, sha256 }: Citation): Promise<string> {
  const { client, info } = Context.current();
  const { workflowId = '', runId = '' } = info.workflowExecution ?? {};
  const run = client.workflow.getHandle(workflowId, runId);
  const text = await run.query<string | null, [string]>(citedTextQueryName, sha256);
  if (text === null || sha256Of(text) !== sha256) {
    throw failure(
      'CitedTextMissing',
      `A text that ${info.activityId} cites of ${activityId} is not in the run's history. Start the run again, and report this.`,
      { activityId: info.activityId, cites: activityId, sha256 },
    );
  }
  texts.set(sha256, text);
  return text;
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, citedDigits);
}

import type { AgentAnswer, PartsCall } from '../contracts/activities';
import { failure } from '../contracts/failures';
import { parsedInput } from './hold-output';
import { holdWhole, readWritten } from './models/conversation/hold-written';
import { modelWork, type ModelCalling, type ModelWork } from './models/conversation/model-work';
import { storedConversation } from './models/conversation/stored-conversation';

/**
 * Makes one output of what a model wrote last for each part of an agent's work, and holds it as any output is held.
 *
 * @throws `StepFailed` when these are not the parts of one work of this agent, each with what fits
 */
export async function joinParts(calling: ModelCalling, call: PartsCall): Promise<AgentAnswer> {
  const work = modelWork(calling, call);
  const parts = await Promise.all(call.heads.map((head, part) => writtenOf(calling, work, { call, head, part })));
  const [first] = parts;
  if (first === undefined) throw notJoined(call, 'there are none');
  const { agent, rules } = call;
  const { input } = first;
  const written = parts.map((part) => part.written);
  const output = await work.form.join(written, parsedInput(calling, agent, input), work.formContext);
  const usage = { tokens: 0, costMicroUsd: 0, calls: 1 };
  return { usage, ...(await holdWhole(calling, { agent, rules, input, output })) };
}

interface PartOf {
  readonly call: PartsCall;
  readonly head: string;
  readonly part: number;
}

async function writtenOf({ transcripts }: ModelCalling, work: ModelWork, { call, head, part }: PartOf) {
  const { opening, turns } = await storedConversation(transcripts, head);
  const last = turns.at(-1)?.answer;
  const isPart = opening.agent === call.agent && opening.part === part && opening.parts === call.heads.length;
  if (!isPart || last?.role !== 'assistant') {
    throw notJoined(call, `${head} is not the answer to part ${part + 1} of ${call.heads.length}`);
  }
  const read = readWritten(work, last.text);
  if ('fault' in read) throw notJoined(call, `part ${part + 1} has no output. ${read.fault}`);
  return { input: opening.input, written: read.written };
}

function notJoined({ agent }: PartsCall, why: string) {
  return failure('StepFailed', `The parts of the work of ${agent} cannot be joined: ${why}.`);
}

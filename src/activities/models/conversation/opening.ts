import { createHash } from 'node:crypto';
import type { ConversationState } from '../../../contracts/activities';
import { failure } from '../../../contracts/failures';
import { parsedInput } from '../../hold-output';
import type { ModelCalling, ModelWork } from './model-work';
import type { Opening } from '../../../contracts/read-transcript';

type Beginning = Extract<ConversationState, { input: unknown }> & { readonly agent: string };

/**
 * The first node of a conversation: the agent's instructions, its material, its task, and what earlier attempts were
 * told.
 *
 * @throws `InvalidInput` when the input does not fit the agent; `StepFailed` when its work has no such part
 */
export async function openingOf(
  calling: ModelCalling,
  { agent: { version }, card, form, formContext, system }: ModelWork,
  { agent: name, input, feedback = [], part = 0 }: Beginning,
): Promise<Opening> {
  const parts = await form.open(parsedInput(calling, name, input), formContext);
  const own = parts[part];
  if (own === undefined) {
    throw failure('StepFailed', `The work of ${name} has ${parts.length} parts, and no part ${part + 1}.`, { part });
  }
  const told = feedback.length === 0 ? [] : [`What was said of earlier attempts:\n${feedback.join('\n')}`];
  return {
    ...{ kind: 'opening', agent: name, version, model: card.name, input, part, parts: parts.length },
    messages: [
      { role: 'system', text: system },
      { role: 'user', text: [fenced(own.material), `Your task: ${own.task}`, ...told].join('\n\n') },
    ],
  };
}

/**
 * Material between two lines that say where it ends. Their mark is made of the material itself, so that nothing in it
 * can name the mark, and with it pretend that the material ends there.
 */
function fenced(material: string): string {
  const mark = createHash('sha256').update(material).digest('hex').slice(0, 16);
  return `=== MATERIAL ${mark} ===\n${material}\n=== END OF MATERIAL ${mark} ===`;
}

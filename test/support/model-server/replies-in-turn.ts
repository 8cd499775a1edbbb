import { textOf, type ChatRequest } from './chat-request';
import { RefusedRequest } from './refused-request';
import type { Reply } from './reply';
import type { ModelScript, Rule, When, Wording } from './script';

/** A reply, and where in the script it stands: rule and reply count from 1. */
export interface ChosenReply {
  readonly rule: number;
  readonly reply: number;
  readonly chosen: Reply;
}

/**
 * Chooses replies by the script: the first rule that fits, its replies one after the other.
 *
 * @returns a function that throws RefusedRequest, a 400, when no rule fits or the rule's replies are used up
 */
export function repliesInTurn({ rules }: ModelScript): (request: ChatRequest) => ChosenReply {
  const used = new Map<Rule, number>();
  return (request) => {
    const index = rules.findIndex(({ when }) => when === undefined || fits(when, request));
    const rule = rules[index];
    if (rule === undefined) {
      const message = `The script has no rule for this request to ${request.model}. Add one, or one without \`when\`.`;
      throw new RefusedRequest({ message, type: 'script_error', code: 'no_rule_fits' });
    }
    const before = used.get(rule) ?? 0;
    const next = Math.min(before, rule.replies.length - 1);
    const chosen = rule.replies[next];
    if (chosen === undefined || (rule.then === 'refuse' && before > next)) {
      const message = `All replies of rule ${index + 1} are used up. Add one, or leave out \`then: refuse\`.`;
      throw new RefusedRequest({ message, type: 'script_error', code: 'replies_used_up' });
    }
    used.set(rule, before + 1);
    return { rule: index + 1, reply: next + 1, chosen };
  };
}

function fits(when: When, { model, messages, tools }: ChatRequest): boolean {
  const isSystem = (role: string) => role === 'system' || role === 'developer';
  const system = messages.filter(({ role }) => isSystem(role));
  const conversation = messages.filter(({ role }) => !isSystem(role));
  const spokeLast = conversation.findLastIndex(({ role }) => role === 'assistant');
  const stands = (wording: Wording | undefined, among: ChatRequest['messages']) =>
    wording === undefined || contains(among.map(textOf).join('\n'), wording);
  return (
    (when.model === undefined || when.model === model) &&
    (when.tool === undefined || tools?.some((tool) => tool.function.name === when.tool) === true) &&
    stands(when.system, system) &&
    stands(when.last, conversation.slice(spokeLast + 1)) &&
    stands(when.conversation, conversation)
  );
}

function contains(text: string, wording: Wording): boolean {
  return typeof wording === 'string' ? text.includes(wording) : new RegExp(wording.regex, wording.flags).test(text);
}

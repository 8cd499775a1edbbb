import type { CaseDecision, DecisionBasis } from '../../contracts/case-decision';
import { canonicalJson } from '../../contracts/json';
import type { Verdict } from '../../contracts/verdict';
import { decideActions } from '../models/service/decide-actions';
import { nothingInvented } from './nothing-invented';
import type { RuleContext } from './rule';
import { says, strangersIn } from './service/sayings';
import { verdictOn } from './verdict-on';

const kinds = ['denials', 'questions', 'facts'] as const;

/**
 * Each request of a reading gets the word that the service policy has for it on the records: it is done, denied, asked
 * back about, answered, or left to a person, and nothing else is. An agent may understand what the policy's code asks
 * back about, and may leave any case to a person. Every sentence is the policy's own or names what it is about, and
 * states no figure, name or date that is not in the reading, the records or the policy's words.
 */
export async function decisionFollowsFromReading(
  decision: CaseDecision,
  { input, artifacts }: RuleContext<DecisionBasis>,
): Promise<Verdict> {
  const due = decideActions(input);
  const { denials, questions, facts, handOff } = decision;
  const told = { denials, questions, facts, handOff };
  const invented = await nothingInvented(told, { input: { ...input, due: linesOf(due) }, artifacts });
  return verdictOn('Decide what was asked, and only that.', [
    ...(handOff === null ? unanswered(decision, due) : handedOff(decision, input)),
    ...strangersOf(decision, due, input).map(
      (saying) => `“${saying}” names nothing of the case and is no word of the policy`,
    ),
    ...('feedback' in invented ? [invented.feedback] : []),
  ]);
}

function linesOf({ denials, questions, facts, handOff }: CaseDecision): string[] {
  return [...denials, ...questions, ...facts, ...(handOff === null ? [] : [handOff])];
}

function handedOff({ handOff, ...decision }: CaseDecision, { reading }: DecisionBasis): string[] {
  return [
    ...reading.notUnderstood
      .filter((sentence) => !says(handOff ?? '', sentence))
      .map((sentence) => `the hand-off does not say that “${sentence}” was not understood`),
    ...kinds.filter((kind) => decision[kind].length > 0).map((kind) => `${kind} do not go with a hand-off`),
  ];
}

function unanswered(decision: CaseDecision, due: CaseDecision): string[] {
  if (due.handOff !== null) return [`a person must take the case: ${due.handOff}`];
  const own = decision.actions.map((action) => canonicalJson(action));
  const asked = due.actions.map((action) => canonicalJson(action));
  const isOpen = due.questions.length > 0;
  return [
    ...(decision.questions.length > 0 ? [] : asked.filter((one) => !own.includes(one))).map(
      (one) => `${one} is left out`,
    ),
    ...(isOpen ? [] : own.filter((one) => !asked.includes(one)).map((one) => `${one} was not asked for`)),
    ...(isOpen ? openedIn(decision, due) : kinds.flatMap((kind) => miscounted(kind, decision, due))),
    ...kinds.flatMap((kind) => unnamed(kind, decision, due)),
  ];
}

function miscounted(kind: (typeof kinds)[number], decision: CaseDecision, due: CaseDecision): string[] {
  const [is, mustBe] = [decision[kind].length, due[kind].length];
  return is === mustBe ? [] : [`there must be ${mustBe} ${kind} and not ${is}`];
}

/** What the policy's code cannot tell may be asked, done or denied, but neither dropped nor asked of nobody. */
function openedIn(decision: CaseDecision, due: CaseDecision): string[] {
  const answered = decision.questions.length + decision.actions.length + decision.denials.length - due.denials.length;
  return [
    ...(answered < due.questions.length ? [`this is left open: ${due.questions.join(' ')}`] : []),
    ...(decision.questions.length > due.questions.length ? miscounted('questions', decision, due) : []),
    ...miscounted('facts', decision, due),
  ];
}

const orderIds = /#[\w-]+/g;

/** Orders that the policy has a word of this kind about, and the decision has not. */
function unnamed(kind: (typeof kinds)[number], decision: CaseDecision, due: CaseDecision): string[] {
  if (kind === 'questions' && decision.questions.length < due.questions.length) return [];
  const named = new Set(decision[kind].flatMap((line) => line.match(orderIds) ?? []));
  const missing = [...new Set(due[kind].flatMap((line) => line.match(orderIds) ?? []))].filter((id) => !named.has(id));
  return missing.map((id) => `the ${kind} must name ${id}`);
}

function strangersOf(decision: CaseDecision, due: CaseDecision, { reading, records }: DecisionBasis): string[] {
  const marks = [
    ...records.customer.orders,
    ...reading.requests.flatMap((request) => ('orderId' in request ? (request.orderId ?? []) : [])),
    ...reading.notUnderstood,
  ];
  const own = kinds.flatMap((kind) => strangersIn(decision[kind].join('\n'), due[kind], marks));
  return [...own, ...strangersIn(decision.handOff ?? '', due.handOff === null ? [] : [due.handOff], marks)];
}

import type { CaseDecision, CaseRecords, DecisionBasis } from '../../../contracts/case-decision';
import type { CaseRequest } from '../../../contracts/case-reading';
import type { ShopWriteCall } from '../../../contracts/shop-operation-call';
import { moneyOf, refundsOf } from '../../shop/case-money';
import { decideOrder, type Word } from './decide-order';

/** Decides a case request by request. Anything that was not understood leaves all of it to a person. */
export function decideActions({ reading, records }: DecisionBasis): CaseDecision {
  const { requests, notUnderstood } = reading;
  if (notUnderstood.length > 0) {
    return handOff(`Not understood: ${notUnderstood.map((sentence) => `“${sentence}”`).join(' ')}`);
  }
  if (requests.length === 0) return handOff('The message asks for nothing that was understood.');
  const words = [...groupsOf(requests)].flatMap(([orderId, asked]) => decideGroup(orderId, asked, records));
  const by = <Kind extends Word['word']>(kind: Kind) =>
    words.filter((word): word is Extract<Word, { word: Kind }> => word.word === kind);
  const [beyond] = by('handOff');
  if (beyond !== undefined) return handOff(beyond.why);
  const questions = by('ask').map(({ question }) => question);
  // An answer may change what is wanted of the rest, so nothing is done before it is there.
  const actions = questions.length > 0 ? [] : by('do').map(({ action }) => action);
  return {
    actions,
    refunds: refundsOf(actions, records),
    movedCents: actions.reduce((total, action) => total + moneyOf(action, records).movedCents, 0),
    denials: by('deny').map(({ why }) => why),
    questions,
    facts: by('tell').map(({ fact }) => fact),
    handOff: null,
  };
}

function handOff(why: string): CaseDecision {
  return { actions: [], refunds: [], movedCents: 0, denials: [], questions: [], facts: [], handOff: why };
}

/** The requests by the order that they are about: what is asked of one order is decided together. */
function groupsOf(requests: readonly CaseRequest[]): Map<string | null, CaseRequest[]> {
  const groups = new Map<string | null, CaseRequest[]>();
  for (const request of requests) {
    const orderId = request.ask === 'liveAt' ? null : request.orderId;
    groups.set(orderId, [...(groups.get(orderId) ?? []), request]);
  }
  return groups;
}

function decideGroup(orderId: string | null, asked: readonly CaseRequest[], records: CaseRecords): Word[] {
  const { customer, orders } = records;
  const moves = asked.flatMap((request): Word[] => {
    if (request.ask !== 'liveAt') return [];
    const action: ShopWriteCall = {
      name: 'modify_user_address',
      arguments: { user_id: customer.user_id, ...request.address },
    };
    return [{ word: 'do', action }];
  });
  const about = asked.filter((request) => request.ask !== 'liveAt');
  if (about.length === 0) return moves;
  if (orderId === null) {
    return [
      ...moves,
      ...about.map(({ said }): Word => ({ word: 'ask', question: `Which order do you mean by “${said}”?` })),
    ];
  }
  const order = orders.find((one) => one.order_id === orderId && customer.orders.includes(orderId));
  if (order === undefined) {
    return [...moves, { word: 'deny', why: `There is no order ${orderId} among your orders.` }];
  }
  return [...moves, ...decideOrder(order, about, records)];
}

import type { RunView, StepView, WaitingView } from '../../src/contracts/run-view';

/** A step that was answered, from its name and the times between which it ran. */
export function stepView(step: string, [askedAt, endedAt]: [number, number?], more: Partial<StepView> = {}): StepView {
  return {
    step,
    kind: 'agent',
    name: step.replace(/-\d+$/, ''),
    version: '1.0.0',
    about: '',
    state: endedAt === undefined ? 'asked' : 'answered',
    askedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    attempts: [],
    usage: { tokens: 0, costMicroUsd: 0, calls: 1 },
    ...more,
  };
}

export function runView(steps: readonly StepView[], more: Partial<RunView> = {}): RunView {
  return {
    runId: 'review-1',
    process: 'contractReview',
    version: '1.0.0',
    owner: 'legal-operations',
    state: 'running',
    startedAt: Date.UTC(2026, 10, 21),
    budget: { costMicroUsdMax: 2_000_000, tokensMax: 1_000, callsMax: 300, durationMsMax: 1_000 },
    usage: { tokens: 12, costMicroUsd: 3_400, calls: 2 },
    steps,
    waiting: [],
    refused: [],
    pass: 1,
    held: [],
    heldBy: [],
    ...more,
  };
}

export function waitingView(more: Partial<WaitingView> = {}): WaitingView {
  return {
    step: 'counselSignOff-1',
    about: 'supply.txt',
    subject: { recommendation: 'sign' },
    shown: 'ab'.repeat(32),
    offers: ['approve', 'reject'],
    role: 'counsel',
    dueAt: Date.UTC(2026, 10, 23),
    reminders: 0,
    escalated: false,
    ...more,
  };
}

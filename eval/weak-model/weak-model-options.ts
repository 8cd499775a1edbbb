import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { clauseCategories, ClauseCategory } from '../../src/contracts/clause';
import { ModelPreferences, preferredModels } from '../../src/contracts/model-preferences';
import { EvaluationCannotRun, type EvaluationRequest } from '../evaluation';

const documentDefault = join(__dirname, '..', '..', 'data', 'contracts', 'reseller-agreement.txt');
const modelsDefault = 'qwen2.5-0.5b|code';
const minutesDefault = 120;
const policies = ['approve', 'reject'] as const;

/** What a person would do about every escalation: approve what may be approved and reject the rest, or reject all. */
export type EscalationPolicy = (typeof policies)[number];

export interface WeakModelOptions {
  readonly document: string;
  /** What COUNTERPOINT_MODELS says of every agent, as `small|code`. */
  readonly models: string;
  /** The first model of it. */
  readonly model: string;
  readonly categories: readonly ClauseCategory[];
  readonly escalations: EscalationPolicy;
  /** After so long the run is cancelled. */
  readonly minutes: number;
  /** The data folder to keep; without it one is made and removed. */
  readonly data?: string;
}

/** @throws `EvaluationCannotRun` for options that do not fit */
export function weakModelOptions(options: EvaluationRequest['options']): WeakModelOptions {
  const text = (name: string, other: string): string => {
    const option = options[name];
    return typeof option === 'string' ? option : other;
  };
  const document = resolve(text('document', documentDefault));
  if (!existsSync(document)) throw new EvaluationCannotRun(`--document must be a file; ${document} is none.`);
  const models = text('models', modelsDefault);
  const escalations = policies.find((policy) => policy === text('escalations', 'approve'));
  if (escalations === undefined) throw wrong('escalations', `one of ${policies.join(', ')}`);
  const minutes = Number(text('minutes', String(minutesDefault)));
  if (!(minutes > 0 && minutes <= 24 * 60)) throw wrong('minutes', 'a number above 0, at most 1440');
  const categories = text('categories', clauseCategories.join()).split(',').map(categoryOf);
  const data = options['data'];
  return {
    ...{ document, models, model: firstModel(models), categories, escalations, minutes },
    ...(typeof data === 'string' ? { data: resolve(data) } : {}),
  };
}

function firstModel(models: string): string {
  const parsed = ModelPreferences.safeParse(`*=${models}`);
  const first = parsed.success ? preferredModels(parsed.data, 'any')?.[0] : undefined;
  if (first !== undefined && first !== 'code') return first;
  throw wrong('models', 'models in order of preference, as `small|code`, a model first');
}

function categoryOf(name: string): ClauseCategory {
  const parsed = ClauseCategory.safeParse(name.trim());
  if (parsed.success) return parsed.data;
  throw wrong('categories', `clause categories with commas between them; ${JSON.stringify(name)} is none`);
}

function wrong(option: string, expected: string): EvaluationCannotRun {
  return new EvaluationCannotRun(`--${option} must be ${expected}.`);
}

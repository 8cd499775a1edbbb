import type { Json } from './json';

/**
 * The failure table: every expected failure has a type here, and is matched by it, never by its text. `retryable`
 * says whether the same attempt may succeed later without anyone changing anything.
 */
export const failureTypes = {
  InvalidInput: { retryable: false },
  UnknownProcess: { retryable: false },
  UnknownAgent: { retryable: false },
  UnknownTool: { retryable: false },
  InvalidOutput: { retryable: false },
  AnswerTooLarge: { retryable: false },
  ArtifactMissing: { retryable: false },
  ProcessNotPure: { retryable: false },
  Loop: { retryable: false },
  OutOfBudget: { retryable: false },
  Rejected: { retryable: false },
  ApprovalExpired: { retryable: false },
  ApprovalWithdrawn: { retryable: false },
  Cancelled: { retryable: false },
  StepFailed: { retryable: false },
  DocumentUnreadable: { retryable: false },
  PlaybookInvalid: { retryable: false },
  OperationRefused: { retryable: false },
  CompensationBlocked: { retryable: false },
  CompensationFailed: { retryable: false },
  RejectionRefused: { retryable: false },
  EffectUndone: { retryable: false },
  EndStateDiffers: { retryable: false },
  /** The model's server does not answer, or not with success: the same may succeed later. */
  ModelUnavailable: { retryable: true },
  /** The model's server asks for patience; the failure says when to come again. */
  ModelBusy: { retryable: true },
  /** The model cannot be used for now by this account: no quota, no permission, no such model, or its circuit is open. */
  ModelUnusable: { retryable: false },
  /** The model refuses to answer, or its answer was filtered. */
  ModelRefused: { retryable: false },
  /** The conversation is longer than the model's context. */
  ContextTooLong: { retryable: false },
  /** The model's server takes the request for wrong. */
  ModelRequestRejected: { retryable: false },
  TranscriptMissing: { retryable: false },
  /** A worker does not remember what a call cites: this attempt began nothing, and the call is made again in full. */
  CitedTextForgotten: { retryable: false },
  /** The transcript store does not take what was said. */
  TranscriptNotKept: { retryable: true },
  ServiceRefused: { retryable: false },
  ServiceUnavailable: { retryable: true },
  DatabaseUnavailable: { retryable: true },
  ServerUnavailable: { retryable: true },
  TemporalNotFound: { retryable: false },
  DataFolderUnusable: { retryable: false },
  PortOccupied: { retryable: false },
  RunNotFound: { retryable: false },
  NoOutcome: { retryable: false },
  DecisionRefused: { retryable: false },
} as const satisfies Record<string, { readonly retryable: boolean }>;

export type FailureType = keyof typeof failureTypes;

/** Facts about a failure that programs read: JSON, free of secrets. */
export type FailureDetails = Readonly<Record<string, Json>>;

/** An expected failure. Its `name` is its type, so that it survives serialisation by Temporal. */
export class Failure extends Error {
  constructor(
    readonly type: FailureType,
    message: string,
    readonly details: FailureDetails,
  ) {
    super(message);
    this.name = type;
  }
}

/**
 * Makes an expected failure.
 *
 * @param message what was expected, what came, what to do
 * @example throw failure('DocumentUnreadable', 'The file is encrypted. Remove the password and run again.', { name });
 */
export function failure(type: FailureType, message: string, details: FailureDetails = {}): Failure {
  return new Failure(type, message, details);
}

import type { ArtifactStore } from '../stores/artifact-store';

/** What a rule holds an output against: the agent's input, and the artifacts that it refers to. */
export interface RuleContext<Input = unknown> {
  readonly input: Input;
  readonly artifacts: ArtifactStore;
}

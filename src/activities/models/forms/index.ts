import type { Agents } from '../../../agents';
import type { AgentForm } from '../agent-form';

/** The catalogue of forms: how models do the work of agents whose input or output is not theirs to read or write. One line each. */
export const forms: { readonly [Name in keyof Agents]?: AgentForm<Agents[Name]> } = {};

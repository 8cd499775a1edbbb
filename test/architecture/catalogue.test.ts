import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod/mini';
import { agents } from '../../src/agents';
import type { AgentDefinition } from '../../src/agents/define-agent';
import { Verdict } from '../../src/contracts/verdict';
import * as workflows from '../../src/workflows';

const definitions: Record<string, AgentDefinition<z.ZodMiniType, z.ZodMiniType>> = agents;

describe('the catalogue of processes', () => {
  it('is complete: every process file is in it', async () => {
    const files = await readdir(join(__dirname, '..', '..', 'src', 'workflows'));
    const others = ['index.ts', 'messages.ts', 'define-process.ts', 'engine', 'service'];
    const names = files.filter((file) => !others.includes(file)).map(camelCase);
    expect(Object.keys(workflows).sort()).toEqual(names.sort());
  });

  it.each(Object.entries(workflows))('starts %s by its export’s name', (name, process) => {
    expect([process.name, process.description.name]).toEqual([name, name]);
  });
});

describe('the catalogue of agents', () => {
  it.each(Object.entries(definitions))('lets nobody stand in for %s who takes another question', (_name, agent) => {
    const { fallback } = agent;
    const standIn = fallback === undefined ? agent : definitions[fallback];
    expect([standIn?.input, standIn?.output]).toEqual([agent.input, agent.output]);
  });

  it('says of exactly those that give a verdict that they are reviewers', () => {
    const reviewers = Object.entries(definitions).filter(([, { isReviewer }]) => isReviewer === true);
    const judges = Object.entries(definitions).filter(([, { output }]) => output === Verdict);
    expect(reviewers.map(([name]) => name)).toEqual(judges.map(([name]) => name));
  });
});

function camelCase(file: string): string {
  return file.replace(/\.ts$/, '').replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase());
}

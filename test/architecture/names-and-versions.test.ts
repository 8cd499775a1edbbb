import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agents } from '../../src/agents';
import { agentCard } from '../../src/agents/define-agent';
import { codeAgents } from '../../src/activities/models/code-agents';
import { rules } from '../../src/activities/rules';
import { tools } from '../../src/activities/tools';
import * as processes from '../../src/workflows';

const modules = join(__dirname, '..', '..', 'node_modules');

describe('the catalogues', () => {
  it('register each process as the workflow type that its definition names', () => {
    for (const [name, process] of Object.entries(processes)) expect(process.description.name).toBe(name);
  });

  it('give every agent something that answers: its code, or a model', () => {
    for (const [name, agent] of Object.entries(agents)) {
      const { models } = agentCard(name, agent);
      expect(models.every((model) => model !== 'code' || Object.hasOwn(codeAgents, name))).toBe(true);
    }
  });

  it('name no two things alike, so that a gate and a step are never mistaken', () => {
    const names = [agents, tools, rules].flatMap((catalogue) => Object.keys(catalogue));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the installed packages', () => {
  it('hold one version of each Temporal package, once', () => {
    const temporal = readdirSync(join(modules, '@temporalio'));
    const versions = temporal.map((name) => versionOf(join(modules, '@temporalio', name)));
    expect(temporal.length).toBeGreaterThan(5);
    expect(new Set(versions).size).toBe(1);
    const nested = temporal.filter((name) =>
      existsSync(join(modules, '@temporalio', name, 'node_modules', '@temporalio')),
    );
    expect(nested).toEqual([]);
  });
});

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

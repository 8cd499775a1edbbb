/** The borders of ARCHITECTURE.md, as rules. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed, dependencyTypesNot: ['type-only'] },
});

module.exports = {
  forbidden: [
    only('contracts-are-pure', '^src/contracts', ['^src/contracts', '^node_modules/zod'], 'contracts import zod only'),
    only(
      'agents-are-data',
      '^src/agents',
      ['^src/agents', '^src/contracts', '^node_modules/zod'],
      'agents import contracts',
    ),
    only(
      'workflows-are-deterministic',
      '^src/workflows',
      [
        '^src/workflows',
        '^src/contracts',
        '^node_modules/@temporalio/(workflow|common)',
        '^node_modules/@noble/hashes',
        '^node_modules/zod',
      ],
      'workflows import contracts and the workflow SDK; agents and tools as types',
    ),
    {
      name: 'processes-do-not-open-the-engine',
      comment: 'A process reaches the engine through define-process only',
      severity: 'error',
      from: { path: '^src/workflows/[^/]+\\.ts$', pathNot: '^src/workflows/(define-process|index)\\.ts$' },
      to: { path: '^src/workflows/engine' },
    },
    {
      name: 'activities-know-no-workflow',
      severity: 'error',
      from: { path: '^src/activities' },
      to: { path: '^src/(workflows|client|worker|counterpoint|rehearsal)' },
    },
    {
      name: 'rehearsals-know-activities-and-contracts',
      comment: 'the worker of a rehearsal is conducted from outside, by messages',
      severity: 'error',
      from: { path: '^src/rehearsal/' },
      to: { path: '^src/(workflows|client|worker|counterpoint|outside|config)' },
    },
    {
      name: 'clients-know-messages-and-contracts',
      comment: 'workflows as types, but for their messages; what else a client needs is handed to it',
      severity: 'error',
      from: { path: '^src/client' },
      to: {
        path: '^src/(workflows|activities|agents|worker|rehearsal)',
        pathNot: '^src/workflows/messages',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'outside-systems-are-strangers',
      comment: 'they share nothing with what speaks to them, so that both sides hold to the protocol',
      severity: 'error',
      from: { path: '^src/outside/' },
      to: { path: '^src/', pathNot: '^src/(outside|contracts)/' },
    },
    {
      name: 'outside-systems-are-started-by-roots',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(outside/|[a-z-]+\\.ts$)' },
      to: { path: '^src/outside' },
    },
    {
      name: 'configuration-is-read-once',
      comment: 'the configuration is handed down from the composition roots',
      severity: 'error',
      from: { path: '^src/(contracts|agents|workflows|activities|outside/)' },
      to: { path: '^src/config' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^src' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: ['\\.d\\.ts$'] }, to: {} },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};

import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const nodeBuiltins = ['node:*', 'fs', 'path', 'os', 'crypto', 'child_process', 'http', 'https', 'net'];
const clocksAndChance = [
  { object: 'Date', property: 'now', message: 'Take the time from run.now().' },
  { object: 'Math', property: 'random', message: 'Take identifiers from run.uuid().' },
  { object: 'performance', property: 'now', message: 'Take the time from run.now().' },
];
const worldGlobals = [
  'process',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'Buffer',
  'crypto',
  'require',
].map((name) => ({ name, message: 'Workflow code reaches the world only through the run.' }));

export default tseslint.config(
  {
    // The peers' packages are not installed with the project's, so nothing is known of their types.
    ignores: [
      'dist/**',
      'node_modules/**',
      'bench/.build/**',
      'bench/peers/**',
      '.counterpoint/**',
      '**/*.js',
      '**/*.cjs',
      '**/*.mjs',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', 70],
      'max-params': ['error', 3],
      'no-console': 'error',
    },
  },
  {
    files: ['src/contracts/**', 'src/agents/**', 'src/workflows/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: nodeBuiltins }],
      'no-restricted-globals': ['error', ...worldGlobals],
    },
  },
  {
    files: ['src/workflows/*.ts', 'src/workflows/service/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...clocksAndChance],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take the time from run.now().' },
      ],
    },
  },
  {
    files: ['test/**', 'eval/**', 'bench/**'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);

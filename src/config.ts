import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import * as z from 'zod/mini';
import { failure } from './contracts/failures';
import { issuesOf } from './contracts/issues';
import type { Policies } from './contracts/manifest';
import { ModelPreferences } from './contracts/model-preferences';

/** The environment variables that say where the Temporal binaries come from. */
export interface BinaryEnvironment {
  readonly TEMPORAL_CLI_PATH?: string | undefined;
  readonly TEMPORAL_TEST_SERVER_PATH?: string | undefined;
  readonly PATH?: string | undefined;
  readonly PIP_INDEX_URL?: string | undefined;
}

/** Everything that the environment decides, read once. */
export interface Config {
  readonly dataDir: string;
  /** Where downloaded server binaries are kept, for all data folders. */
  readonly cacheDir: string;
  /** The Temporal server to use, or nothing: then one is brought up. */
  readonly temporal: ClientConnectConfig | undefined;
  readonly namespace: string;
  readonly taskQueue: string;
  /** The PostgreSQL server that keeps matters and the shop, or nothing: then they are in the data folder. */
  readonly databaseUrl: string | undefined;
  /** The payment provider and the mailer to use, or nothing: then those that were brought up. */
  readonly paymentProviderUrl: string | undefined;
  readonly mailerUrl: string | undefined;
  readonly playbookFile: string;
  /** The table of the models that agents may use. */
  readonly modelTableFile: string;
  /** The models that agents use in place of their own. */
  readonly modelPreferences: ModelPreferences;
  /** The server that models are asked at, or nothing: then no model can be. */
  readonly modelServer: ModelServerConfig | undefined;
  readonly notifyUrl: string | undefined;
  readonly policies: Policies;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly binaryEnvironment: BinaryEnvironment;
  /** The whole environment, for a worker that is started from here; a function, so that no dump shows its secrets. */
  readonly childEnvironment: () => NodeJS.ProcessEnv;
}

/** Where models are asked, and with which key; a function, so that no dump shows it. */
export interface ModelServerConfig {
  readonly baseUrl: string;
  readonly apiKey: () => string | undefined;
}

const sameQuestionMaxDefault = 50;
const reworkRoundsMaxDefault = 25;
const openaiUrl = 'https://api.openai.com/v1';
const text = z.optional(z.string());
const webUrl = z.optional(z.url({ protocol: /^https?$/ }));

const Environment = z.object({
  COUNTERPOINT_DATA: text,
  COUNTERPOINT_CACHE: text,
  COUNTERPOINT_TASK_QUEUE: text,
  COUNTERPOINT_PLAYBOOK: text,
  COUNTERPOINT_MODEL_TABLE: text,
  COUNTERPOINT_MODELS: z.optional(ModelPreferences),
  OPENAI_BASE_URL: webUrl,
  OPENAI_API_KEY: text,
  COUNTERPOINT_NOTIFY_URL: webUrl,
  COUNTERPOINT_PAYMENT_PROVIDER_URL: webUrl,
  COUNTERPOINT_MAILER_URL: webUrl,
  COUNTERPOINT_STEPS_PER_EXECUTION_MAX: z.optional(z.coerce.number().check(z.int(), z.positive())),
  COUNTERPOINT_LOG_LEVEL: z.optional(z.enum(['debug', 'info', 'warn', 'error'])),
  DATABASE_URL: z.optional(z.url({ protocol: /^postgres(ql)?$/ })),
  XDG_CACHE_HOME: text,
  TEMPORAL_CLI_PATH: text,
  TEMPORAL_TEST_SERVER_PATH: text,
  PATH: text,
  PIP_INDEX_URL: text,
});

/**
 * Reads the configuration from environment variables. One that is set but empty counts as not set.
 *
 * @throws `InvalidInput` naming each variable that does not fit
 */
export function loadConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = Environment.safeParse(withoutEmpty(environment));
  if (!parsed.success) {
    throw failure('InvalidInput', `The environment does not fit: ${issuesOf(parsed.error)}. See .env.example.`);
  }
  const env = parsed.data;
  const temporal = loadTemporalConfig(environment);
  const stepsPerExecutionMax = env.COUNTERPOINT_STEPS_PER_EXECUTION_MAX;
  const isConfigured = temporal.connectionOptions.address !== undefined;
  return {
    dataDir: resolve(env.COUNTERPOINT_DATA ?? '.counterpoint'),
    cacheDir: env.COUNTERPOINT_CACHE ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'counterpoint'),
    temporal: isConfigured ? temporal : undefined,
    // A server that is brought up has this one namespace.
    namespace: isConfigured ? (temporal.namespace ?? 'default') : 'default',
    taskQueue: env.COUNTERPOINT_TASK_QUEUE ?? 'counterpoint',
    databaseUrl: env.DATABASE_URL,
    playbookFile: resolve(env.COUNTERPOINT_PLAYBOOK ?? join(__dirname, '..', 'data', 'playbook.yaml')),
    modelTableFile: resolve(env.COUNTERPOINT_MODEL_TABLE ?? join(__dirname, '..', 'data', 'models.yaml')),
    modelPreferences: env.COUNTERPOINT_MODELS ?? {},
    modelServer: modelServerOf(env.OPENAI_BASE_URL, env.OPENAI_API_KEY),
    paymentProviderUrl: env.COUNTERPOINT_PAYMENT_PROVIDER_URL,
    mailerUrl: env.COUNTERPOINT_MAILER_URL,
    notifyUrl: env.COUNTERPOINT_NOTIFY_URL,
    policies: {
      sameQuestionMax: sameQuestionMaxDefault,
      reworkRoundsMax: reworkRoundsMaxDefault,
      ...(stepsPerExecutionMax === undefined ? {} : { stepsPerExecutionMax }),
    },
    logLevel: env.COUNTERPOINT_LOG_LEVEL ?? 'info',
    binaryEnvironment: {
      TEMPORAL_CLI_PATH: env.TEMPORAL_CLI_PATH,
      TEMPORAL_TEST_SERVER_PATH: env.TEMPORAL_TEST_SERVER_PATH,
      PATH: env.PATH,
      PIP_INDEX_URL: env.PIP_INDEX_URL,
    },
    childEnvironment: () => environment,
  };
}

/** A key alone is OpenAI's own; a server of one's own may need none. */
function modelServerOf(baseUrl: string | undefined, apiKey: string | undefined): ModelServerConfig | undefined {
  if (baseUrl === undefined && apiKey === undefined) return undefined;
  return { baseUrl: baseUrl ?? openaiUrl, apiKey: () => apiKey };
}

function loadTemporalConfig(environment: NodeJS.ProcessEnv): ClientConnectConfig {
  try {
    return loadClientConnectConfig({ overrideEnvVars: definedOf(environment) });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw failure(
      'InvalidInput',
      `Temporal's own configuration (TEMPORAL_* variables, temporal.toml) is wrong: ${why}`,
    );
  }
}

function withoutEmpty(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

function definedOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  const defined = Object.entries(environment).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  return Object.fromEntries(defined) as Record<string, string>; // pairs of strings
}

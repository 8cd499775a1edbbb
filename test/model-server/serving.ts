import { startModelServer, type ModelScript, type ModelServer } from '../support/model-server';

const started: ModelServer[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()));
});

/** Serves a script until the test is over. */
export async function serve(script: ModelScript): Promise<ModelServer> {
  const server = await startModelServer(script);
  started.push(server);
  return server;
}

/** Serves one rule of these replies for every request. */
export function serveReplies(...replies: ModelScript['rules'][number]['replies']): Promise<ModelServer> {
  return serve({ rules: [{ replies }] });
}

export const question = { model: 'small', messages: [{ role: 'user', content: 'What is due?' }] };

/** Asks for a completion. */
export function post({ url }: ModelServer, body: unknown = question, init: RequestInit = {}): Promise<Response> {
  return fetch(`${url}/chat/completions`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
    ...init,
  });
}

/** Asks for a completion and reads the answer as JSON. */
export async function ask(server: ModelServer, more: object = {}): Promise<Answered> {
  return (await (await post(server, { ...question, ...more })).json()) as Answered; // asserted on by the test
}

/** The message of the first choice. */
export async function said(server: ModelServer, more: object = {}): Promise<unknown> {
  return (await ask(server, more)).choices[0]?.message;
}

/** What an error says of itself: `400 invalid_request_error context_length_exceeded`. */
export async function refusal(response: Response): Promise<string> {
  const { error } = (await response.json()) as Answered;
  return `${response.status} ${error.type} ${error.code ?? 'null'}`;
}

/** The parts of answers that tests look at. */
export interface Answered {
  readonly choices: readonly { readonly message: unknown; readonly finish_reason: string }[];
  readonly usage: unknown;
  readonly error: { readonly type: string; readonly code: string | null; readonly message: string };
}

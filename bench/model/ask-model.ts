import type { ChatMessage, ChatRequest } from './answer';

/** Asks the benchmark's model, over a connection that is kept. @throws when it does not answer with success */
export async function askModel(url: string, request: ChatRequest): Promise<ChatMessage> {
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  if (!response.ok) throw new Error(`The model answered ${response.status}: ${await response.text()}`);
  const { choices } = (await response.json()) as { readonly choices: readonly { readonly message: ChatMessage }[] };
  const message = choices[0]?.message;
  if (message === undefined) throw new Error('The model answered without a choice.');
  return message;
}

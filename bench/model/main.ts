import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { answer, type ChatMessage, type ChatRequest } from './answer';
import type { Behaviour, Counts, FromModelServer, ToModelServer } from './behaviour';

/** Serves `/chat/completions` on the loopback interface, after a fixed delay, until whoever started it is gone. */
function main(): void {
  let behaviour: Behaviour = { delayMs: 0, textBytes: 0, toolCalls: 0, toolArguments: {} };
  let counts: Counts = { requests: 0, tokens: 0 };
  const server = createServer((request, response) => {
    void respond(request, response, (body) => {
      const message = answer(body.asked, behaviour);
      const usage = tokens(body.bytes, Buffer.byteLength(JSON.stringify(message)));
      counts = { requests: counts.requests + 1, tokens: counts.tokens + usage.total_tokens };
      return { message, usage, delayMs: behaviour.delayMs };
    }).catch((error: unknown) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: String(error), type: 'invalid_request_error' } }));
    });
  });
  process.on('message', (message: ToModelServer) => {
    if (message.type === 'behave') {
      behaviour = message.behaviour;
      counts = { requests: 0, tokens: 0 };
      tell({ type: 'behaving' });
    } else tell({ type: 'counted', counts });
  });
  process.once('disconnect', () => process.exit(0));
  server.keepAliveTimeout = keepAliveMs;
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo; // a TCP server's address
    tell({ type: 'listening', port });
  });
}

/** Longer than any pause between measurements: a closed connection would be measured as a failure of the model. */
const keepAliveMs = 600_000;
const bytesPerToken = 4;

function tell(message: FromModelServer): void {
  process.send?.(message);
}

interface Asked {
  readonly asked: ChatRequest;
  readonly bytes: number;
}

interface Answered {
  readonly message: ChatMessage;
  readonly usage: ReturnType<typeof tokens>;
  readonly delayMs: number;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answered: (asked: Asked) => Answered,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // a request without an encoding gives buffers
  const body = Buffer.concat(chunks);
  const asked = JSON.parse(body.toString('utf8')) as ChatRequest; // what does not fit is answered with its error
  const { message, usage, delayMs } = answered({ asked, bytes: body.length });
  await wait(delayMs);
  const common = { id: 'chatcmpl-bench', created: Math.floor(Date.now() / 1000), model: asked.model };
  const finish = message.tool_calls === undefined ? 'stop' : 'tool_calls';
  if (asked.stream === true) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const chunk of chunksOf(message, finish, usage)) {
      response.write(`data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', ...chunk })}\n\n`);
    }
    response.end('data: [DONE]\n\n');
    return;
  }
  const choices = [{ index: 0, message, finish_reason: finish, logprobs: null }];
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ...common, object: 'chat.completion', choices, usage }));
}

function tokens(askedBytes: number, madeBytes: number) {
  const asked = Math.ceil(askedBytes / bytesPerToken);
  const made = Math.ceil(madeBytes / bytesPerToken);
  return { prompt_tokens: asked, completion_tokens: made, total_tokens: asked + made };
}

function chunksOf({ tool_calls, ...message }: ChatMessage, finish: string, usage: ReturnType<typeof tokens>) {
  const calls = tool_calls?.map((call, index) => ({ index, ...call }));
  const delta = calls === undefined ? message : { ...message, tool_calls: calls };
  return [
    { choices: [{ index: 0, delta, finish_reason: null }] },
    { choices: [{ index: 0, delta: {}, finish_reason: finish }] },
    { choices: [], usage },
  ];
}

main();

import {
  argumentsText,
  contentText,
  requestsMax,
  usageIn,
  type Completion,
  type CompletionChunk,
  type Said,
} from './completion';

/** Gathers the pieces of a streamed answer. */
export interface Gathering {
  /** Takes the next piece, and returns the text in it. */
  take(chunk: CompletionChunk): string;
  /** What has come so far. */
  gathered(): Completion;
}

/** Starts with nothing. */
export function gathering(): Gathering {
  const texts: string[] = [];
  const refusals: string[] = [];
  const requests = new GatheredRequests();
  let finishReason: string | undefined;
  let usage: Completion['usage'];
  return {
    take({ choices, usage: counted }) {
      usage = usageIn(counted) ?? usage;
      const [choice] = choices ?? [];
      finishReason = choice?.finish_reason ?? finishReason;
      const text = contentText(choice?.delta?.content);
      texts.push(text);
      refusals.push(choice?.delta?.refusal ?? '');
      for (const call of choice?.delta?.tool_calls ?? []) requests.take(call);
      return text;
    },
    gathered: () => ({
      ...{ text: texts.join(''), refusal: refusals.join(''), requests: requests.gathered(), finishReason, usage },
    }),
  };
}

type CallDelta = NonNullable<Said['tool_calls']>[number];

interface Gathered {
  id: string;
  name: string;
  readonly pieces: string[];
}

/** Parallel requests come interleaved, told apart by their index. */
class GatheredRequests {
  private readonly requests: Gathered[] = [];
  private readonly byIndex = new Map<number, Gathered>();

  take({ id, index, function: called }: CallDelta): void {
    const request = this.requestOf(index ?? undefined, id ?? '');
    if (request === undefined) return;
    request.id ||= id ?? '';
    request.name ||= called?.name ?? '';
    request.pieces.push(argumentsText(called?.arguments));
  }

  gathered(): Completion['requests'] {
    return this.requests.map(({ id, name, pieces }) => ({ id, name, arguments: pieces.join('') }));
  }

  /** Some servers leave the index out, or give the same one to all: then another id begins another request. */
  private requestOf(index: number | undefined, id: string): Gathered | undefined {
    const known = index === undefined ? this.requests.at(-1) : this.byIndex.get(index);
    if (known !== undefined && (id === '' || known.id === '' || known.id === id)) return known;
    if (this.requests.length >= requestsMax) return undefined;
    const request: Gathered = { id, name: '', pieces: [] };
    this.requests.push(request);
    if (index !== undefined) this.byIndex.set(index, request);
    return request;
  }
}

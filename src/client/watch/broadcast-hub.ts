import type { Broadcast, Speaker, SpeechEvent } from '../../contracts/speech';

/** Who watches: it is told of one run and its children. It must neither throw nor wait. */
export interface Watcher {
  readonly runId: string;
  readonly tell: (event: SpeechEvent) => void;
}

/** Passes on what the models of this process say to whoever watches. */
export interface BroadcastHub extends Broadcast {
  /** Tells a watcher first what the calls under way have said so far, then what comes. @returns how to stop */
  watch(watcher: Watcher): () => void;
}

/** So much of a call under way, in characters, is kept for those who come to watch it later: this, or up to twice this. */
const keptMax = 32 * 1024;
/** The longest text of one event, in characters. */
const textMax = 16 * 1024;

/** A hub that nobody watches yet. */
export function broadcastHub(): BroadcastHub {
  const watchers = new Set<Watcher>();
  const underWay = new Set<{ readonly speaker: Speaker; readonly said: Kept }>();
  const tell = (event: Exclude<SpeechEvent, { readonly event: 'lost' }>) => {
    for (const watcher of watchers) if (isOf(watcher.runId, event.speaker.runId)) watcher.tell(event);
  };
  return {
    begin(speaker) {
      const call = { speaker, said: new Kept() };
      underWay.add(call);
      return {
        say(text) {
          for (const piece of piecesOf(text)) {
            call.said.add(piece);
            tell({ event: 'text', speaker, text: piece });
          }
        },
        end() {
          if (underWay.delete(call)) tell({ event: 'over', speaker });
        },
      };
    },
    watch(watcher) {
      for (const { speaker, said } of underWay) {
        if (!isOf(watcher.runId, speaker.runId)) continue;
        const { lost, text } = said;
        if (lost > 0) watcher.tell({ event: 'lost', characters: lost });
        for (const piece of piecesOf(text)) watcher.tell({ event: 'text', speaker, text: piece });
      }
      watchers.add(watcher);
      return () => {
        watchers.delete(watcher);
      };
    },
  };
}

/** A child's id is its parent's with a dot and the step that it runs in. */
function isOf(watched: string, runId: string): boolean {
  if (runId === watched) return true;
  return runId.startsWith(`${watched}.`) && /^(\.[A-Za-z][\w-]*-\d+)+$/.test(runId.slice(watched.length));
}

/** No character is cut in two. */
function* piecesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + textMax, text.length);
    if (end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
    yield text.slice(start, end);
    start = end;
  }
}

/** The last of a long text. */
class Kept {
  private older = '';
  private newer = '';
  lost = 0;

  get text(): string {
    return this.older + this.newer;
  }

  add(piece: string): void {
    this.newer += piece;
    if (this.newer.length < keptMax) return;
    this.lost += this.older.length;
    this.older = this.newer;
    this.newer = '';
  }
}

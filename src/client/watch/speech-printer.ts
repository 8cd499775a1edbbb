import type { Speaker, SpeechEvent } from '../../contracts/speech';
import { oneLine, type Terminal } from '../terminal';

/** A model that was silent so long lets another speak that has something to say. */
const silentMs = 1_500;
/** So much of one that waits for its turn is kept, in characters. */
const waitingMax = 64 * 1024;

interface Waiting {
  readonly speaker: Speaker;
  text: string;
  isOver: boolean;
}

/**
 * Shows what models say, one at a time: whoever has begun speaks until it is over or silent for long, and what the
 * others say meanwhile is shown after it. A heading says who speaks.
 *
 * @param runId - the run that is watched; others are its children, and named
 */
export function speechPrinter(
  terminal: Pick<Terminal, 'say' | 'speak'>,
  runId: string,
  now: () => number = Date.now,
): (event: SpeechEvent) => void {
  const waiting = new Map<string, Waiting>();
  let speaking: Waiting | undefined;
  let spokeAt = 0;
  let endsInLineBreak = true;

  const letNextSpeak = () => {
    for (const [key, next] of waiting) {
      waiting.delete(key);
      begin(next);
      if (!next.isOver) return;
      end();
    }
  };
  const begin = (next: Waiting) => {
    speaking = next;
    terminal.say(headingOf(next.speaker, runId));
    speak(next.text);
  };
  const speak = (text: string) => {
    terminal.speak(text);
    endsInLineBreak = text.endsWith('\n');
    spokeAt = now();
  };
  const end = () => {
    speaking = undefined;
    if (!endsInLineBreak) terminal.speak('\n');
  };

  return (event) => {
    if (event.event === 'lost') {
      terminal.say(`(${event.characters} characters were not shown)`);
      endsInLineBreak = true;
      return;
    }
    const key = keyOf(event.speaker);
    const isSpeaking = speaking !== undefined && keyOf(speaking.speaker) === key;
    if (event.event === 'over') {
      const own = waiting.get(key);
      if (own !== undefined) own.isOver = true;
      if (!isSpeaking) return;
      end();
      letNextSpeak();
    } else if (isSpeaking) {
      speak(event.text);
    } else if (speaking === undefined) {
      begin({ speaker: event.speaker, text: event.text, isOver: false });
    } else {
      keep(waiting, event);
      if (now() - spokeAt < silentMs) return;
      end();
      letNextSpeak();
    }
  };
}

function keep(waiting: Map<string, Waiting>, { speaker, text }: Extract<SpeechEvent, { readonly event: 'text' }>) {
  const key = keyOf(speaker);
  const own = waiting.get(key) ?? { speaker, text: '', isOver: false };
  if (own.text.length < waitingMax) {
    own.text += text.slice(0, waitingMax);
    if (own.text.length >= waitingMax) own.text += '\n(the rest is not shown)\n';
  }
  waiting.set(key, own);
}

function headingOf({ runId, step, agent, model, doing, part, attempt }: Speaker, watched: string): string {
  const who = [
    runId === watched ? '' : `${runId.slice(watched.length + 1)} ›`,
    `${step}${step.startsWith(`${agent}-`) ? '' : ` (${agent})`}`,
    part > 1 ? `part ${part}` : '',
    `· ${model}`,
    doing === 'summary' ? '· summary of the conversation' : '',
    attempt > 1 ? `· try ${attempt}` : '',
  ];
  return oneLine(who.filter((word) => word !== '').join(' '));
}

function keyOf({ runId, call, attempt }: Speaker): string {
  return JSON.stringify([runId, call, attempt]);
}

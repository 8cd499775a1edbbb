import type { EffectView, RunView, StepView } from '../contracts/run-view';

/** More steps of one name than this, asked by the process, are drawn as one node. */
const foldedAbove = 4;

interface Node {
  readonly id: string;
  readonly label: string;
  readonly state: StepView['state'] | 'struck';
  readonly kind: StepView['kind'];
  readonly askedAt: number;
  readonly endedAt: number;
  readonly within: string | undefined;
}

/**
 * The steps of a run as they ran, as a Mermaid flowchart. An arrow leads from a step to those that were asked after
 * it had ended and that no other step lies between; a dotted one to what the engine asked on a step's behalf. Steps that
 * no longer count are drawn as struck, and say why; so do effects that were undone.
 */
export function graphOf({ process, version, steps }: RunView): string {
  const nodes = nodesOf(steps);
  const lines = nodes.map(({ id, label, kind, state }) => `  ${id}${shapeOf(kind, label)}:::${state}`);
  const arrows = nodes.flatMap((node) => arrowsTo(node, nodes));
  return [
    '---',
    `title: ${process} ${version}`,
    '---',
    'flowchart TD',
    ...lines,
    ...arrows.map((arrow) => `  ${arrow}`),
    '  classDef answered fill:#d8f0dd,stroke:#2c7a3f,color:#111',
    '  classDef asked fill:#fff3c9,stroke:#a67c00,color:#111',
    '  classDef failed fill:#f8d7d7,stroke:#a12626,color:#111',
    ...(nodes.some(({ state }) => state === 'struck')
      ? ['  classDef struck fill:#eee,stroke:#999,color:#777,stroke-dasharray:4 3']
      : []),
  ].join('\n');
}

function nodesOf(steps: readonly StepView[]): Node[] {
  const byName = new Map<string, StepView[]>();
  for (const step of steps) {
    const key = `${step.name} ${step.struck?.why ?? ''}`;
    byName.set(key, [...(byName.get(key) ?? []), step]);
  }
  return [...byName.values()].flatMap((same) => {
    const isFolded = same.length > foldedAbove && same.every(({ within }) => within === undefined);
    return isFolded ? [foldedNode(same)] : same.map((step) => nodeOf(step, step.step, labelOf(step)));
  });
}

function foldedNode(steps: readonly StepView[]): Node {
  const [first] = steps;
  if (first === undefined) throw new Error('Expected steps to fold.');
  const states = steps.map(({ state }) => state);
  const state =
    first.struck !== undefined
      ? 'struck'
      : states.includes('failed')
        ? 'failed'
        : states.includes('asked')
          ? 'asked'
          : 'answered';
  const askedAt = Math.min(...steps.map((step) => step.askedAt));
  const endedAt = Math.max(...steps.map((step) => step.endedAt ?? Infinity));
  const why = first.struck === undefined ? '' : `<br/>${first.struck.why}`;
  const label = `${first.name} × ${steps.length}${why}`;
  return { ...nodeOf(first, first.step, label), state, askedAt, endedAt };
}

function nodeOf(step: StepView, id: string, label: string): Node {
  const { state, kind, askedAt, endedAt = Infinity, within, struck } = step;
  return {
    id: idOf(id),
    label,
    state: struck === undefined ? state : 'struck',
    kind,
    askedAt,
    endedAt,
    within: within === undefined ? undefined : idOf(within),
  };
}

function arrowsTo(node: Node, nodes: readonly Node[]): string[] {
  if (node.within !== undefined) return [`${node.within} -.-> ${node.id}`];
  const before = nodes.filter((other) => other !== node && other.within === undefined && other.endedAt <= node.askedAt);
  const isNearest = (one: Node) => !before.some((other) => other !== one && other.askedAt >= one.endedAt);
  return before.filter(isNearest).map((other) => `${other.id} --> ${node.id}`);
}

function labelOf({ step, about, struck, effect, childEffects = [] }: StepView): string {
  const undone = [...(effect === undefined ? [] : [effect]), ...childEffects].filter(isUndone).length;
  return [
    step,
    ...(about === '' ? [] : [about.slice(0, 60)]),
    ...(struck === undefined ? [] : [struck.why]),
    ...(undone === 0 ? [] : [undone === 1 ? 'effect undone' : `${undone} effects undone`]),
  ].join('<br/>');
}

function isUndone({ outcome }: EffectView): boolean {
  return outcome === 'undone' || outcome === 'undoneByHand';
}

function shapeOf(kind: StepView['kind'], label: string): string {
  const text = `"${label.replace(/[^\p{L}\p{N} .,:;()/×&<>-]/gu, ' ').replace(/<(?!br\/>)/g, ' ')}"`;
  switch (kind) {
    case 'agent':
      return `(${text})`;
    case 'tool':
      return `[${text}]`;
    case 'approval':
      return `{{${text}}}`;
    case 'process':
      return `[[${text}]]`;
    case 'sleep':
    case 'now':
    case 'uuid':
      return `([${text}])`;
  }
}

function idOf(step: string): string {
  return step.replace(/[^A-Za-z0-9]/g, '_');
}

import type { RehearsalOrder, WorkerInstruction, WorkerReport } from '../contracts/rehearsal';

type Held = Extract<WorkerReport, { readonly type: 'notice' | 'fault' }>;
type Holding<Report> = Report extends Held ? Omit<Report, 'hold'> : never;

/** The process that conducts the rehearsal, as its worker sees it. */
export interface Parent {
  readonly order: Promise<RehearsalOrder>;
  /** Reports something; resolves when it is on its way, so that it is known even if this process is killed then. */
  tell(report: WorkerReport): Promise<void>;
  /** Reports something, and resolves when the run may go on. */
  hold(report: Holding<Held>): Promise<void>;
  /** Called whenever the state of the systems is asked for. */
  onReadState(answer: () => Promise<void>): void;
}

/** Takes up the conversation with the process that started this one. When that is gone this one ends. */
export function openParent(): Parent {
  process.once('disconnect', () => process.exit(1));
  const held = new Map<number, () => void>();
  const live: { readState?: () => Promise<void>; holds: number } = { holds: 0 };
  const order = new Promise<RehearsalOrder>((resolve) => {
    process.on('message', (instruction: WorkerInstruction) => {
      switch (instruction.type) {
        case 'begin':
          resolve(instruction.order);
          break;
        case 'release':
          held.get(instruction.hold)?.();
          held.delete(instruction.hold);
          break;
        case 'readState':
          void live.readState?.();
          break;
      }
    });
  });
  const tell = (report: WorkerReport) =>
    new Promise<void>((resolve, reject) => {
      process.send?.(report, undefined, undefined, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  return {
    order,
    tell,
    async hold(report) {
      const hold = (live.holds += 1);
      const released = new Promise<void>((resolve) => held.set(hold, resolve));
      await tell({ ...report, hold });
      await released;
    },
    onReadState(answer) {
      live.readState = answer;
    },
  };
}

import type { ActivityInterfaceFor, ActivityOptions } from '@temporalio/workflow';

/** Makes a call of one activity. */
export type MakeCall = (options: ActivityOptions, args: unknown[]) => Promise<unknown>;

type Activity = (...args: unknown[]) => Promise<unknown>;
type ActivityCall = Activity & { executeWithOptions(options: ActivityOptions, args: unknown[]): Promise<unknown> };

/** The same activities, with calls that are made by what `around` makes of the way they were made before. */
export function aroundCalls<Own>(
  activities: ActivityInterfaceFor<Own>,
  around: (make: MakeCall) => MakeCall,
): ActivityInterfaceFor<Own> {
  return new Proxy(activities, {
    get(target, name) {
      const activity = Reflect.get(target, name) as ActivityCall; // each property of the SDK's proxy is an activity
      const executeWithOptions = around((options, args) => activity.executeWithOptions(options, args));
      return Object.assign((...args: unknown[]) => activity(...args), { executeWithOptions });
    },
  });
}

/**
 * The version by which a worker is known in every history that it has a part in. Without it, a hash of the bundle is
 * written with each call, which is a sixth of the history of an agent that uses tools.
 */
export const workerDeployment = {
  version: { deploymentName: 'counterpoint', buildId: '0.1.0' },
  useWorkerVersioning: false,
} as const;

// Healthy: the server has heard of a worker of this container on its task queue within the last minutes.
const { hostname } = require('node:os');
const { Connection } = require('@temporalio/client');
const { loadConfig } = require('../dist/config');

const heardOfWithinMs = 3 * 60_000;
const workflowTaskQueue = 1;

async function main() {
  const { temporal, namespace, taskQueue } = loadConfig(process.env);
  if (temporal === undefined) throw new Error('TEMPORAL_ADDRESS is not set.');
  const connection = await Connection.connect(temporal.connectionOptions);
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: workflowTaskQueue,
  });
  await connection.close();
  const isHere = pollers.some(
    ({ identity, lastAccessTime }) =>
      identity.endsWith(`@${hostname()}`) && Date.now() - Number(lastAccessTime.seconds) * 1_000 < heardOfWithinMs,
  );
  if (!isHere) throw new Error(`No worker of ${hostname()} asks for tasks of ${namespace}/${taskQueue}.`);
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});

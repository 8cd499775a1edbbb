import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workerDeployment } from '../../src/contracts/worker-deployment';

describe('the version of a worker', () => {
  it('is that of the package', () => {
    const file = readFileSync(join(__dirname, '../../package.json'), 'utf8');
    expect(JSON.parse(file)).toMatchObject({ version: workerDeployment.version.buildId });
  });
});

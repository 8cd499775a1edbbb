import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateShop } from './shop/generate-shop';
import { samplePlan } from './shop/sample-plan';

// Writes the sample shop again. A test holds the shipped file against what this makes.
const folder = join(__dirname, '..', '..', 'data', 'shop');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'shop.json'), `${JSON.stringify(generateShop(samplePlan), null, 1)}\n`);

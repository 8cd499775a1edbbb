import { serveWorker } from '../serve-worker';
import { floorActivities } from './activities';

void serveWorker((folder, modelUrl) => Promise.resolve({ activities: floorActivities(folder, modelUrl) }));

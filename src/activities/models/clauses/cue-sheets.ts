import type { ClauseCategory } from '../../../contracts/clause';
import { commerceCues } from './cues-commerce';
import { lawCues } from './cues-law';
import { liabilityCues } from './cues-liability';
import { licenceCues } from './cues-licence';
import { propertyCues } from './cues-property';
import { restrictionCues } from './cues-restrictions';
import { termCues } from './cues-term';
import type { CueSheet, CueTable } from './cue';

const tables: readonly CueTable[] = [
  termCues,
  lawCues,
  restrictionCues,
  commerceCues,
  propertyCues,
  licenceCues,
  liabilityCues,
];

/** The cue sheet of every category that is found by cues; what the opening words state has rules of its own. */
export const cueSheets: ReadonlyMap<ClauseCategory, CueSheet> = new Map(
  tables.flatMap((table) => Object.entries(table) as [ClauseCategory, CueSheet][]),
);

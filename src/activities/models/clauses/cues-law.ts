import type { CueTable } from './cue';

/** Which law the contract is read by. */
export const lawCues: CueTable = {
  'Governing Law': {
    asks: "Which state's or country's law governs the contract?",
    cues: [
      ['govern* ... by ... law*', 10],
      ['(construed|interpreted|enforced) ... (in accordance with|under|by|according to|pursuant to) ... law*', 8],
      ['law* of ... (shall|will) (govern|apply|control)', 10],
      ['(governing|applicable|proper) law', 4],
      ['(subject to|governed by) the laws of', 6],
      ['without (regard|reference|giving effect|application) ... (conflict*|choice)', 5],
      ['(organi*|existing|incorporated) ... under the laws', -12],
      ['comply* with', -4],
    ],
    headings: [['(governing law|applicable law|choice of law|law)', 3]],
    requires: [['law', 'laws']],
  },
};

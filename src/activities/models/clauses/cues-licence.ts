import type { CueTable } from './cue';

/** Licences: their grant, and how far they reach. */
export const licenceCues: CueTable = {
  'License Grant': {
    asks: 'Does one party grant the other a licence?',
    cues: [
      ['{grant} ... {licence}', 10],
      [
        '{grant} ... (right*) to (use|sell|market|distribute|reproduce|display|make|promote|sublicense|access|exploit|resell|manufacture|practice|publish)',
        9,
      ],
      ['(provide*|give*) ... (right to use|access to)', 6],
      [
        '[is] (licensed|entitled|authorized|authorised) to (use|reproduce|display|distribute|sublicense|market and sell) ... (trademark*|mark*|software|name*|logo*|content|material*|technology|patent*|intellectual property|product*)',
        7,
      ],
      ['(shall|may) have (a|an|the) ... (licence|license|right to use)', 7],
      ['(may|right to) use ... (trademark*|trade name*|logo*|mark*)', 7],
      ['(hereby|does hereby) license*', 10],
      [
        '(non-exclusive|exclusive|royalty-free|non-transferable|worldwide|perpetual|irrevocable|revocable|sublicensable|limited)',
        3,
      ],
      ['(no|not) ... (licence|license|right*) ... (granted|implied)', -12],
      ['nothing ... (grant*|confer*|constru*)', -12],
      ['{not} ... grant', -8],
      ['the grant of', -6],
      [
        '(security interest|stock option|options|shares|warrant* to purchase|business license*|right of first refusal)',
        -8,
      ],
      ['(permits|licenses|licences) and (permits|licenses|approvals|licences)', -8],
    ],
    headings: [
      ['(licen*|grant*)', 3],
      ['confidential*', -4],
    ],
  },
  'Non-Transferable License': {
    asks: 'Is the licence not transferable?',
    cues: [
      ['(non-transferable|nontransferable|not transferable|non-assignable|untransferable)', 6],
      ['{not} ... (transfer*|assign*|sublicens*|sub-licens*) ... (licen*|right* granted|software)', 7],
      ['(licen*|right* granted) ... {not} ... (transfer*|assign*|sublicens*)', 7],
      ['(non-sublicensable|non-sublicenseable)', 4],
      ['{licence}', 4],
      ['{grant}', 4],
      ['without the right to (sublicens*|transfer)', 5],
    ],
    headings: [['(licen*|grant*)', 2]],
    requires: [
      ['licen*', '{grant}'],
      [
        '*transfer*',
        'non-transfer*',
        'nontransfer*',
        'transfer*',
        'assign*',
        'sublicens*',
        'sub-licens*',
        'non-assign*',
        'non-sublicens*',
      ],
    ],
  },
  'Affiliate License-Licensor': {
    asks: 'Is intellectual property of the licensor’s affiliates licensed too?',
    cues: [
      ['(on behalf of itself and|and its|and their|cause its|or its) {affiliate} ... {grant} ... {licence}', 10],
      ['{grant} ... {licence} ... (owned|controlled|held) by ... {affiliate}', 10],
      ['(licensor|owner) (and|or) its {affiliate} ... {grant}', 10],
      ['{licence} ... {affiliate} (own*|control*|hold*)', 10],
    ],
    requires: [['{affiliate}'], ['{licence}']],
  },
  'Affiliate License-Licensee': {
    asks: 'Does the licence extend to affiliates of the licensee?',
    cues: [
      ['{grant} ... (to|and) ... {affiliate} ... ({licence}|right*)', 9],
      ['({licence}|right*) ... (sublicens*|sub-licens*|transfer*|extend*) ... {affiliate}', 10],
      ['(sublicens*|sub-licens*) ... {affiliate}', 8],
      ['(and|or) its {affiliate} ... (may|shall have the right to|right to) (use|sell|market|distribute)', 8],
      ['{grant}', 2],
      ['assign* this agreement', -8],
      ['this agreement ... {not} ... assign*', -10],
      ['{affiliate} (own*|control*|hold*)', -6],
    ],
    requires: [['{affiliate}'], ['licen*', 'sublicen*', 'sub-licen*', 'right* to']],
  },
  'Unlimited/All-You-Can-Eat-License': {
    asks: 'Is the use under the licence unlimited?',
    cues: [
      ['(unlimited|unrestricted|enterprise-wide|enterprise|site) [use|usage|right* and] {licence}', 10],
      ['{licence} ... (unlimited|unrestricted|without limit*|any number of|enterprise)', 8],
      ['number of ... (user*|copies|installation*|seat*|server*) ... unlimited', 10],
      ['(unlimited|any) number of (user*|copies|installation*|seat*|server*)', 8],
      ['(unlimited|unrestricted) (use|right*|access|usage)', 6],
      ['{grant}', 3],
      ['{licence}', 3],
      ['(including without limitation|including, without limitation|without limitation)', -3],
      ['liabil*', -8],
    ],
    requires: [
      ['licen*', '{grant}'],
      ['unlimited', 'unrestricted', 'enterprise', 'any number', 'without limit*'],
    ],
  },
  'Irrevocable Or Perpetual License': {
    asks: 'Is the licence irrevocable or perpetual?',
    cues: [
      ['(irrevocabl*|perpetual*|in perpetuity)', 4],
      ['(irrevocabl*|perpetual*) ... ({licence}|right* to use)', 8],
      ['({licence}|right* to use) ... (irrevocabl*|perpetual*|in perpetuity)', 8],
      ['{grant}', 3],
      ['(attorney-in-fact|power of attorney|jurisdiction|submit*)', -8],
      ['(proxy|waive*)', -4],
    ],
    requires: [
      ['irrevocabl*', 'perpetual*', 'in perpetuity'],
      ['licen*', 'right* to use', '{grant}'],
    ],
  },
  'Source Code Escrow': {
    asks: 'Must source code be deposited in escrow?',
    cues: [
      ['(source code|source materials|technology) ... escrow', 10],
      ['escrow ... (source code|source materials|software)', 10],
      ['deposit* ... source code', 10],
      ['(deposit*|escrow agent|release condition*)', 3],
    ],
    requires: [['escrow*', 'deposit*']],
  },
};

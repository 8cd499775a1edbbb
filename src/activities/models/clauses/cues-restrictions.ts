import type { CueTable } from './cue';

/** What a party must not do beside the contract: compete, deal with others, solicit, speak ill. */
export const restrictionCues: CueTable = {
  'Non-Compete': {
    asks: 'May a party not compete with the other, or not operate in an area, business or sector?',
    cues: [
      ['{not} ... (compete|competes|competing) ... with', 10],
      [
        '{not} ... (engage|participate|invest|be employed|render|assist|own|operate|manage|carry on|establish) ... (compet*|similar business|same business)',
        9,
      ],
      [
        '{not} ... (sell|market|promote|distribute|manufacture|develop|offer|represent|produce|purchase|supply) ... (compet*|similar (product*|service*|goods))',
        8,
      ],
      [
        '{not} ... (sell|market|promote|distribute|solicit) ... (outside|other than in) ... (territory|region|country|area)',
        10,
      ],
      ['{not} ... (sell|market|promote|distribute|solicit) ... (inside|in|within) ... territory', 7],
      ['(non-compete|non-competition|covenant not to compete|restrictive covenant*)', 5],
      ['(competing|competitive) (product*|business*|service*|activit*|goods)', 4],
      ['(during|throughout) the term ... {not}', 2],
      ['for a period of {count}', 2],
      ['{not} ... (participate|engage|be involved|take part) ... similar', 10],
      [
        '{not} ... (develop*|research*|manufactur*|commerciali*) ... (independently|own account|in collaboration with|for [any] third part*)',
        9,
      ],
      ['(competitive with|competes with|compete with|in competition with)', 6],
      ['not ... (engage|perform|provide|render) ... (competitive|competing|competition)', 5],
      ['(employee*|solicit)', -2],
      ['competitive (price*|pricing|bid*)', -8],
    ],
    headings: [['(non-compet*|compet*|restrictive covenant*|noncompetition)', 5]],
    requires: [['{not}', 'non-compet*', 'covenant* not', 'refrain*']],
  },
  Exclusivity: {
    asks: 'Must a party deal only with the other, buy its requirements there, or keep others out?',
    cues: [
      [
        '(exclusive|sole|sole and exclusive) (right*|licence|license|distribut*|supplier|manufacturer|provider|agent*|reseller|vendor|source|dealer|representative|territor*|partner|basis|negotiat*)',
        8,
      ],
      ['(exclusive and|exclusive,|an exclusive|the exclusive)', 3],
      ['(grant*|appoint*) ... exclusive', 6],
      ['exclusive*', 3],
      ['exclusivity', 6],
      ['(purchase|buy|obtain|procure|source) ... (exclusively|solely|only) from', 10],
      [
        '(exclusively|only|solely) (through|from|to|with|by) ... (party|company|supplier|customer|manufacturer|distributor|reseller)',
        4,
      ],
      ['(all of its|all its|its entire|100% of its) ... (requirements|needs)', 10],
      [
        '{not} ... (sell|supply|license|licence|market|distribute|provide|offer|appoint|engage|grant|enter into|contract|negotiate|collaborate) ... (any other|third part*|any person|anyone|other than (through|to|from))',
        10,
      ],
      ['{not} ... (purchase|obtain|procure) ... from (any other|third part*|anyone)', 9],
      ['non-exclusive*', -8],
      ['exclusive (jurisdiction|venue|remedy|forum)', -12],
      ['(exclusive|sole) (property|owner*|judgment|discretion|responsib*|cost|expense)', -8],
      ['sole and exclusive (remed*|property|owner*|liability|obligation)', -12],
      ['confidential*', -8],
      ['exclusive of', -6],
      ['(reverse engineer*|decompile*|rent)', -10],
      ['indemnif*', -8],
      ['(wish*|desire*|interested) (to|in)', -10],
      ['(on behalf of|in the name of|bind)', -6],
      ['assign*', -4],
    ],
    headings: [
      ['exclusiv*', 4],
      ['(confidential*|assignment|jurisdiction)', -6],
    ],
  },
  'No-Solicit Of Customers': {
    asks: "May a party not contract with or solicit the other's customers or partners?",
    cues: [
      [
        '{not} ... (solicit*|divert*|entice*|induce*|approach*|contact*|do business with|contract with|circumvent*|take away|interfere*) ... (customer*|client*|supplier*|vendor*|account*|partner*|distributor*)',
        10,
      ],
      ['(non-solicit*|non-circumvent*)', 3],
      ['(customer*|client*) ... {not} ... solicit*', 6],
    ],
    headings: [['(solicit*|non-circumvent*)', 4]],
    requires: [
      ['{not}', 'refrain*'],
      ['customer*', 'client*', 'supplier*', 'vendor*', 'account*', 'partner*', 'distributor*'],
    ],
  },
  'No-Solicit Of Employees': {
    asks: "May a party not solicit or hire the other's employees or contractors?",
    cues: [
      [
        '{not} ... (solicit*|hire*|recruit*|employ|entice*|induce*|engage|encourage*|take away) ... (employee*|personnel|staff|consultants|contractors|workers|(person*|individual*) ... employed)',
        10,
      ],
      ['(employee*|personnel|staff) ... (leave|terminat*) ... (employ*|relationship|position)', 3],
      ['non-solicit*', 3],
      ['(benefit*|compensation|withhold*|background|insurance|workers compensation)', -6],
    ],
    headings: [['(solicit*|hire|hiring)', 5]],
    requires: [
      ['{not}', 'refrain*'],
      ['solicit*', 'hire*', 'recruit*', 'entice*', 'induce*', 'employ', 'take away'],
    ],
  },
  'Non-Disparagement': {
    asks: 'May a party not disparage the other?',
    cues: [
      ['{not} ... (disparag*|defam*|denigrat*|slander*|libel*|speak ill)', 10],
      ['(non-disparagement|disparag*)', 8],
      ['{not} ... (derogatory|negative|damaging) ... (statement*|comment*|remark*)', 10],
      [
        '(tarnish*|harm|injur*|diminish*|impair*|detrimental to|disrepute) ... (reputation|goodwill|image|good name)',
        5,
      ],
      ['(reputation|goodwill|good name)', 2],
      ['{not}', 3],
      ['indemnif*', -8],
    ],
    headings: [['disparag*', 5]],
  },
  'Competitive Restriction Exception': {
    asks: 'What is carved out of a non-compete, an exclusivity or a no-solicit of customers?',
    cues: [
      [
        '(notwithstanding|except*|other than|provided, however|provided that|unless|subject to|nothing ... shall) ... (exclusiv*|non-compet*|compet*|solicit*)',
        6,
      ],
      [
        'nothing [contained] [herein|in this agreement|in this section] ... (prevent*|prohibit*|restrict*|preclude*|limit*|derogate*) ... (from|right)',
        6,
      ],
      [
        '(exclusiv*|{not} ... compete*|{not} ... solicit*|compet*) ... (except*|other than|provided, however|provided that|unless)',
        6,
      ],
      ['exclusive ... subject to', 7],
      ['(notwithstanding|except|other than) ... (exclusiv*|non-compet*|solicit*) ... (may|right to|entitled)', 5],
      ['(cancel|lose*|forfeit*|convert*|terminate) ... exclusiv*', 7],
      ['(non-exclusive) ... (if|upon|in the event)', 4],
      ['(general|public) (advertis*|solicitation*)', 5],
      ['(less than|more than|up to) {percent} ... (stock|shares|securities)', 5],
      ['shall not apply', 3],
      ['territory', 2],
      ['confidential*', -6],
      ['exclusive (jurisdiction|remedy|property)', -8],
      ['non-exclusive', -3],
    ],
    headings: [
      ['(exclusiv*|compet*|solicit*)', 4],
      ['confidential*', -4],
    ],
    requires: [
      [
        'notwithstanding',
        'except*',
        'other than',
        'provided',
        'unless',
        'nothing',
        'cancel',
        'not apply',
        'non-exclusive',
        'lose*',
        'subject to',
      ],
      ['exclusiv*', 'compet*', 'solicit*', 'territor*', 'third part*'],
    ],
  },
};

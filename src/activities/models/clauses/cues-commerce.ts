import type { CueTable } from './cue';

/** Prices, volumes, shares of revenue, and preferences between the parties. */
export const commerceCues: CueTable = {
  'Most Favored Nation': {
    asks: 'If a third party gets better terms, is the other party entitled to them too?',
    cues: [
      ['most favo* (nation*|customer*|licensee*|party)', 10],
      ['(no less|not less|more|at least as|as) favo* (than|as|to|terms|pricing|price*|conditions)', 6],
      ['(than|to) ... (any other|other|third|others)', 2],
      [
        '(any other|other|third) (customer*|party|parties|purchaser*|licensee*|client*|distributor*) ... (lower|better|more favo*) (price*|terms|than|fee*|rate*|royalt*)',
        9,
      ],
      [
        '(lower|better|more favo*) (price*|terms|fee*|rate*|royalt*|pricing) ... (any other|other|third) (customer*|part*|purchaser*|licensee*|client*|distributor*)',
        9,
      ],
      ['(price*|pricing|terms|rate*)', 2],
      ['(insurance|rating)', -6],
    ],
  },
  'Revenue/Profit Sharing': {
    asks: 'Must a party share revenue or profit with the other?',
    cues: [
      ['(revenue*|profit*) (share|sharing|split)', 10],
      ['(shall|will|must) (share|split|divide) ... (revenue*|profit*|proceeds)', 10],
      ['(share*|split*) ... (revenue*|profit*|proceeds|commission*)', 8],
      [
        '{percent} ... (net sales|gross sales|net revenue*|gross revenue*|revenue*|profit*|gross margin|net income|proceeds|sales price|net receipts|gross receipts|sales)',
        8,
      ],
      ['(net sales|gross sales|net revenue*|gross revenue*|revenue*|profit*|proceeds) ... {percent}', 7],
      ['(royalt*|commission*) ... {percent}', 8],
      ['{percent} ... (royalt*|commission*)', 8],
      ['(pay*|entitled|receive*|remit*) ... (royalt*|commission*|share of|portion of|percentage of)', 6],
      ['(pay*|receive*|entitled|remit*|retain*|divided)', 3],
      ['(discount|interest|late|tax*|stock|shares|per annum|deposit)', -4],
      ['(lost|loss of) (profit*|revenue*)', -10],
      ['(audit*|underpay*|understat*|discrepanc*)', -6],
    ],
    headings: [['(royalt*|revenue*|profit*|commission*)', 3]],
    requires: [
      [
        'pay*',
        'receive*',
        'entitled',
        'remit*',
        'share*',
        'sharing',
        'split*',
        'retain*',
        'divided',
        'commission*',
        'royalt*',
      ],
    ],
  },
  'Price Restrictions': {
    asks: 'Is a party limited in raising or lowering its prices?',
    cues: [
      [
        '(price*|fee*|rate*|charge*) {not} ... (increase*|exceed*|raise*|change*|be (increased|raised|changed|adjusted))',
        9,
      ],
      [
        '{not} ... (increase*|raise*|change*|reduce*|adjust*|decrease*|alter*) ... (price*|fee*|rate*|charge*|commission*)',
        9,
      ],
      [
        '(increase*|adjust*|change*|raise*) ... (price*|fee*|rate*) ... (not exceed*|no more than|more than|only|limited to|once|maximum)',
        8,
      ],
      [
        '(price*|fee*|rate*) (is|are|shall be|will be|shall remain|will remain|remain*) (fixed|firm|valid|unchanged|in effect)',
        9,
      ],
      [
        '(price*|fee*|rate*) ... (increase*|adjust*|change*|raise*) ... (consumer price index|cpi|percent|%|{percent})',
        7,
      ],
      ['(price*|fee*|rate*) ... (shall|will) (be|remain) (fixed|firm|unchanged)', 10],
      ['(minimum|maximum|ceiling) ... (resale|selling|retail) price*', 8],
      ['(resell|resale|selling|retail) price* ... (not|minimum|maximum|recommended|set by|determined by)', 6],
      ['(mutual* agree*|consent|negotiat*) ... (price*|pricing)', 3],
      ['(price*|pricing) ... (mutual* agree*|consent|negotiat*)', 3],
      ['(tax*|exchange rate|purchase price|stock|shares|option*|exercise price)', -6],
    ],
    headings: [['(price*|pricing|fees)', 2]],
    requires: [['price*', 'pricing', 'fee*', 'rate*', 'charge*']],
  },
  'Minimum Commitment': {
    asks: 'Must a party buy or pay a minimum amount?',
    cues: [
      [
        'minimum (order*|purchase*|quantit*|commitment*|volume*|amount*|guarantee*|royalt*|fee*|annual|payment*|lot*|sales|number|term)',
        8,
      ],
      ['(purchase|order|buy|pay|sell|acquire) ... (minimum|no less than|not less than|at least) ... {number}', 8],
      [
        '(minimum|no less than|not less than|at least) ... {number} ... (units|pieces|orders|products|hours|per (month|year|quarter|annum))',
        6,
      ],
      ['(annual|monthly|quarterly|yearly|sales) (minimum*|milestone*|target*|quota*|commitment*)', 7],
      ['(purchase|sales|volume) (target*|quota*|commitment*)', 6],
      ['(take or pay|take-or-pay|moq)', 10],
      ['(order*|purchase*)', 2],
      ['(minimum of|minimum number of) ... {number}', 4],
      ['(less than|below|fail* to (achieve|meet|reach|purchase)) ... (minimum*|milestone*|target*|quota*)', 5],
      ['minimum ... {count}', -5],
      ['{not} (required|obligated|obliged) to', -6],
      ['(insurance|coverage|wage*|notice|days|tax*|temperature|salary)', -4],
    ],
    headings: [['(minimum*|commitment*|milestone*|quota*)', 4]],
    requires: [
      [
        'minimum*',
        'at least',
        'no less than',
        'not less than',
        'quota*',
        'target*',
        'milestone*',
        'take-or-pay',
        'moq',
        'commitment*',
      ],
    ],
  },
  'Volume Restriction': {
    asks: 'Does use beyond a threshold raise the fee or need consent?',
    cues: [
      [
        '(exceed*|in excess of|more than|over|above|beyond) ... {number} ... (additional (fee*|charge*|cost*)|consent|approval|surcharge|supplement|overage*|extra charge*)',
        10,
      ],
      ['(number of|quantity of|volume of) ... exceed* ... (pay|supplement|fee*|charge*)', 10],
      ['(overage*|excess (usage|use|hours|volume|quantit*)) ', 7],
      [
        '(up to|maximum of|no more than|not more than|not exceed*|limited to) ... {number} ... (units|users|copies|seats|hours|installations|servers|pages|transactions|impressions|gigabytes|gb|licenses|products|kits)',
        8,
      ],
      [
        '(fee*|charge*|price*) ... (exceed*|in excess of|more than) ... (units|users|copies|seats|hours|volume*|quantit*)',
        6,
      ],
      ['(maximum|upper limit|capacity) ... (order*|quantit*|volume*|units)', 5],
      ['(exceed*|excess) ... (forecast*|capacity|volume*|quantit*|maximum)', 7],
      ['(liabil*|damage*|insurance|interest|penalt*)', -8],
    ],
  },
  'Rofr/Rofo/Rofn': {
    asks: 'Does a party have a right of first refusal, offer or negotiation?',
    cues: [
      ['first right* of (refusal|offer|negotiation)', 10],
      ['(right*|option) of first (refusal|offer|negotiation|discussion|look)', 10],
      ['first (right*|option|opportunity) (to|of)', 8],
      ['(rofr|rofo|rofn)', 10],
      ['first refusal', 8],
      ['(exclusive|first) ... (negotiat*) ... (period|right)', 5],
      ['(offer|offered) ... (first) ... (to|before) ... third part*', 5],
      ['pre-emptive right*', 9],
    ],
  },
};

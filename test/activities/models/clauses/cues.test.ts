import { findClauses } from '../../../../src/activities/models/clauses/find-clauses';
import type { ClauseCategory } from '../../../../src/contracts/clause';
import { contractOf } from './contract-of';

type Example = readonly [category: ClauseCategory, sentence: string];

/** Sentences of everyday drafting, written from general knowledge, not taken from a labelled contract. */
const termExamples: readonly Example[] = [
  ['Effective Date', 'This Agreement shall become effective on the date on which the last Party signs it.'],
  [
    'Expiration Date',
    'This Agreement shall remain in force for a period of three (3) years unless earlier terminated in accordance with Section 9.',
  ],
  ['Expiration Date', 'The Term of this Agreement shall expire on December 31, 2027.'],
  [
    'Renewal Term',
    'After the Initial Term, this Agreement will automatically renew for successive periods of twelve (12) months each.',
  ],
  ['Renewal Term', 'Customer has the option to extend the Term for two further periods of one year.'],
  [
    'Notice Period To Terminate Renewal',
    'The Agreement renews for successive one-year terms unless either Party gives written notice of non-renewal at least sixty (60) days before the end of the current term.',
  ],
  [
    'Termination For Convenience',
    'Either Party may terminate this Agreement for convenience upon ninety (90) days prior written notice.',
  ],
  [
    'Termination For Convenience',
    'Licensee may cancel this Agreement at any time and for any reason by giving thirty days notice.',
  ],
  [
    'Post-Termination Services',
    'Upon expiration of this Agreement, Distributor may sell off its remaining inventory for a period of six (6) months.',
  ],
  [
    'Post-Termination Services',
    'Following any termination, Provider shall assist Customer in the transition of the Services to a successor.',
  ],
  [
    'Governing Law',
    'This Agreement is governed by and shall be construed in accordance with the laws of England and Wales.',
  ],
];
const restrictionExamples: readonly Example[] = [
  [
    'Non-Compete',
    'During the Term and for one year thereafter, Franchisee shall not engage in any business that competes with the Franchised Business.',
  ],
  [
    'Non-Compete',
    'The Seller agrees not to compete, directly or indirectly, with the Buyer in the Province of Ontario.',
  ],
  ['Exclusivity', 'Supplier appoints Distributor as its exclusive distributor of the Goods in the Region.'],
  ['Exclusivity', 'Buyer shall purchase all of its requirements for resin exclusively from Seller.'],
  [
    'No-Solicit Of Customers',
    'Agent shall not solicit or divert any customer of the Principal for two years after termination.',
  ],
  [
    'No-Solicit Of Employees',
    'Neither Party shall, during the Term, solicit for employment or hire any employee of the other Party.',
  ],
  ['Non-Disparagement', 'Neither Party shall make any statement that disparages the other Party or its products.'],
  [
    'Competitive Restriction Exception',
    'Notwithstanding the exclusivity granted above, Supplier may sell the Goods directly to governmental customers.',
  ],
];
const commerceExamples: readonly Example[] = [
  [
    'Most Favored Nation',
    'If Vendor offers any other customer lower prices for the same Goods, Vendor shall extend those prices to Buyer.',
  ],
  ['Most Favored Nation', 'Licensor shall grant Licensee most favored nation treatment with respect to royalties.'],
  ['Revenue/Profit Sharing', 'Licensee shall pay Licensor a royalty of five percent (5%) of Net Sales.'],
  ['Revenue/Profit Sharing', 'The Parties shall share the advertising revenue equally.'],
  ['Price Restrictions', 'The prices set out in Annex 2 shall remain fixed for the first two years.'],
  ['Price Restrictions', 'Vendor shall not increase the fees by more than 3% in any calendar year.'],
  ['Minimum Commitment', 'Distributor shall purchase a minimum of 10,000 units in each contract year.'],
  ['Minimum Commitment', 'The minimum order quantity is 500 pieces.'],
  [
    'Volume Restriction',
    'If usage exceeds 1,000 transactions per month, Customer shall pay an additional fee for each further transaction.',
  ],
  ['Rofr/Rofo/Rofn', 'Company grants Investor a right of first refusal over any sale of the Shares.'],
];
const propertyExamples: readonly Example[] = [
  ['Ip Ownership Assignment', 'Contractor hereby assigns to Client all right, title and interest in the Work Product.'],
  [
    'Ip Ownership Assignment',
    'All deliverables shall be deemed works made for hire and shall be the exclusive property of the Client.',
  ],
  ['Joint Ip Ownership', 'Inventions made by employees of both Parties shall be jointly owned.'],
  ['Anti-Assignment', 'Neither Party may assign this Agreement without the prior written consent of the other Party.'],
  ['Anti-Assignment', 'This Agreement is not assignable.'],
  ['Change Of Control', 'Licensor may terminate this Agreement if Licensee undergoes a change of control.'],
  [
    'Change Of Control',
    'A merger, consolidation or sale of all or substantially all of the assets shall be deemed an assignment requiring consent.',
  ],
];
const licenceExamples: readonly Example[] = [
  ['License Grant', 'Licensor hereby grants to Licensee a non-exclusive licence to use the Software.'],
  ['License Grant', 'Owner grants Operator the right to use the Trademarks in connection with the Restaurant.'],
  ['Non-Transferable License', 'Vendor grants Customer a limited, non-transferable license to use the Documentation.'],
  [
    'Affiliate License-Licensor',
    'Licensor, on behalf of itself and its Affiliates, hereby grants a license under the Patents.',
  ],
  ['Affiliate License-Licensee', 'Licensor grants to Licensee and its Affiliates a license to practise the Patents.'],
  [
    'Unlimited/All-You-Can-Eat-License',
    'Vendor grants Customer an enterprise license for an unlimited number of users.',
  ],
  ['Irrevocable Or Perpetual License', 'Developer grants Client a perpetual, irrevocable license to use the Tools.'],
  ['Source Code Escrow', 'Vendor shall deposit the source code of the Software with an escrow agent.'],
];
const liabilityExamples: readonly Example[] = [
  ['Uncapped Liability', 'The limits in Section 4 do not apply to gross negligence or wilful misconduct.'],
  [
    'Uncapped Liability',
    "The limitations in this Article shall not apply to a Party's indemnification obligations or to fraud.",
  ],
  [
    'Uncapped Liability',
    'Nothing in this Agreement limits or excludes liability for death or personal injury caused by negligence.',
  ],
  [
    'Cap On Liability',
    "In no event shall either Party's total liability exceed the fees paid in the preceding twelve months.",
  ],
  ['Cap On Liability', 'Neither Party shall be liable for any indirect, special or consequential damages.'],
  ['Liquidated Damages', 'For each week of delay Contractor shall pay liquidated damages of 1% of the price.'],
  ['Liquidated Damages', 'Customer shall pay an early termination fee of $50,000.'],
  [
    'Warranty Duration',
    'Seller warrants that the Goods will be free from defects for a period of twelve (12) months from delivery.',
  ],
  [
    'Insurance',
    'Contractor shall maintain commercial general liability insurance of at least $2,000,000 per occurrence.',
  ],
  ['Audit Rights', "Licensor may audit Licensee's books and records once a year during business hours."],
  ['Covenant Not To Sue', "Licensee shall not contest the validity of Licensor's Patents."],
  ['Third Party Beneficiary', 'The Affiliates of Buyer are intended third-party beneficiaries of this Section.'],
];

/** Sentences that use a category's words and are no such clause. */
const counterExamples: readonly Example[] = [
  ['Governing Law', 'Acme GmbH is a company organised and existing under the laws of Germany.'],
  ['Exclusivity', 'The courts of Paris shall have exclusive jurisdiction over any dispute.'],
  ['Exclusivity', 'Licensor grants Licensee a non-exclusive right to sell the Goods.'],
  [
    'Termination For Convenience',
    'Either Party may terminate this Agreement upon thirty (30) days notice if the other Party is in material breach.',
  ],
  ['Anti-Assignment', 'Employee hereby assigns all right, title and interest in the Inventions to the Company.'],
  ['License Grant', 'No licence under any patent is granted by this disclosure.'],
  ['License Grant', 'Nothing in this Agreement shall be construed as granting any license.'],
  ['Insurance', 'Consultant is not eligible for health insurance or any other employee benefit.'],
  ['Third Party Beneficiary', 'There are no third-party beneficiaries of this Agreement.'],
  ['Cap On Liability', 'Neither Party shall be liable for delays caused by force majeure or acts of God.'],
  ['Liquidated Damages', 'Late payments bear interest at 1% per month.'],
  ['Renewal Term', 'Contractor shall renew the insurance policies before they lapse.'],
  ['Change Of Control', '"Affiliate" means any entity that acquires a majority of the voting shares of a Party.'],
  ['Joint Ip Ownership', 'Each Party bears its own costs and the stamp duty equally.'],
  [
    'Uncapped Liability',
    'Without limiting the generality of the foregoing, Agent has no authority to incur liability.',
  ],
  ['Warranty Duration', 'Seller warrants that it has full power to enter into this Agreement.'],
  ['Non-Compete', 'Supplier shall offer competitive prices.'],
];

describe.each([
  ['on the term', termExamples],
  ['on restrictions', restrictionExamples],
  ['on commerce', commerceExamples],
  ['on property', propertyExamples],
  ['on licences', licenceExamples],
  ['on liability', liabilityExamples],
])('the cues %s', (_, examples) => {
  test.each(examples)('find %s in: %s', (category, sentence) => {
    const text = `The Parties have met. ${sentence} The weather was fine.`;
    expect(findClauses(contractOf(text), category).map(({ quote }) => quote)).toEqual([sentence]);
  });
});

describe('the cues', () => {
  test.each(counterExamples)('do not find %s in: %s', (category, sentence) => {
    expect(findClauses(contractOf(sentence), category)).toEqual([]);
  });
});

import { findClauses } from '../../../../src/activities/models/clauses/find-clauses';
import type { ClauseCategory } from '../../../../src/contracts/clause';
import { contractOf } from './contract-of';

const quotesOf = (text: string, category: ClauseCategory): string[] =>
  findClauses(contractOf(text), category).map(({ quote }) => quote);

const franchise =
  'EXECUTION VERSION\n\nMASTER FRANCHISE AGREEMENT\n\nThis Master Franchise Agreement (this "Agreement") is entered into as of ' +
  'March 3, 2021 (the "Commencement Date") between Larch & Sons Holdings, LLC, a Texas limited liability company ' +
  '("Franchisor"), and Willow B.V., a company organised under the laws of the Netherlands (the "Master Franchisee").\n\n' +
  'WHEREAS, Elm Corp. is not a party; NOW, THEREFORE, the parties agree as follows:';

describe('the opening words', () => {
  test('without a title, a date or a party give no clause', () => {
    for (const category of ['Document Name', 'Parties', 'Agreement Date', 'Effective Date'] as const) {
      expect(quotesOf('The parties agree as follows: 1. Rent is due in May 2020.', category)).toEqual([]);
    }
  });

  test('do not make a company of the recitals a party', () => {
    expect(quotesOf(franchise, 'Parties')).not.toContain('Elm Corp.');
  });

  test('do not make the description of a party, or the name of the agreement, a party', () => {
    const text =
      'THIS AGREEMENT is made between Acorn Inc. (the "Company"), a Delaware Corporation, and Jane Q. Roe ("Agent").';
    expect(quotesOf(text, 'Parties')).toEqual(['Acorn Inc.', '"Company"', 'Jane Q. Roe', '"Agent"']);
  });

  test('give the name of the contract as they call it', () => {
    expect(quotesOf(franchise, 'Document Name')).toEqual(['Master Franchise Agreement']);
  });

  test('give the title when they say only "this Agreement"', () => {
    const text =
      'Exhibit 10.1\n\nSOFTWARE ESCROW AGREEMENT\n\nTHIS AGREEMENT is made on 1 June 2020 between A Ltd. and B Ltd.';
    expect(quotesOf(text, 'Document Name')).toEqual(['SOFTWARE ESCROW AGREEMENT']);
  });

  test('give the parties and their defined terms', () => {
    expect(quotesOf(franchise, 'Parties')).toEqual([
      'Larch & Sons Holdings, LLC',
      '"Franchisor"',
      'Willow B.V.',
      '"Master Franchisee"',
    ]);
  });

  test('give the date of the contract, and the effective date when they define it', () => {
    expect(quotesOf(franchise, 'Agreement Date')).toEqual(['March 3, 2021']);
    expect(quotesOf(franchise, 'Effective Date')).toEqual(['March 3, 2021']);
  });
});

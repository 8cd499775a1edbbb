import { weakModelOptions } from '../../../eval/weak-model/weak-model-options';

it.each<[string, Record<string, string>, RegExp]>([
  ['a document that is not there', { document: 'no-such-contract.txt' }, /--document must be a file/],
  ['a chain that is none', { models: 'small|' }, /--models must be/],
  ['a chain that begins with code', { models: 'code' }, /a model first/],
  ['a category that is none', { categories: 'Parties,Colour' }, /"Colour" is none/],
  ['a policy that is none', { escalations: 'ignore' }, /one of approve, reject/],
  ['no time', { minutes: '0' }, /--minutes must be a number above 0/],
])('refuses %s', (_what, options, why) => {
  expect(() => weakModelOptions(options)).toThrow(why);
});

it('takes a chain, whose first model is the one that is measured', () => {
  expect(weakModelOptions({ models: 'small|code', categories: 'Parties, Insurance' })).toMatchObject({
    ...{ models: 'small|code', model: 'small', categories: ['Parties', 'Insurance'], escalations: 'approve' },
  });
  expect(weakModelOptions({}).categories).toHaveLength(41);
});

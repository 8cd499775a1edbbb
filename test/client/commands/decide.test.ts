import { describeReceipt } from '../../../src/client/commands/decide';

describe('what is printed of a decision', () => {
  const receipt = { step: 'counselSignOff-1', decision: 'reject', actor: 'ada' } as const;

  it('says who decided what', () => {
    expect(describeReceipt(receipt, undefined)).toBe('counselSignOff-1: reject by ada');
  });

  it('says which step is done again, and lets no name forge a line', () => {
    expect(describeReceipt(receipt, 'riskAssessor-1')).toBe(
      'counselSignOff-1: reject by ada; riskAssessor-1 is blamed, and is done again',
    );
    expect(describeReceipt({ ...receipt, actor: 'ada\nben' }, 'a\nb')).not.toContain('\n');
  });
});

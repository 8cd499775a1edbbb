import { statedDurations } from '../../../../src/activities/models/review/stated-durations';

const daysIn = (text: string): (number | null)[] => statedDurations(text).map(({ days }) => days);

describe('statedDurations', () => {
  test.each([
    'in fiscal 2019, 30 units were sold',
    'on the 30th day',
    'a fee of $30 daily',
    'Section 4.12 months ago',
    'each anniversary year',
  ])('finds none in “%s”', (text) => {
    expect(daysIn(text)).toEqual([]);
  });

  test.each([
    ['thirty (30) days', [30]],
    ['a 12-month period', [360]],
    ['two years', [730]],
    ['10 (ten) business days', [10]],
    ['one hundred eighty (180) days and one hundred and twenty days', [180, 120]],
    ['ten (12) years', [null]],
    ['six (6) weeks; TWENTY-FOUR MONTHS', [42, 720]],
    ['successive one (1) year increments', [365]],
  ])('reads %s', (text, days) => {
    expect(daysIn(text)).toEqual(days);
  });

  test('tells a notice period from other periods', () => {
    const text =
      'renews for two (2) years unless a party gives sixty (60) days prior written notice, and notice of at least 3 months is needed';
    expect(statedDurations(text)).toEqual([
      { days: 730, notice: false },
      { days: 60, notice: true },
      { days: 90, notice: true },
    ]);
  });
});

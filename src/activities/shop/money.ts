/** Whole cents of a decimal amount that is exact to the cent. */
export function centsOf(amount: number): number {
  return Math.round(amount * 100);
}

/** The decimal amount of whole cents: the nearest number, so that it prints as the amount does. */
export function amountOf(cents: number): number {
  return cents / 100;
}

/** Whole cents as decimal text, with at least one place and no more than it takes: `12.0`, `12.5`, `-0.05`. */
export function decimalText(cents: number | bigint): string {
  const digits = String(cents).replace('-', '').padStart(3, '0');
  const places = digits.slice(-2).replace(/0$/, '');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${places}`;
}

/** Whole cents as people read them: `$12.50`. */
export function dollars(cents: number): string {
  const [whole = '0', places = ''] = decimalText(cents).split('.');
  return `$${whole}.${places.padEnd(2, '0')}`;
}

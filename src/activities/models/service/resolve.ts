import type { Customer, Order, OrderItem, Product, Variant } from '../../../contracts/shop';

/** The payment method that the customer's words fit, if they fit exactly one of theirs. */
export function resolveMethod(words: string, customer: Customer, order: Order | undefined): string | undefined {
  const methods = Object.values(customer.payment_methods);
  const exact = methods.find(({ id }) => id.toLowerCase() === words.toLowerCase());
  if (exact !== undefined) return exact.id;
  if (/^original/i.test(words)) return order?.payment_history[0]?.payment_method_id;
  const said = words.toLowerCase();
  const fitting = methods.filter((method) => {
    switch (method.source) {
      case 'gift_card':
        return /^gift\s+card$/.test(said);
      case 'paypal':
        return /^paypal(?:\s+account)?$/.test(said);
      case 'credit_card':
        return /card/.test(said) && !/gift/.test(said) && isOfCard(said, method);
    }
  });
  return fitting.length === 1 ? fitting[0]?.id : undefined;
}

function isOfCard(said: string, { brand, last_four }: { readonly brand: string; readonly last_four: string }): boolean {
  const [, digits = last_four] = /(\d{4})$/.exec(said) ?? [];
  const [, named = brand] = /\b(visa|mastercard|amex)\b/.exec(said) ?? [];
  return digits === last_four && named.toLowerCase() === brand.toLowerCase();
}

const numbers: Readonly<Record<string, number>> = { one: 1, both: 2, two: 2, three: 3, four: 4, five: 5 };

/** The items of an order that the customer's words fit, if there is no doubt which and how many. */
export function resolveItems(words: string, order: Order): OrderItem[] | undefined {
  const said = words.toLowerCase();
  const named = order.items.filter((item) => said.includes(item.item_id) || isNamed(said, item.name));
  const fitting = named.filter(({ options }) => {
    const told = Object.keys(options).flatMap((key) => {
      const values = new Set(named.map((other) => other.options[key] ?? ''));
      return [...values].some((value) => holds(said, value)) ? [holds(said, options[key] ?? '')] : [];
    });
    return told.every(Boolean);
  });
  const [first] = fitting;
  if (first === undefined || fitting.some(({ item_id }) => item_id !== first.item_id)) return undefined;
  const [, number] = /^(one|both|two|three|four|five|\d{1,2})\b/.exec(said) ?? [];
  const isPlural = !first.name.toLowerCase().endsWith('s') && said.includes(`${first.name.toLowerCase()}s`);
  const count = number === undefined ? (isPlural ? fitting.length : 1) : (numbers[number] ?? Number(number));
  return count <= fitting.length ? fitting.slice(0, count) : undefined;
}

const filler =
  /\b(?:one|ones|with|in|of|a|an|the|and|size|version|variant|option|colou?r|instead|same|please|model|but|from|to)\b|[,()"'-]/gi;

/** The variant that an item is to become, if the customer's words name exactly one that can be had. */
export function resolveVariant(words: string, item: OrderItem, product: Product): Variant | undefined {
  const variants = Object.values(product.variants);
  const said = words.toLowerCase();
  const direct = variants.find(({ item_id }) => said === item_id);
  if (direct !== undefined) return direct;
  const told = new Map<string, string>();
  let rest = said;
  for (const key of Object.keys(item.options)) {
    const values = [...new Set(variants.map(({ options }) => options[key] ?? ''))].sort((a, b) => b.length - a.length);
    for (const value of values.filter((one) => holds(rest, one))) {
      if (told.has(key)) return undefined;
      told.set(key, value);
      rest = rest.replace(pattern(value), ' ');
    }
  }
  const names = [...Object.keys(item.options), product.name].flatMap((name) => name.toLowerCase().split(' '));
  const unexplained = rest
    .replaceAll(filler, ' ')
    .split(/\s+/)
    .filter((word) => word !== '' && !names.includes(word));
  if (told.size === 0 || unexplained.length > 0) return undefined;
  const wanted = { ...item.options, ...Object.fromEntries(told) };
  const fitting = variants.filter(({ options }) =>
    Object.entries(wanted).every(([key, value]) => options[key] === value),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** `Desk Lamp` in `the desk lamps`, and `Trail Boots` in `trail boots`. */
function isNamed(said: string, name: string): boolean {
  return new RegExp(String.raw`\b${escaped(name.toLowerCase())}s?\b`).test(said);
}

function holds(said: string, value: string): boolean {
  return value !== '' && pattern(value).test(said);
}

function pattern(value: string): RegExp {
  return new RegExp(String.raw`(?<![\w])${escaped(value.toLowerCase())}(?![\w])`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

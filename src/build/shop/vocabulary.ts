/** A kind of product: its options with their values, and the range of its price in cents. */
export interface ProductKind {
  readonly name: string;
  readonly fromCents: number;
  readonly toCents: number;
  readonly options: Readonly<Record<string, readonly string[]>>;
}

const kind = (
  name: string,
  [fromCents, toCents]: readonly [number, number],
  options: ProductKind['options'],
): ProductKind => ({ name, fromCents, toCents, options });

/** What the sample shop sells. */
export const productKinds: readonly ProductKind[] = [
  kind('Rain Jacket', [7_900, 14_900], { colour: ['moss', 'navy', 'ochre'], size: ['S', 'M', 'L', 'XL'] }),
  kind('Wool Socks', [900, 1_900], { colour: ['grey', 'rust'], size: ['36-39', '40-43', '44-47'] }),
  kind('Canvas Rucksack', [4_500, 9_800], { colour: ['sand', 'black'], volume: ['16 l', '22 l', '30 l'] }),
  kind('Trail Boots', [8_900, 18_900], { sole: ['soft', 'firm'], size: ['39', '41', '43', '45'] }),
  kind('Desk Lamp', [2_900, 7_900], { finish: ['brass', 'white', 'black'], 'light colour': ['warm', 'neutral'] }),
  kind('Kettle', [2_400, 8_900], { capacity: ['0.8 l', '1.2 l', '1.7 l'], finish: ['steel', 'enamel'] }),
  kind('Frying Pan', [1_900, 9_900], { diameter: ['20 cm', '24 cm', '28 cm'], coating: ['none', 'ceramic'] }),
  kind('Bread Knife', [1_500, 6_500], { handle: ['beech', 'walnut', 'resin'], length: ['20 cm', '25 cm'] }),
  kind('Table Cloth', [1_800, 5_400], { pattern: ['plain', 'checked', 'striped'], size: ['140x180', '140x240'] }),
  kind('Wall Clock', [2_200, 6_900], { dial: ['white', 'slate'], diameter: ['25 cm', '30 cm', '40 cm'] }),
  kind('Radio', [3_900, 15_900], { colour: ['cream', 'red', 'graphite'], reception: ['FM', 'FM and DAB'] }),
  kind('Headset', [2_900, 19_900], { connection: ['cable', 'wireless'], fit: ['on-ear', 'over-ear', 'in-ear'] }),
  kind('Keyboard', [3_500, 16_900], { layout: ['US', 'UK', 'DE'], switches: ['quiet', 'tactile'] }),
  kind('Office Chair', [12_900, 49_900], { armrests: ['fixed', 'adjustable'], cover: ['mesh', 'felt', 'leather'] }),
  kind('Bicycle Light', [1_400, 5_900], { output: ['40 lux', '80 lux'], supply: ['battery', 'hub'] }),
  kind('Tent', [9_900, 39_900], { sleeps: ['1', '2', '4'], season: ['summer', 'three seasons'] }),
  kind('Picnic Blanket', [1_900, 4_900], { pattern: ['tartan', 'dots'], backing: ['none', 'waterproof'] }),
  kind('Board Game', [1_900, 6_900], { edition: ['basic', 'deluxe'], language: ['English', 'German', 'French'] }),
  kind('Garden Hose', [1_700, 6_400], { length: ['10 m', '20 m', '50 m'], nozzle: ['with', 'without'] }),
  kind('Espresso Cups', [1_600, 5_200], { glaze: ['matt', 'glossy'], pieces: ['2', '4', '6'] }),
];

export const firstNames = [
  ...['Ada', 'Bruno', 'Clara', 'Dmitri', 'Elif', 'Farid', 'Greta', 'Hana', 'Ivo', 'Jana', 'Kofi', 'Lena'],
  ...['Marek', 'Nadia', 'Oskar', 'Pia', 'Quentin', 'Rosa', 'Samir', 'Tilda', 'Umar', 'Vera', 'Wanda', 'Zoé'],
];

export const lastNames = [
  ...['Abel', 'Brandt', 'Costa', 'Dorn', 'Eriksen', 'Faber', 'Grant', 'Holm', 'Ito', 'Jansen', 'Kaya', 'Lund'],
  ...['Moreau', 'Novak', 'O’Hara', 'Petrov', 'Quist', 'Rossi', 'Sato', 'Torres', 'Ulrich', 'Vance', 'Weiss', 'Young'],
];

export const streets = ['Mill Lane', 'Station Road', 'Harbour Street', 'Linden Avenue', 'Quarry Hill', 'Orchard Close'];

export const places = [
  { city: 'Portland', state: 'OR', country: 'USA', zip: '972' },
  { city: 'Albany', state: 'NY', country: 'USA', zip: '122' },
  { city: 'Savannah', state: 'GA', country: 'USA', zip: '314' },
  { city: 'Duluth', state: 'MN', country: 'USA', zip: '558' },
  { city: 'Santa Fe', state: 'NM', country: 'USA', zip: '875' },
] as const;

export const cardBrands = ['visa', 'mastercard'];

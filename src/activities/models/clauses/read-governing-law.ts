import type { DateOrder } from './read-date';

const word = "(?:(?:\\p{Lu}\\.){2,}|\\p{Lu}[\\p{L}'’]*)";
/** In a clause in capitals, every word looks like a name: these end it. */
const endsName = '(?!(?:AND|WITHOUT|EXCLUDING|EXCEPT|APPLICABLE|REGARDLESS|SHALL|WILL|AS|TO|IN|OR)\\b)';
const place = `(?<place>${word}(?:\\s+(?:of\\s+(?:the\\s+)?)?${endsName}${word}){0,4}(?:\\s+and\\s+Wales)?)`;
const lawOfPlace = new RegExp(
  `(?<![\\p{L}])(?:substantive\\s+|internal\\s+)?[Ll][Aa][Ww][Ss]?\\s+(?:[Oo][Ff]|[Ii][Nn])\\s+(?:[Tt][Hh][Ee]\\s+)?${place}`,
  'gu',
);
const placeLaw =
  /(?:governed by|accordance with|subject to|under)\s+(?:the\s+)?(?<place>\p{Lu}[\p{L}'’]*(?:\s+\p{Lu}[\p{L}'’]*){0,2})\s+laws?\b/gu;
const lawThereof = new RegExp(
  `\\b(?:[Ss]tate|[Cc]ommonwealth|[Pp]rovince)\\s+of\\s+${place}(?=[^.]*laws?\\s+thereof)`,
  'gu',
);
const kindOfPlace = /^(?:State|Commonwealth|Province|Republic|Kingdom)\s+of\s+(?:the\s+)?/i;
const keptWhole = /^Commonwealth of (?:Australia|The Bahamas|Dominica)|^Republic of (?:China|Korea|the Congo)/i;

/** The state or country whose law a clause names, or null when it names none or several. */
export function readJurisdiction(quote: string): string | null {
  const words = quote.replace(/\s+/g, ' ');
  const places = [lawOfPlace, placeLaw, lawThereof].flatMap((pattern) =>
    [...words.matchAll(pattern)].map((match) => nameOf(match.groups?.['place'] ?? '')),
  );
  const [first, ...others] = places.filter((name) => name !== '');
  return first !== undefined && others.every((other) => other === first) ? first : null;
}

function nameOf(found: string): string {
  const name = found.replace(/[.'’]+$/, '').trim();
  const short = keptWhole.test(name) ? name : name.replace(kindOfPlace, '');
  return short === short.toUpperCase()
    ? short.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase())
    : short;
}

const unitedStates = new Set(
  (
    'United States|United States of America|U.S.A|Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|' +
    'District of Columbia|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|' +
    'Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|' +
    'New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|' +
    'Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming'
  ).split('|'),
);
const dayFirstPlaces = new Set(
  (
    'England|England and Wales|Scotland|Northern Ireland|Ireland|United Kingdom|Israel|Germany|Federal Republic of Germany|' +
    'France|Switzerland|Netherlands|Belgium|Luxembourg|Italy|Spain|Portugal|Austria|Denmark|Norway|Finland|Poland|Greece|' +
    'Cyprus|Malta|Australia|New South Wales|Victoria|Queensland|New Zealand|India|Singapore|Hong Kong|Malaysia|' +
    'South Africa|Jersey|Guernsey|Brazil|Mexico|Argentina|Vanuatu'
  ).split('|'),
);

/** Whether a jurisdiction is one of the United States, or these as a whole. */
export function isInUnitedStates(jurisdiction: string | null): boolean {
  return jurisdiction !== null && unitedStates.has(jurisdiction);
}

/** In which order a contract under this law writes a date in figures. */
export function dateOrderOf(jurisdiction: string | null): DateOrder {
  if (isInUnitedStates(jurisdiction)) return 'monthFirst';
  return jurisdiction !== null && dayFirstPlaces.has(jurisdiction) ? 'dayFirst' : 'unknown';
}

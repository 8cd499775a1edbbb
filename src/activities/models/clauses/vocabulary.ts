const numberWord =
  '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|eighteen|twenty|thirty|forty|forty-five|sixty|seventy-five|ninety|(?:one |a )?hundred(?: and)?(?: (?:twenty|fifty|eighty))?)';
const number = `(?:${numberWord}\\s*(?:\\(\\s*\\d+\\s*\\))?|\\d+\\s*(?:\\(\\s*\\w+\\s*\\))?)`;

/**
 * Sets of words that the cue tables name in braces. A list is written like a phrase; a string is a regular expression,
 * for what words alone cannot say.
 */
export const vocabulary: Readonly<Record<string, string | readonly string[]>> = {
  /** Somebody must. */
  must: [
    'shall',
    'will',
    'must',
    'agrees to',
    'agree to',
    'is required to',
    'are required to',
    'undertakes to',
    'is obligated to',
    'is obliged to',
    'covenants to',
  ],
  /** Somebody must not. */
  not: [
    '(shall|will|must|may|can|does|do) not',
    'cannot',
    '(agree|agrees|agreed|undertake|undertakes|covenant|covenants) not',
    '(is|are) not (permitted|allowed|entitled|authorised|authorized) to',
    '(shall|will|must) (refrain|abstain) from',
    'neither ... (shall|will|may)',
    'no party (shall|will|may)',
    '(shall|will) in no (event|way)',
    '(is|are) prohibited from',
  ],
  /** Grants in the present tense or as a promise. */
  grant: [
    '(grants|hereby grant|hereby granted)',
    '(shall|will|does|do) [hereby] grant',
    '(is|are) [hereby] granted',
    '(has|have) granted',
  ],
  licence: ['(licence|license)', '(licences|licenses)', 'right* and (licence|license)', 'sublicense', 'sublicence'],
  property: [
    'intellectual property',
    'patent*',
    'copyright*',
    'trademark*',
    'invention*',
    'know-how',
    'work* product',
    'deliverable*',
    'improvement*',
    'work*',
    'development*',
    'technology',
    'software',
    'derivative*',
    'trade secret*',
    'moral rights',
    'domain name*',
    'data',
    'tooling',
    'design*',
    'content',
  ],
  /** A party whose name the contract chose is not listed here: cues speak of what any party would be. */
  affiliate: ['affiliate*', 'subsidiar*', 'related compan*', 'group compan*', 'parent compan*'],
  ending: [
    '(termination|expiration|expiry|cancellation)',
    'this agreement (terminates|expires|ends|is terminated)',
    'end of (this agreement|the term)',
  ],
  damages: [
    '(consequential|incidental|indirect|special|punitive|exemplary) (damage*|loss*)',
    '(consequential|incidental|indirect|special|punitive|exemplary), ',
    '(lost|loss of) (profit*|revenue*|business|data)',
  ],
  /** "ten (10) years", "90 days", "a period of one year". */
  duration: `(?:${number}|a|an|per)[\\s-]*(?:(?:full|additional|consecutive|successive|calendar|business|working)\\s+)*(?:day|week|month|year|quarter)s?`,
  /** "ten (10) years", "90 days": with a number. */
  count: `${number}[\\s-]*(?:(?:full|additional|consecutive|successive|calendar|business|working)\\s+)*(?:day|week|month|year|quarter)s?`,
  money:
    '(?:(?:US|U\\.S\\.|USD|EUR|GBP|CAD|HK|NIS)?\\s*[$€£¥]\\s*\\d[\\d,.]*|\\d[\\d,.]*\\s*(?:USD|EUR|GBP|dollars|euros?|pounds)|(?:USD|EUR|GBP|US)\\s*\\d[\\d,.]*|\\w+ (?:thousand|million|hundred)[\\w\\s]* (?:dollars|euros?|pounds))',
  percent: '(?:\\d[\\d.]*\\s*%|\\w+\\s+percent|\\d[\\d.]*\\s+percent|\\*{2,}\\s*%|percentage)',
  number:
    '(?:\\d[\\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty|hundred|thousand|million)',
  date: '(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{4}|\\d{1,2}(?:st|nd|rd|th)?\\s+(?:day\\s+of\\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december),?\\s+\\d{4}|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4})',
};

import { numberParagraphs } from '../../../src/activities/documents/docx-numbering';

const level = (index: number, text: string, rest = '<w:numFmt w:val="decimal"/>') =>
  `<w:lvl w:ilvl="${index}"><w:start w:val="1"/>${rest}<w:lvlText w:val="${text}"/></w:lvl>`;
const numbering = `<w:numbering>
  <w:abstractNum w:abstractNumId="7">${level(0, 'Article %1', '<w:numFmt w:val="upperRoman"/><w:pStyle w:val="Heading1"/>')}
    ${level(1, '%1.%2', '<w:numFmt w:val="decimal"/><w:pStyle w:val="Heading2"/>')}${level(2, '(%3)', '<w:numFmt w:val="lowerLetter"/>')}
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="8">${level(0, '•', '<w:numFmt w:val="bullet"/>')}</w:abstractNum>
  <w:abstractNum w:abstractNumId="9">${level(0, '%1.')}${level(1, '%1.%2')}</w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>
  <w:num w:numId="4"><w:abstractNumId w:val="9"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>`;
const styles = `<w:styles>
  <w:style w:type="paragraph" w:styleId="Heading1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
  <w:style w:type="paragraph" w:styleId="Heading2"><w:basedOn w:val="Heading1"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
  <w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="Heading2"/></w:style>
  <w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>
</w:styles>`;

const listed = (list: number, at: number, text: string) => changed(list, at, { text, change: '' });
const changed = (list: number, at: number, { text, change }: { text: string; change: string }) =>
  `<w:p><w:pPr><w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${list}"/></w:numPr>${change}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
const styled = (style: string, text: string) =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;

function linesOf(...paragraphs: string[]): string[] {
  return numberParagraphs(paragraphs.join(''), { numbering, styles })
    .split('</w:p>')
    .map((paragraph) => paragraph.replace(/<[^>]*>/g, ''))
    .filter((line) => line !== '');
}

describe('the numbers of a DOCX', () => {
  it('leave a document without numbering as it is, broken XML too', () => {
    expect(numberParagraphs(listed(1, 0, 'A'), { numbering: '', styles: '' })).toBe(listed(1, 0, 'A'));
    const broken = '<w:p><w:pPr><w:numPr>';
    expect(numberParagraphs(broken, { numbering, styles })).toBe(broken);
  });

  it('are not written before bullets, plain paragraphs, unknown lists and styles based on themselves', () => {
    const plain = '<w:p><w:r><w:t>plain</w:t></w:r></w:p>';
    expect(linesOf(listed(2, 0, 'bullet'), plain, listed(99, 0, 'unknown'), styled('Loop', 'loop'))).toEqual([
      ...['bullet', 'plain', 'unknown', 'loop'],
    ]);
  });

  it('count by level, and begin again below a new number', () => {
    expect(linesOf(...[0, 1, 1, 0, 1].map((at) => listed(3, at, 'x')))).toEqual([
      '1. x',
      '1.1 x',
      '1.2 x',
      '2. x',
      '2.1 x',
    ]);
  });

  it('come from styles, their own or inherited, in the format of their level', () => {
    const text = [styled('Heading1', 'Term'), styled('Heading2', 'Start'), styled('Own', 'End'), listed(1, 2, 'first')];
    expect(linesOf(...text, styled('Heading1', 'Law'))).toEqual([
      ...['Article I Term', 'I.1 Start', 'I.2 End', '(a) first', 'Article II Law'],
    ]);
  });

  it('go on over lists of one definition, unless a list sets its start', () => {
    const text = [listed(3, 0, 'x'), listed(4, 0, 'y'), listed(4, 0, 'z'), listed(3, 0, 'w')];
    expect(linesOf(...text)).toEqual(['1. x', '5. y', '6. z', '7. w']);
  });

  it('ignore what a tracked change replaced', () => {
    const change =
      '<w:pPrChange w:id="1"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr></w:pPrChange>';
    expect(linesOf(changed(3, 0, { text: 'x', change }), listed(3, 0, 'y'))).toEqual(['1. x', '2. y']);
  });
});

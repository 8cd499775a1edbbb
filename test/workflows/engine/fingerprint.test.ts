import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { canonicalJson } from '../../../src/contracts/json';
import { fingerprint } from '../../../src/workflows/engine/fingerprint';

describe('a fingerprint', () => {
  it('is what Node makes of the canonical text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary', minLength: 1, maxLength: 300 })), (value) => {
        expect(fingerprint(value)).toBe(createHash('sha256').update(canonicalJson(value)).digest('hex'));
      }),
    );
  });

  it('is that of the text in UTF-8', () => {
    const text = '§ 7 — “Haftung” 🏛 中文';
    expect(fingerprint(text)).toBe(createHash('sha256').update(JSON.stringify(text), 'utf8').digest('hex'));
  });
});

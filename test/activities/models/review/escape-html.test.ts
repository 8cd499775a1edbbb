import { escapeHtml } from '../../../../src/activities/models/review/escape-html';

test('leaves no character that HTML reads as its own, in content or in a quoted attribute', () => {
  expect(escapeHtml(`<a href="x" title='y'>&amp;`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;');
});

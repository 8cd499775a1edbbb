/** One element of an XML text: its attributes and its inner XML as written, and where it ends. */
export type XmlElement = { readonly attributes: string; readonly inner: string; readonly end: number };

/**
 * The elements named `tag`, in order; of elements within their like, the outermost opening tag goes with the first
 * closing one. Linear in the length of the text whatever is in it, since documents come from strangers.
 */
export function* xmlElements(xml: string, tag: string): Generator<XmlElement> {
  const closing = `</${tag}>`;
  const opening = new RegExp(`<${tag}(?:\\s([^<>]*))?>`, 'g');
  for (let open = opening.exec(xml); open !== null; open = opening.exec(xml)) {
    const attributes = open[1] ?? '';
    if (attributes.endsWith('/')) continue;
    const close = xml.indexOf(closing, opening.lastIndex);
    if (close < 0) return;
    yield { attributes, inner: xml.slice(opening.lastIndex, close), end: close + closing.length };
    opening.lastIndex = close + closing.length;
  }
}

/** The `w:val` of the first element named `tag`. */
export function xmlValue(xml: string, tag: string): string | null {
  return new RegExp(`<${tag}\\s[^<>]*?w:val="([^"<>]*)"`).exec(xml)?.[1] ?? null;
}

/** The attribute `name` out of an opening tag's attributes. */
export function xmlAttribute(attributes: string, name: string): string | null {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? null;
}

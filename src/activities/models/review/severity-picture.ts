import { type ReportContent, severityLabels } from './report-content';

const width = 520;
const barHeight = 26;

/** The risks by severity, and the gaps, as one bar in inline SVG; each part is labelled, so colour is not needed. */
export function severityPicture({ risks, gaps }: ReportContent): string {
  const parts = [
    ...severityLabels.map(([severity, label]) => ({
      name: severity,
      label,
      count: risks.filter((risk) => risk.severity === severity).length,
    })),
    { name: 'gap', label: gaps.length === 1 ? 'Gap' : 'Gaps', count: gaps.length },
  ];
  const shown = parts.filter(({ count }) => count > 0);
  const total = shown.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return '';
  const described = shown.map(({ label, count }) => `${label}: ${count}`).join(', ');
  // A part of one among many must still hold its label, so every part has a share that does not depend on its count.
  const fixed = 84;
  const perCount = (width - fixed * shown.length) / total;
  let x = 0;
  const bars = shown.map(({ name, label, count }) => {
    const barWidth = fixed + perCount * count;
    const at = x;
    x += barWidth;
    return (
      `<rect class="fill-${name}" x="${at.toFixed(1)}" y="0" width="${(barWidth - 3).toFixed(1)}" height="${barHeight}" rx="4"/>` +
      `<text class="on-fill" x="${(at + 10).toFixed(1)}" y="18">${count}</text>` +
      `<text class="label" x="${(at + 1).toFixed(1)}" y="${barHeight + 18}">${label}</text>`
    );
  });
  return `<svg class="severity" viewBox="0 0 ${width} ${barHeight + 24}" role="img" aria-label="${described}"><title>${described}</title>${bars.join('')}</svg>`;
}

import { reportWriter } from '../../../../src/activities/models/forms/report-writer';
import { reportSaysWhatWasSignedOff } from '../../../../src/activities/rules/report-says-what-was-signed-off';
import type { ArtifactStore } from '../../../../src/activities/stores/artifact-store';
import { Report } from '../../../../src/contracts/contract-review';
import { artifactNamed, artifactsOf } from '../../rules/artifacts-of';
import { sampleReview } from '../review/sample-review';

const { contract, signOff, findings, terms, comparisons, assessment, playbook } = sampleReview();
const input = {
  ...{ findings: [...findings], terms, comparisons: [...comparisons], assessment },
  contract: {
    ...{ name: contract.name, sectionCount: contract.sections.length, characters: contract.text.length },
    ...{ text: artifactNamed('text'), sections: artifactNamed('sections') },
  },
  playbook: { ...playbook, content: artifactNamed('playbook') },
  signOff: { ...signOff, decidedAt: Date.parse(signOff.decidedAt) },
};

/** Keeps what is stored by name, as the contract's own texts are. */
function keeping(): { readonly artifacts: ArtifactStore; readonly texts: Record<string, string> } {
  const texts: Record<string, string> = { text: contract.text, sections: JSON.stringify(contract.sections) };
  const artifacts: ArtifactStore = {
    put: (content, { name, mediaType }) => {
      texts[name] = Buffer.from(content).toString('utf8');
      return Promise.resolve(artifactNamed(name, mediaType));
    },
    get: (artifact) => artifactsOf(texts).get(artifact),
  };
  return { artifacts, texts };
}

const judge = (...first: string[]) =>
  reportWriter.faultOf?.({ part: 0, value: { first } }, input, { ...keeping(), openingBytesMax: 50_000 });

describe('what a model would have read first', () => {
  it('goes back when it is none of the risks, or stands twice', async () => {
    expect(await judge('R1', 'R99')).toMatch(/R99: is none of the risks above/);
    expect(await judge('R1', 'R1')).toMatch(/R1: stands twice/);
  });

  it('is said in the report, whose every other word is what was signed off', async () => {
    const { artifacts, texts } = keeping();
    const context = { artifacts, openingBytesMax: 50_000 };
    expect(await judge('R2', 'R1')).toBeUndefined();
    const report = Report.parse(await reportWriter.join([{ first: ['R2', 'R1'] }], input, context));
    expect(texts['supply.txt.md']).toContain('**Read first:** R1, R2');
    expect(await reportSaysWhatWasSignedOff(report, { input, artifacts })).toEqual({ verdict: 'accept' });
    texts['supply.txt.md'] = (texts['supply.txt.md'] ?? '').replace('R1, R2', 'nothing');
    expect(await reportSaysWhatWasSignedOff(report, { input, artifacts })).toMatchObject({ verdict: 'retry' });
  });

  it('may be nothing', async () => {
    const { artifacts, texts } = keeping();
    await reportWriter.join([{ first: [] }], input, { artifacts, openingBytesMax: 50_000 });
    expect(texts['supply.txt.md']).not.toContain('Read first');
  });
});

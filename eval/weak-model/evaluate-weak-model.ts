import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { EvaluationCannotRun, type Evaluation } from '../evaluation';
import { bringUpInstallation } from './installation';
import { weakModelReport, weakModelTables } from './report-weak-model';
import { reviewByModel } from './review-by-model';
import { weakModelOptions } from './weak-model-options';

/** Reviews a contract with every agent on a model, and reports what the gates made of what the model wrote. */
export const weakModel: Evaluation = {
  about:
    'a contract review by a model at OPENAI_BASE_URL: --models CHAIN (qwen2.5-0.5b|code), --document FILE, ' +
    '--categories A,B (all), --escalations approve|reject (approve), --minutes N (120), --data DIR (a new one)',
  async measure({ options, say }) {
    const chosen = weakModelOptions(options);
    if (process.env['OPENAI_BASE_URL'] === undefined) {
      throw new EvaluationCannotRun('Set OPENAI_BASE_URL to the server of the model, with its /v1.');
    }
    const dataDir = chosen.data ?? (await mkdtemp(join(tmpdir(), 'counterpoint-weak-model-')));
    try {
      const installation = await bringUpInstallation(dataDir, { COUNTERPOINT_MODELS: `*=${chosen.models}` });
      try {
        const review = await reviewByModel(installation, chosen, { dataDir, say });
        const report = weakModelReport(review, chosen, basename(chosen.document));
        for (const { step, quote } of report.quotes.notVerbatim) say(`not verbatim, by ${step}: ${quote}`);
        return { table: weakModelTables(report), json: report };
      } finally {
        await installation.close();
      }
    } finally {
      if (chosen.data === undefined) await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  },
};

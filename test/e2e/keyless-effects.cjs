/**
 * A defect for a worker to be started with: what an operation does is done, and its key is not recorded. The answer
 * takes its time, so that the worker can be killed between the effect and its answer.
 */
const { join } = require('node:path');
const effects = require(join(__dirname, '..', '..', 'dist', 'activities', 'shop', 'effects.js'));

const answerAfterMs = 5_000;
const { performOnce } = effects;

effects.performOnce = async (database, write, asked) => {
  const forgetful = (query) => (sql, parameters) =>
    sql.includes('insert into effects') ? Promise.resolve([]) : query(sql, parameters);
  const keyless = { ...database, transaction: (work) => database.transaction((query) => work(forgetful(query))) };
  const answer = await performOnce(keyless, write, asked);
  await new Promise((resolve) => setTimeout(resolve, answerAfterMs));
  return answer;
};

import { help } from '../../bench/help';
import { orderOf, type Order } from '../../bench/options';
import type { System } from '../../bench/systems/system';
import { works } from '../../bench/work';

function system(name: string, missing?: string): System {
  const prepare = () => Promise.reject(new Error('Nothing is measured here.'));
  return { name, about: `what ${name} is`, prepare, ...(missing === undefined ? {} : { missing }) };
}

const systems = [system('floor'), system('counterpoint'), system('peer', 'it is not installed')];

function order(...args: string[]): Order {
  const given = orderOf(args, systems);
  if (given === 'help' || 'wrong' in given) throw new Error(`Expected an order, got ${JSON.stringify(given)}.`);
  return given;
}

function wrong(...args: string[]): string {
  const given = orderOf(args, systems);
  return given !== 'help' && 'wrong' in given ? given.wrong : '';
}

const namesOf = (named: readonly { readonly name: string }[]) => named.map(({ name }) => name);

describe('the options of the benchmark', () => {
  it('measure in brief when nothing is asked: what takes long once, without delay and on one server', () => {
    const { works: measured, extras, rounds } = order();
    expect(namesOf(measured)).toEqual(['chain', 'fan-out', 'throughput', 'turns']);
    expect(measured.find(({ isHeavy }) => isHeavy)).toMatchObject({ delaysMs: [0], isOnEveryServer: false });
    expect({ extras, rounds }).toEqual({ extras: [], rounds: 2 });
  });

  it.each([['--whole'], ['--record']])('%s measures everything but what must be named', (option) => {
    const { works: measured, extras, ways } = order(option);
    expect(namesOf(measured)).toEqual(namesOf(works.filter(({ name }) => name !== 'children')));
    expect({ extras, ways }).toEqual({
      extras: ['live', 'recovery', 'rework', 'replay'],
      ways: ['lifted', 'asItComes'],
    });
  });

  it('measure what is named and nothing else, with every delay', () => {
    const { works: measured, extras } = order('--only', 'throughput', '--only', 'replay');
    expect(measured).toEqual(works.filter(({ name }) => name === 'throughput'));
    expect(extras).toEqual(['replay']);
  });

  it('start the second server only for works that are measured on it', () => {
    expect(order('--only', 'long').ways).toEqual(['lifted']);
    expect(order('--only', 'chain').ways).toEqual(['lifted', 'asItComes']);
    expect(order('--only', 'chain', '--server', 'asItComes').ways).toEqual(['asItComes']);
  });

  it('measure everything but recovery in small with --quick', () => {
    const { works: measured, extras, rounds, isQuick } = order('--quick');
    expect(measured.every(({ title }) => title.endsWith('(in small)'))).toBe(true);
    expect({ extras, rounds, isQuick }).toEqual({ extras: ['live', 'rework', 'replay'], rounds: 1, isQuick: true });
  });

  it('leave out a system that is not installed, and name it', () => {
    const { systems: measured, missing } = order();
    expect([namesOf(measured), namesOf(missing)]).toEqual([['floor', 'counterpoint'], ['peer']]);
  });

  it('refuse a benchmark of nothing but what is not installed', () => {
    expect(wrong('--system', 'peer')).toBe('peer: it is not installed');
  });

  it.each([
    [['--only', 'chains'], /no measurement "chains". There are: chain, fan-out/],
    [['--system', 'temporal'], /no system "temporal". There are: floor, counterpoint, peer/],
    [['--server', 'fast'], /no way of starting the server "fast"/],
    [['--rounds', '0'], /--rounds takes a number from 1 to 99, not "0"/],
    [['--record', '--only', 'chain'], /--record keeps a whole run/],
    [['--record', '--quick'], /--record keeps a whole run/],
    [['--whole', '--only', 'chain'], /--whole goes with neither/],
    [['--fast'], /Unknown option '--fast'/],
  ])('refuse %j, and say why', (args, why) => {
    expect(wrong(...args)).toMatch(why);
  });

  it('say everything that is wrong at once', () => {
    expect(wrong('--only', 'chains', '--rounds', 'many').split('\n')).toHaveLength(2);
  });

  it('are all in the help, with everything that can be measured', () => {
    const options = ['whole', 'only', 'system', 'server', 'rounds', 'quick', 'json', 'record', 'help'];
    for (const option of options) expect(help).toContain(`  --${option} `);
    for (const { name } of works) expect(help).toContain(`  ${name} `);
  });
});

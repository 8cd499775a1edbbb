import { oneLine, plain, processTerminal, safeJson, table } from '../../src/client/terminal';

const hostile = 'a\u001b[2Jb\u0007c\u009b31md\u202ee\u2066f\rg\u0000h';

describe('text on a terminal', () => {
  it('loses every character that would move, colour, ring or reverse it', () => {
    expect(plain(hostile)).toBe('a[2Jbc31mdefgh');
  });

  it('keeps line breaks, tabs, and letters of every script', () => {
    const text = 'ä\tπ\n契約 “quoted” – 😀';
    expect(plain(text)).toBe(text);
  });

  it('is one line where one line is meant', () => {
    expect(oneLine('one\r\ntwo\u2028three\u001b[A')).toBe('one two three[A');
  });

  it('stands in columns as wide as they need, whatever a cell holds', () => {
    const [head = '', row] = table(['run', 'state'], [[`x\ny${hostile}`, 'waiting']]).split('\n');
    expect(row).toBe('x ya[2Jbc31mdef gh  waiting');
    expect(head).toContain('run                 state');
  });

  it('is the same value as JSON, with nothing in it that a terminal would act on', () => {
    const json = safeJson({ [hostile]: hostile });
    expect(JSON.parse(json)).toEqual({ [hostile]: hostile });
    expect(plain(json)).toBe(json);
  });
});

describe('what others say, piece by piece,', () => {
  function spoken(...pieces: readonly string[]) {
    const written: string[] = [];
    const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const terminal = processTerminal();
    for (const piece of pieces) terminal.speak(piece);
    terminal.show('2 of 3 steps done');
    terminal.say('run over');
    write.mockRestore();
    return written.join('');
  }

  it('forges no line of the command, and nothing that a terminal acts on', () => {
    expect(spoken('a\nrun over', `\n${hostile}`)).toBe('  a\n  run over\n  a[2Jbc31mdefgh\nrun over\n');
  });

  it('is not broken by where things stand, which is shown after it', () => {
    expect(spoken('one ', 'two')).toBe('  one two\nrun over\n');
    expect(spoken('one ', 'two\n')).toBe('  one two\n2 of 3 steps done\nrun over\n');
  });
});

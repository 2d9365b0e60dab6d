import fc from 'fast-check';
import { LANGUAGE } from './corpus-language';

/** Small templates put together at random: mostly right ones, of every construct, over the data of the language corpus. */
export function randomTemplate(): fc.Arbitrary<string> {
  const field = fc.constantFrom(
    '.s',
    '.i',
    '.half',
    '.yes',
    '.no',
    '.nil',
    '.missing',
    '.list',
    '.mixed',
    '.map',
    '.map.a',
    '.map.c.d',
    '.none',
    '.people',
    '.',
    '$',
    '$.s',
    '.unicode',
    '.lines',
  );
  const literal = fc.constantFrom(
    '1',
    '0',
    '-3',
    '2.5',
    '1e3',
    '"a"',
    '""',
    '`raw`',
    "'x'",
    'true',
    'false',
    '0x1f',
    '"a\\nb"',
    '007',
  );
  const { expression } = fc.letrec<{ expression: string; simple: string }>((tie) => ({
    simple: fc.oneof(
      field,
      literal,
      tie('expression').map((inner) => `(${inner})`),
    ),
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      field,
      literal,
      tie('simple').map((a) => `len ${a}`),
      tie('simple').map((a) => `not ${a}`),
      fc
        .tuple(fc.constantFrom('eq', 'ne', 'lt', 'le', 'gt', 'ge'), tie('simple'), tie('simple'))
        .map((all) => all.join(' ')),
      fc
        .tuple(
          fc.constantFrom('and', 'or', 'print', 'println', 'html', 'js', 'urlquery'),
          fc.array(tie('simple'), { minLength: 1, maxLength: 3 }),
        )
        .map(([name, args]) => `${name} ${args.join(' ')}`),
      fc.tuple(fc.constantFrom('index', 'slice'), tie('simple'), tie('simple')).map((all) => all.join(' ')),
      fc
        .tuple(
          fc.constantFrom(
            '%v',
            '%d',
            '%s',
            '%q',
            '%x',
            '%5v|',
            '%-6v|',
            '%06v',
            '%+v',
            '%#v',
            '%T',
            '%.2f',
            '%8.3f',
            '%t',
            '%c',
            '%e',
            '%g',
            '%U',
            '%%',
            '%v %v',
            '%.3s',
            '%!',
            '%[1]v',
            '%*d',
          ),
          fc.array(tie('simple'), { maxLength: 2 }),
        )
        .map(([format, args]) => `printf "${format}" ${args.join(' ')}`.trimEnd()),
      fc
        .tuple(
          tie('expression'),
          fc.constantFrom(
            'len',
            'not',
            'print',
            'printf "%v"',
            'html',
            'eq 1',
            'index .list',
            'and 1',
            'or 0',
            'println "x"',
          ),
        )
        .map(([a, f]) => `${a} | ${f}`),
      tie('expression').map((inner) => `(${inner})`),
      tie('expression').map((inner) => `(${inner}).a`),
    ),
  }));
  const open = fc.constantFrom('{{', '{{ ', '{{- ');
  const close = fc.constantFrom('}}', ' }}', ' -}}');
  const action = (body: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.tuple(open, body, close).map((all) => all.join(''));
  const plain = fc.constantFrom('text', ' ', '\n', ' a \n b ', '\t', '}}', '\u00e9', '{', '');
  const { body } = fc.letrec<{ body: string; item: string }>((tie) => ({
    body: fc.array(tie('item'), { maxLength: 3 }).map((items) => items.join('')),
    item: fc.oneof(
      { depthSize: 'small' },
      plain,
      action(expression),
      action(expression.map((e) => `$v := ${e}`)),
      fc
        .tuple(
          action(expression.map((e) => `$v := ${e}`)),
          action(fc.constantFrom('$v', '$v.a', 'len $v', '$v = 5', 'print $v $v')),
        )
        .map((all) => all.join('')),
      action(fc.constantFrom('/* c */', 'template "t1" .', 'template "t1"', 'break', 'continue', '$v', '$i')),
      fc
        .tuple(
          fc.constantFrom('if', 'with', 'range', 'range $i, $v :=', 'range $v :=', 'with $v :='),
          expression,
          tie('body'),
          fc.option(tie('body'), { nil: undefined }),
          fc.boolean(),
        )
        .map(([word, e, inner, otherwise, isChained]) => {
          const chained = isChained && (word === 'if' || word === 'with') ? `{{else ${word} ${e}}}` : '{{else}}';
          return `{{${word} ${e}}}${inner}${otherwise === undefined ? '' : chained + otherwise}{{end}}`;
        }),
      tie('body').map((inner) => `{{block "b" .map}}${inner}{{end}}`),
    ),
  }));
  return body.map((text) => `${text}{{define "t1"}}<{{.}}>{{end}}`);
}

/** Templates of the corpus with a character or two taken out, put in or doubled: mostly wrong ones. */
export function brokenTemplate(): fc.Arbitrary<string> {
  const edit = fc.tuple(
    fc.nat(),
    fc.constantFrom('cut', 'insert', 'double'),
    fc.constantFrom(
      '{{',
      '}}',
      ' ',
      '-',
      '.',
      '"',
      '`',
      "'",
      '(',
      ')',
      '|',
      '$',
      ':=',
      '=',
      ',',
      '\\',
      '\n',
      'x',
      '1',
      '/*',
      '*/',
      '%',
      '\u00e9',
      'end',
      'nil',
    ),
  );
  const short = LANGUAGE.filter((text) => text.length > 0 && text.length < 120);
  return fc.tuple(fc.constantFrom(...short), fc.array(edit, { minLength: 1, maxLength: 2 })).map(([text, edits]) => {
    let out = text;
    for (const [where, kind, piece] of edits) {
      const at = where % (out.length + 1);
      if (kind === 'insert') out = out.slice(0, at) + piece + out.slice(at);
      else if (kind === 'cut') out = out.slice(0, at) + out.slice(at + 1);
      else out = out.slice(0, at) + out.charAt(at) + out.slice(at);
    }
    return out;
  });
}

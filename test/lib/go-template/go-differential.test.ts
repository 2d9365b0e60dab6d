import fc from 'fast-check';
import {
  FunctionError,
  GoFunction,
  SPRIG_FUNCTIONS,
  TemplateError,
  any,
  decode,
  define,
  parseTemplate,
  toYaml,
  type FunctionMap,
} from '../../../lib/go-template';
import { ANY } from '../../../lib/go-template';
import { DATA, LANGUAGE } from './corpus-language';
import { SPRIG, SPRIG_DATA } from './corpus-sprig';
import { NOT_UTF8 } from './corpus-not-utf8';
import { ROOT, TYPED, TYPED_DATA, TYPED_SPRIG } from './corpus-typed';
import { goProgram, renderWithGo, type GoAnswer, type GoCase } from './go-oracle';
import { brokenTemplate, randomTemplate } from './random-template';

const program = goProgram();
const describeWithGo = 'path' in program ? describe : describe.skip;

const functions: FunctionMap = { ...SPRIG_FUNCTIONS, toYaml: define([any], toYaml) };

/** Ours, in the form of Go's answer. Anything but a template error is a mistake of ours and fails the test. */
function render(each: GoCase): GoAnswer {
  try {
    const options = each.functions === 'sprig' ? { functions } : {};
    const template = parseTemplate('t', each.text, { ...options, missingKey: each.missingKey });
    return { output: template.execute(each.typed ? decode(each.data, ROOT) : each.data), error: '' };
  } catch (error) {
    if (error instanceof TemplateError) return { output: '', error: error.message };
    throw error;
  }
}

/**
 * What is not compared: the addresses of things, in which round of an endless recursion it was noticed, and which bytes
 * that are not UTF-8 an error names, for they do not survive Go's JSON.
 */
function comparable(answer: GoAnswer): GoAnswer {
  const withoutAddresses = (text: string): string =>
    Buffer.from(text)
      .toString()
      .replace(/0x[0-9a-f]{8,}/g, '0x0');
  const isEndless = answer.error.includes('exceeded maximum template depth');
  return {
    output: withoutAddresses(answer.output),
    error: isEndless ? 'exceeded maximum template depth' : withoutAddresses(answer.error),
  };
}

/** Differences, with the template that shows each. */
function differences(cases: readonly GoCase[]): unknown[] {
  if (!('path' in program)) return [];
  const answers = renderWithGo(program.path, cases);
  expect(answers).toHaveLength(cases.length);
  expect(answers.filter(({ error }) => error === 'timed out').length).toBeLessThan(5);
  return cases.flatMap((each, index) => {
    // What Go does not finish in seconds is not a template to compare; a random one in a thousand loops for ages.
    if (answers[index]!.error === 'timed out') return [];
    const [go, ours] = [comparable(answers[index]!), comparable(render(each))];
    // Go lets `slice` read past the end as far as the slice has room, which depends on how it grew; ours has none.
    if (go.error === '' && ours.error.includes('error calling slice: index out of range')) return [];
    const isSame = go.output === ours.output && go.error === ours.error;
    return isSame || ours.error.includes('complex numbers are not supported') ? [] : [{ text: each.text, go, ours }];
  });
}

const caseOf = (text: string, rest: Partial<GoCase> = {}): GoCase => ({
  text,
  functions: 'none',
  missingKey: 'default',
  data: DATA,
  typed: false,
  ...rest,
});

describeWithGo(`templates as Go renders them${'missing' in program ? ` (skipped: ${program.missing})` : ''}`, () => {
  test('every construct of the language, right and wrong', () => {
    expect(LANGUAGE.length).toBeGreaterThan(400);
    expect(differences(LANGUAGE.map((text) => caseOf(text)))).toEqual([]);
  });

  test('missing keys as zero values and as errors', () => {
    const texts = LANGUAGE.filter((text) => /missing|zz|nope|nothing|\.x/.test(text));
    const typed = { data: TYPED_DATA, typed: true };
    const cases = (['zero', 'error'] as const).flatMap((missingKey) => [
      ...texts.map((text) => caseOf(text, { missingKey })),
      ...TYPED.map((text) => caseOf(text, { missingKey, ...typed })),
    ]);
    expect(differences(cases)).toEqual([]);
  });

  test('values with Go types: structs, pointers, methods', () => {
    const typed = { data: TYPED_DATA, typed: true };
    const cases = [
      ...TYPED.map((text) => caseOf(text, typed)),
      ...TYPED_SPRIG.map((text) => caseOf(text, { ...typed, functions: 'sprig' })),
    ];
    expect(differences(cases)).toEqual([]);
  });

  test("sprig's functions and YAML", () => {
    expect(SPRIG.length).toBeGreaterThan(180);
    expect(differences(SPRIG.map((text) => caseOf(text, { functions: 'sprig', data: SPRIG_DATA })))).toEqual([]);
  });

  test('strings that are not UTF-8, in every function that takes a string', () => {
    const cases = NOT_UTF8.map((text) => caseOf(text, { functions: 'sprig', data: null }));
    expect(cases.length).toBeGreaterThan(400);
    expect(differences(cases)).toEqual([]);
  });

  test('every function of sprig is there or says why it is not', () => {
    const names = Object.keys(SPRIG_FUNCTIONS).filter((name) => !/^(now|ago)$/.test(name));
    const cases = names.map((name) => caseOf(`{{if false}}{{${name}}}{{end}}`, { functions: 'sprig' }));
    expect(names.length).toBeGreaterThan(200);
    expect(differences(cases)).toEqual([]);
  });

  const inCi = process.env['CI'] === undefined ? undefined : '20260521';
  const seed = Number(process.env['TEMPLATE_SEED'] ?? inCi ?? Math.floor(Math.random() * 1e9));

  test(`random templates and broken ones (TEMPLATE_SEED=${seed})`, () => {
    const texts = [
      ...fc.sample(randomTemplate(), { seed, numRuns: 400 }),
      ...fc.sample(brokenTemplate(), { seed, numRuns: 400 }),
    ];
    expect(differences(texts.map((text) => caseOf(text)))).toEqual([]);
  });

  test(`random values as YAML, JSON and text (TEMPLATE_SEED=${seed})`, () => {
    const word = fc.oneof(
      fc.string({ maxLength: 12 }),
      // Characters all versions of Unicode agree on: Go and Node each come with their own.
      fc.string({
        unit: fc.constantFrom(...'\u00e9\u4e16\u{1f600}\u00a0\u00ad\u200b\u2028\u0301ab: \n#'),
        maxLength: 8,
      }),
      fc.stringMatching(/^[-+.:_ 0-9exoTZa-f#'"\\\n]{0,10}$/),
      fc
        .array(fc.stringMatching(/^[a-z:'"#-]{1,9}$/), { minLength: 15, maxLength: 30 })
        .map((words) => words.join(' ')),
    );
    const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger());
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        word,
        number,
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(word, tie('value'), { maxKeys: 4 }).map((entries) => ({ ...entries })),
      ),
    }));
    const text = '{{toYaml .}}|{{toJson .}}|{{toPrettyJson .}}|{{.}}|{{printf "%#v %q %x" . . .}}|{{quote .}}';
    const data = fc.sample(value, { seed, numRuns: 400 }).map((each) => JSON.parse(JSON.stringify(each)) as unknown);
    expect(differences(data.map((each) => caseOf(text, { functions: 'sprig', data: each })))).toEqual([]);
  });
});

test('a function may fail, and the error says where', () => {
  const failing = new GoFunction([], ANY, () => {
    throw new FunctionError('out of luck');
  });
  expect(() => parseTemplate('t', '{{ lucky 1 }}', { functions: { lucky: failing } }).execute({})).toThrow(
    'template: t:1:3: executing "t" at <lucky 1>: error calling lucky: out of luck',
  );
});

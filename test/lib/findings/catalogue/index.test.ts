import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE, CATALOGUE_PARTS, found, type Code, type Definition, type Facts } from '../../../../lib/findings';
import { FINDINGS, findingPages } from '../../../docs/finding-pages';

const codes = Object.keys(CATALOGUE) as Code[];
const definitionOf = (code: Code): Definition<Facts> => CATALOGUE[code] as unknown as Definition<Facts>;

test('each code stands in one part of the catalogue only', () => {
  const all = Object.values(CATALOGUE_PARTS).flatMap((part) => Object.keys(part));
  expect(all.filter((code, index) => all.indexOf(code) < index)).toEqual([]);
});

test.each(codes)('%s speaks in whole sentences, and says what its facts are', (code) => {
  const { title, example, source } = definitionOf(code);
  expect(code).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*|IST\d{4}|KIA\d{4})$/);
  expect(title).toMatch(/^[A-Z0-9`"].*[^.]$/);
  const { message, fix, facts } = found(code, example as never);
  for (const sentence of fix === undefined ? [message] : [message, fix]) {
    // A sentence may begin with a name or a field, which is written as it is.
    const begins = Object.values(example).filter((fact) => typeof fact === 'string' && fact !== '');
    if (!begins.some((name) => sentence.startsWith(`${String(name)} `)))
      expect(sentence).toMatch(/^[a-z][\w/]*[A-Z./][\w./]*:? |^[A-Z0-9"'`[(/.$%*:-]/);
    expect(sentence).toMatch(/[.?)]$/);
    expect(sentence).not.toMatch(/undefined|\[object|NaN/);
  }
  expect(facts).toBe(example);
  if (source !== undefined) expect(source).toMatch(/^https:\/\/|\.go\b|^[\w-]+(\/[\w.-]+)+/);
});

test('docs/findings holds a page per code, as `npm run findings` writes them', () => {
  const written = existsSync(FINDINGS) ? readdirSync(FINDINGS) : [];
  expect(Object.fromEntries(written.map((name) => [name, readFileSync(join(FINDINGS, name), 'utf8')]))).toEqual(
    Object.fromEntries(findingPages()),
  );
});

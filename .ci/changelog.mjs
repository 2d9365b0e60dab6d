// CHANGELOG.md in the form of Keep a Changelog, as far as a release needs to read and write it.

const OPEN = '## [Unreleased]';

/** What stands under Unreleased, trimmed; undefined where there is no such heading. */
export function unreleased(text) {
  const start = text.indexOf(`${OPEN}\n`);
  if (start === -1) return undefined;
  const rest = text.slice(start + OPEN.length + 1);
  const end = rest.search(/^## /m);
  return (end === -1 ? rest : rest.slice(0, end)).trim();
}

/** The text with what was unreleased under a version and a date, and nothing under Unreleased. */
export function dated(text, version, date) {
  const notes = unreleased(text);
  if (notes === undefined) throw new Error(`CHANGELOG.md has no "${OPEN}"`);
  if (!/^- /m.test(notes)) throw new Error('CHANGELOG.md has nothing under Unreleased; there is nothing to release');
  if (text.includes(`## [${version}]`)) throw new Error(`CHANGELOG.md has a section for ${version} already`);
  const start = text.indexOf(`${OPEN}\n`) + OPEN.length;
  return `${text.slice(0, start)}\n\n## [${version}] - ${date}${text.slice(start)}`;
}

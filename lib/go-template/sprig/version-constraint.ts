import { comparePrereleases, compareVersions, parseVersion, type SemanticVersion } from './semantic-version';

/** One comparison: `>= 1.2`. `parts` is how many of major, minor and patch are given. */
interface Constraint {
  readonly operator: string;
  readonly version: SemanticVersion;
  readonly parts: 0 | 1 | 2 | 3;
}

const CV =
  '(?:v?([0-9|xX*]+)(\\.[0-9|xX*]+)?(\\.[0-9|xX*]+)?(-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?)';
const NO_GROUPS = CV.replace(/\((?!\?)/g, '(?:');
const OPERATORS = '=||!=|>|<|>=|=>|<=|=<|~|~>|\\^';
const RANGE = new RegExp(`\\s*(${NO_GROUPS})\\s+-\\s+(${NO_GROUPS})\\s*`, 'g');
const FIND = new RegExp(`(?:${OPERATORS})\\s*${NO_GROUPS}`, 'g');
const ONE = new RegExp(`^\\s*(${OPERATORS})\\s*${CV}\\s*$`);
const VALID = new RegExp(
  `^(?:\\s*(?:${OPERATORS})\\s*${NO_GROUPS}\\s*)(?:(?:\\s+|,\\s*)(?:${OPERATORS})\\s*${NO_GROUPS}\\s*)*$`,
);

const isWild = (part: string | undefined): boolean =>
  part === undefined || ['', 'x', 'X', '*'].includes(part.replace('.', ''));

function parseOne(text: string): Constraint | { readonly problem: string } {
  const match = ONE.exec(text);
  if (match === null) return { problem: `improper constraint: ${text}` };
  const [, operator = '', major = '', minor, patch, prerelease = ''] = match;
  const parts = isWild(major) ? 0 : isWild(minor) ? 1 : isWild(patch) ? 2 : 3;
  const [a, b, c] = [major, minor ?? '.0', patch ?? '.0'];
  const given = [`0.0.0`, `${a}.0.0`, `${a}${b}.0`, `${a}${b}${c}`][parts] ?? '';
  const version = parseVersion(given + prerelease);
  return 'problem' in version ? { problem: 'constraint Parser Error' } : { operator, version, parts };
}

function isTilde(version: SemanticVersion, { version: least, parts }: Constraint): boolean {
  if (compareVersions(version, least) < 0) return false;
  const isZero = least.major === 0n && least.minor === 0n && least.patch === 0n;
  if (isZero && (parts === 0 || parts === 3)) return true;
  return version.major === least.major && (parts === 1 || version.minor === least.minor);
}

function isCaret(version: SemanticVersion, { version: least, parts }: Constraint): boolean {
  if (compareVersions(version, least) < 0) return false;
  if (least.major > 0n || parts === 1) return version.major === least.major;
  if (version.major > 0n) return false;
  if (least.minor > 0n || parts === 2) return version.minor === least.minor;
  return version.minor === 0n && version.patch === least.patch;
}

function isDifferent(version: SemanticVersion, { version: other, parts }: Constraint): boolean {
  if (parts === 3) return compareVersions(version, other) !== 0;
  if (version.major !== other.major) return true;
  if (parts === 1) return false;
  if (version.minor !== other.minor) return true;
  if (parts === 2)
    return (
      comparePrereleases(version.prerelease, other.prerelease) !== 0 &&
      (version.prerelease !== '' || other.prerelease !== '')
    );
  return compareVersions(version, other) !== 0;
}

function isGreater(version: SemanticVersion, { version: other, parts }: Constraint): boolean {
  if (parts === 3 || parts === 0) return compareVersions(version, other) > 0;
  if (version.major !== other.major) return version.major > other.major;
  return parts === 2 && version.minor > other.minor;
}

function isAtMost(version: SemanticVersion, { version: other, parts }: Constraint): boolean {
  if (parts === 3) return compareVersions(version, other) <= 0;
  if (version.major !== other.major) return version.major < other.major;
  return parts === 1 || version.minor <= other.minor;
}

function satisfies(version: SemanticVersion, constraint: Constraint): boolean {
  const isRelease = constraint.version.prerelease === '';
  const { operator, parts } = constraint;
  if (version.prerelease !== '' && isRelease && !(operator === '!=' && parts === 3)) return false;
  switch (operator) {
    case '!=':
      return isDifferent(version, constraint);
    case '>':
      return isGreater(version, constraint);
    case '<':
      return compareVersions(version, constraint.version) < 0;
    case '>=':
    case '=>':
      return compareVersions(version, constraint.version) >= 0;
    case '<=':
    case '=<':
      return isAtMost(version, constraint);
    case '~':
    case '~>':
      return isTilde(version, constraint);
    case '^':
      return isCaret(version, constraint);
    default:
      return parts === 3 ? compareVersions(version, constraint.version) === 0 : isTilde(version, constraint);
  }
}

/** Whether a version meets constraints (`>= 1.2, < 2 || 3.x`), or what is wrong with them. */
export function meetsConstraint(constraint: string, version: SemanticVersion): boolean | { readonly problem: string } {
  const written = constraint.replace(RANGE, (_, from: string, to: string) => `>= ${from}, <= ${to} `);
  const alternatives: Constraint[][] = [];
  for (const alternative of written.split('||')) {
    if (!VALID.test(alternative)) return { problem: `improper constraint: ${alternative}` };
    const all: Constraint[] = [];
    for (const text of alternative.match(FIND) ?? [alternative]) {
      const one = parseOne(text);
      if ('problem' in one) return one;
      all.push(one);
    }
    alternatives.push(all);
  }
  return alternatives.some((all) => all.every((one) => satisfies(version, one)));
}

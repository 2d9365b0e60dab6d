import { decode } from '../decode';
import { define, string } from '../define';
import { INT, STRING, UINT64, pointerTo, structType, type GoMethod, type GoType } from '../go-type';
import type { FunctionMap } from '../template';
import { integer } from '../typed-value';
import { FunctionError, GoInt, GoPointer, GoStruct, type Value } from '../value';
import { compareVersions, parseVersion, printVersion, type SemanticVersion } from './semantic-version';
import { meetsConstraint } from './version-constraint';

const held = new WeakMap<GoStruct, SemanticVersion>();

function versionOf(value: Value): SemanticVersion {
  const struct = value instanceof GoPointer ? value.target : value;
  const version = struct instanceof GoStruct ? held.get(struct) : undefined;
  if (version === undefined) throw new FunctionError('wrong type for value; expected *semver.Version');
  return version;
}

function read(text: string): SemanticVersion {
  const version = parseVersion(text);
  if ('problem' in version) throw new FunctionError(version.problem);
  return version;
}

function valueOf(version: SemanticVersion): GoStruct {
  const struct = new GoStruct(VERSION, {}, decode);
  held.set(struct, version);
  return struct;
}

/** The next version of a kind: prerelease and metadata are gone, and so is what is smaller. */
function next(version: SemanticVersion, part: 'major' | 'minor' | 'patch'): SemanticVersion {
  const isPrerelease = version.prerelease !== '';
  const raised = {
    major: version.major + (part === 'major' ? 1n : 0n),
    minor: part === 'major' ? 0n : version.minor + (part === 'minor' ? 1n : 0n),
    patch: part === 'patch' ? version.patch + (isPrerelease ? 0n : 1n) : 0n,
    prerelease: '',
    metadata: '',
  };
  const prefix = version.original.startsWith('v') ? 'v' : '';
  return { ...raised, original: prefix + printVersion({ ...raised, original: '' }) };
}

const number =
  (part: 'major' | 'minor' | 'patch'): GoMethod =>
  (self) =>
    new GoInt(UINT64, versionOf(self)[part]);
const text =
  (part: 'prerelease' | 'metadata' | 'original'): GoMethod =>
  (self) =>
    versionOf(self)[part];
const raise =
  (part: 'major' | 'minor' | 'patch'): GoMethod =>
  (self) =>
    valueOf(next(versionOf(self), part));
const compare = (self: Value, [other]: readonly Value[]): number => compareVersions(versionOf(self), versionOf(other));

const VERSION: GoType = structType('semver.Version', () => ({ major: UINT64, pre: STRING, order: INT }), {
  methods: {
    Major: number('major'),
    Minor: number('minor'),
    Patch: number('patch'),
    Prerelease: text('prerelease'),
    Metadata: text('metadata'),
    Original: text('original'),
    IncMajor: raise('major'),
    IncMinor: raise('minor'),
    IncPatch: raise('patch'),
    String: (self) => printVersion(versionOf(self)),
    Compare: (self, args) => integer(BigInt(compare(self, args))),
    Equal: (self, args) => compare(self, args) === 0,
    LessThan: (self, args) => compare(self, args) < 0,
    GreaterThan: (self, args) => compare(self, args) > 0,
  },
});

/** Semantic versions. */
export const VERSION_FUNCTIONS: FunctionMap = {
  semver: define([string], (version) => new GoPointer(pointerTo(VERSION), valueOf(read(version)))),
  semverCompare: define([string, string], (constraint, version) => {
    const constraintOnly = meetsConstraint(constraint, read('0.0.0'));
    if (typeof constraintOnly !== 'boolean') throw new FunctionError(constraintOnly.problem);
    return meetsConstraint(constraint, read(version)) === true;
  }),
};

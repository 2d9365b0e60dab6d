/** What a new project is made of: the text of each file by its path. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** What a template needs to know. */
export interface ProjectFacts {
  /** Name of the project, fit for npm. */
  readonly name: string;
  /** A version range for each package that the project may need. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A package.json of the template's own parts, with the version of each dependency filled in. */
export function packageJson(
  { name, versions }: ProjectFacts,
  parts: {
    readonly main?: string;
    readonly scripts: Readonly<Record<string, string>>;
    readonly dependencies: readonly string[];
    readonly devDependencies: readonly string[];
  },
): string {
  const pick = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries([...names].sort().map((one) => [one, versions[one] ?? '*']));
  const { main, scripts, dependencies, devDependencies } = parts;
  return json({
    name,
    version: '0.1.0',
    private: true,
    type: 'commonjs',
    ...(main === undefined ? {} : { main }),
    scripts,
    dependencies: pick(dependencies),
    devDependencies: pick(devDependencies),
  });
}

/** The tsconfig.json of every template: strict, checking alone, for tsx runs the sources. */
export const TSCONFIG = json({
  compilerOptions: {
    target: 'es2022',
    module: 'node16',
    moduleResolution: 'node16',
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
  },
  include: ['*.ts'],
});

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import {
  chartReleases,
  formManifests,
  fromOperator,
  INSTALL_FORMS,
  type InstallForm,
  installManifests,
  type InstallSpec,
  installWarnings,
  resolveInstall,
} from '../install';
import { formatIssue, found, hasErrors, IssueError } from '../findings';
import { inOrder, readYaml, writeYaml, writeYamlValue } from '../manifest';

interface Options {
  readonly file: readonly string[];
  readonly set: readonly string[];
  readonly profile?: string;
  readonly as?: InstallForm | 'helm';
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** The IstioOperator object of one file; `-` is the standard input. */
function readOperator(file: string): unknown {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8');
  const { objects, others, issues } = readYaml(text, { file });
  if (hasErrors(issues)) throw new IssueError(issues);
  const documents = [...objects.map((read) => read.object), ...others.map((read) => read.value)];
  if (documents.length > 1) {
    throw new IssueError([found('not-an-istio-operator', { documents: documents.length }, { origin: file })]);
  }
  return documents[0] ?? {};
}

function specOf(options: Options): InstallSpec {
  return fromOperator(options.file.map(readOperator), {
    set: options.set,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
  });
}

/** Values of the charts, a document each, under the command that installs it. */
function helmText(spec: InstallSpec): string {
  const documents = chartReleases(spec).map(({ name, chart, repository, version, namespace, values }) => {
    const command = `helm upgrade --install ${name} ${repository}/${chart} --version ${version} --namespace ${namespace}`;
    return `# ${command} --create-namespace --values -\n${writeYamlValue(values)}`;
  });
  return documents.join('---\n');
}

/** The objects of the install that the files and flags describe, as one YAML text in the order of application. */
export function manifestText(options: Options): string {
  const spec = specOf(options);
  if (options.as === 'helm') return helmText(spec);
  const manifests = options.as === undefined ? installManifests(resolveInstall(spec)) : formManifests(spec, options.as);
  return writeYaml(inOrder(manifests).map((manifest) => manifest.object));
}

/** `istio-constructs manifest`: prints an install, like `istioctl manifest generate`. */
export function command(): Command {
  return new Command('manifest')
    .description("Print every object of an install: Istio's CRDs, control plane, data plane and gateways.")
    .option(
      '-f, --file <path>',
      'IstioOperator file; several are merged in order, - is the standard input',
      collect,
      [],
    )
    .option('-s, --set <path=value>', 'a setting, relative to spec: values.global.proxy.logLevel=debug', collect, [])
    .option('--profile <name>', 'profile to start from, instead of the one in the files')
    .addOption(
      new Option('--as <form>', 'the same install for somebody else to make it, or as values of the charts').choices([
        ...INSTALL_FORMS,
        'helm',
      ]),
    )
    .action((options: Options) => {
      for (const warning of installWarnings(resolveInstall(specOf(options))))
        process.stderr.write(`${formatIssue(warning)}\n`);
      process.stdout.write(manifestText(options));
    });
}

import * as pulumi from '@pulumi/pulumi';
import { lateEntry } from './late-registry';
import { restore } from './restore';

/**
 * A text of the tree as an Output, late values put in. It depends on a resource, so that whatever uses it comes after that
 * resource, and it is known in a preview wherever its late values are.
 */
export function lateOutput(text: string, resource: pulumi.Resource): pulumi.Output<string> {
  const value = restore(text, (token) => pulumi.output(lateEntry(token)?.input) as pulumi.Output<unknown>);
  return pulumi.all([pulumi.output(value), resource.urn]).apply(([known]) => String(known));
}

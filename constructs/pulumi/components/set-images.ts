import { ApiObject, JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';

type Containers = readonly { readonly image?: unknown }[] | undefined;

/** Changes the images of all Deployments under a construct; `change` gets each image and gives the new one. */
export function setImages(scope: IConstruct, change: (image: string) => string): void {
  for (const construct of scope.node.findAll()) {
    if (!ApiObject.isApiObject(construct) || construct.kind !== 'Deployment') continue;
    const { spec } = construct.toJson() as { spec?: { template?: { spec?: { containers?: Containers } } } };
    spec?.template?.spec?.containers?.forEach(({ image }, index) => {
      if (typeof image !== 'string') return;
      const changed = change(image);
      if (changed === image) return;
      construct.addJsonPatch(JsonPatch.replace(`/spec/template/spec/containers/${index}/image`, changed));
    });
  }
}

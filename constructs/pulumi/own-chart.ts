import type { IConstruct } from 'constructs';
import { Mesh } from '../mesh';
import type { MeshApp } from '../app';
import { MeshChart } from '../chart';
import type { StackChartProps } from './mesh-stack-options';

/**
 * The chart that a stack hands to its callback, named like the stack. As long as nobody has put anything into it, it makes room
 * for a chart of the same name: code that makes its own charts is the same here as in any app.
 */
export class OwnChart {
  readonly chart: MeshChart;

  constructor(
    private readonly app: MeshApp,
    private readonly name: string,
    props: StackChartProps,
  ) {
    this.chart = new MeshChart(app, name, { mesh: Mesh.existing(), ...props });
    // constructs has no way to ask before a child is added; where this method is gone, the clash of names is an error as ever.
    const node = app.node as unknown as { addChild?: (child: IConstruct, id: string) => void };
    const { addChild } = node;
    if (addChild === undefined) return;
    node.addChild = (child, id) => {
      if (id === name) this.removeIfUnused();
      addChild.call(node, child, id);
    };
  }

  /** Takes the chart out of the app again when nothing was put into it: then nobody has asked for a namespace of its name. */
  removeIfUnused(): void {
    if (this.app.node.tryFindChild(this.name) !== this.chart) return;
    const isUnused = this.chart.node.children.every((child) => child === this.chart.namespaceObject);
    if (isUnused) this.app.node.tryRemoveChild(this.name);
  }
}

import type { MeshApp } from '../app';
import type { MeshChart } from '../chart';
import type { Late } from './late';

/**
 * Builds what a stack consists of.
 *
 * @param chart - a chart named like the stack, with a namespace of that name; left out when nothing is put into it
 * @param late - turns Outputs into values for constructs
 * @param app - the app of the chart, for meshes, gateways and further charts
 */
export type BuildStack<T = unknown> = (chart: MeshChart, late: Late, app: MeshApp) => T;

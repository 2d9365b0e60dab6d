import { SidecarScope, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const sidecarScope: Scenario = {
  name: 'sidecar-scope',
  about: 'Every sidecar knows only the services its pod calls, which saves memory and updates.',
  build: (chart) => {
    const { productpage, details, reviews, ratings } = new Bookinfo(chart, 'bookinfo');
    const scope = (app: string, calls: readonly (typeof details | typeof reviews | typeof ratings)[]): void => {
      new SidecarScope(chart, `${app}-scope`, { workload: { app }, calls });
    };
    scope(productpage.serviceName, [details, reviews]);
    scope(reviews.serviceName, [ratings]);
    scope(ratings.serviceName, []);
    scope(details.serviceName, []);
  },
};

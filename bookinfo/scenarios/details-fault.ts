import { FaultInjection, type Scenario, TrafficSplit } from '../../constructs';
import { Bookinfo } from '../app';

export const detailsFault: Scenario = {
  name: 'details-fault',
  about: 'Every call of details is answered with 555; the page shows no facts about the book.',
  build: (chart) => {
    const { details } = new Bookinfo(chart, 'bookinfo');
    new FaultInjection(chart, 'details-fault', { service: details, abort: { httpStatus: 555 } });
    new TrafficSplit(chart, 'details', { service: details, weights: { v1: 100 } });
  },
};

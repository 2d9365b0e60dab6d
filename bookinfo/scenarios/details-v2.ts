import { type Scenario, TrafficSplit } from '../../constructs';
import { Bookinfo } from '../app';

export const detailsV2: Scenario = {
  name: 'details-v2',
  about: 'The facts about the book come from details v2, which asks Google Books; see google-books for the way out.',
  build: (chart) => {
    const { details } = new Bookinfo(chart, 'bookinfo', { googleBooks: true });
    new TrafficSplit(chart, 'details', { service: details, weights: { v2: 100 } });
  },
};

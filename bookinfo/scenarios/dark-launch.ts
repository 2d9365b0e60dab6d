import { Mirror, TrafficSplit, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const darkLaunch: Scenario = {
  name: 'dark-launch',
  about: 'Reviews v1 answers everybody; v3 gets a copy of every second request, and what it says is thrown away.',
  build: (chart) => {
    const { reviews } = new Bookinfo(chart, 'bookinfo');
    new TrafficSplit(chart, 'reviews', { service: reviews, weights: { v1: 100 } });
    new Mirror(chart, 'reviews-v3', { service: reviews, to: 'v3', percent: 50 });
  },
};

import { cookie, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const cookieScenario: Scenario = {
  name: 'cookie',
  about: 'The page answers at bookinfo.example.com and only with the cookie user=b-nova; everybody else gets 404.',
  build: (chart) => {
    new Bookinfo(chart, 'bookinfo', { hosts: ['bookinfo.example.com'], visitors: cookie('user').exact('b-nova') });
  },
};

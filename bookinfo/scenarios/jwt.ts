import { JwtAuth, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const jwt: Scenario = {
  name: 'jwt',
  about:
    'The page is only for visitors with a token of testing@secure.istio.io; without one it answers with 403, with a wrong one with 401.',
  findings: ['deny-by-http-only'],
  build: (chart) => {
    const { gateway } = new Bookinfo(chart, 'bookinfo');
    new JwtAuth(chart, 'visitors', {
      target: gateway,
      rules: [
        {
          issuer: 'testing@secure.istio.io',
          jwksUri: 'https://raw.githubusercontent.com/istio/istio/release-1.30/security/tools/jwt/samples/jwks.json',
          outputClaimToHeaders: [{ claim: 'sub', header: 'x-jwt-subject' }],
        },
      ],
      required: true,
      exceptPaths: ['/static*'],
    });
  },
};

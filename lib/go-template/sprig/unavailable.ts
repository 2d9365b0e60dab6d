import { any, defineVariadic } from '../define';
import type { FunctionMap } from '../template';
import { FunctionError } from '../value';

/** Why a function of sprig is not carried out here. */
const REASONS: Readonly<Record<string, readonly string[]>> = {
  'gives something else each time, and the same input must give the same output': [
    'now',
    'ago',
    'randAlphaNum',
    'randAlpha',
    'randAscii',
    'randNumeric',
    'randInt',
    'randBytes',
    'shuffle',
    'uuidv4',
    'bcrypt',
    'htpasswd',
    'encryptAES',
  ],
  'makes or reads key material, which has no place in a manifest': [
    'genPrivateKey',
    'genCA',
    'genCAWithKey',
    'genSelfSignedCert',
    'genSelfSignedCertWithKey',
    'genSignedCert',
    'genSignedCertWithKey',
    'buildCustomCert',
    'derivePassword',
    'decryptAES',
  ],
  "reads the environment of the process, which is istiod's in a cluster": ['env', 'expandenv'],
  'asks the network': ['getHostByName'],
};

/** The functions of sprig that are known by name and refuse to run. */
export const UNAVAILABLE_FUNCTIONS: FunctionMap = Object.fromEntries(
  Object.entries(REASONS).flatMap(([reason, names]) =>
    names.map((name) => [
      name,
      defineVariadic([], any, () => {
        throw new FunctionError(`${name} is not available: it ${reason}`);
      }),
    ]),
  ),
);

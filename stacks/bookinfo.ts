import { BOOKINFO_SCENARIOS } from 'istio-constructs/bookinfo';
import { runDemo } from './demo';
import { STACKS, type Stack } from '.';

const plain = STACKS.find((stack): stack is Stack => stack.name === 'bookinfo');
if (plain !== undefined) runDemo('bookinfo', 'bookinfo', plain, BOOKINFO_SCENARIOS);

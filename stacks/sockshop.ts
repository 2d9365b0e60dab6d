import { SOCKSHOP_SCENARIOS } from 'istio-constructs/sockshop';
import { runDemo } from './demo';
import { STACKS, type Stack } from '.';

const plain = STACKS.find((stack): stack is Stack => stack.name === 'sockshop');
if (plain !== undefined) runDemo('sockshop', 'sock-shop', plain, SOCKSHOP_SCENARIOS);

export { SockShop } from './app';
export { SOCKSHOP_CALLS } from './calls';
export type { SockShopProps } from './props';
export { SOCKSHOP_SCENARIOS } from './scenarios';

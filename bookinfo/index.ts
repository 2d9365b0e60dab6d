export { BOOKINFO_CALLS } from './calls';
export { Bookinfo } from './app';
export type { BookinfoProps, RatingsFault, RatingsStorage, ReviewsVersion } from './props';
export { BOOKINFO_SCENARIOS } from './scenarios';

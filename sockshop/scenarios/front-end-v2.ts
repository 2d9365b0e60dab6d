/**
 * There is no official second version of the front end, so the scenarios run the first one twice: it shows which version
 * answered by its pod, not by its logo. Pass an image of your own as `frontEndV2Image` to see a difference.
 */
export const FRONT_END_V2 = 'docker.io/weaveworksdemos/front-end:0.3.12';

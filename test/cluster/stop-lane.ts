export { stopLane as default } from './start-lane';

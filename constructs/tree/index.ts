export { addCheck, collectIssues, isCollecting } from './checks';
export { phaseOf, setPhase } from './phase-of';
export { Renderer } from './render';
export { reshape } from './reshape';
export { rememberPart, rememberSource, shareSource, withSources } from './source-line';
export { blame, rememberGivers } from './who-gave';

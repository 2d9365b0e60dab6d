export { addCheck, collectIssues, isCollecting } from './checks';
export { phaseOf, setPhase } from './phase-of';
export { Renderer } from './render';
export { postRender } from './post-render';
export { rememberCall, rememberSource, shareSource, withSources } from './source-line';
export { attributeFinding, rememberContributions } from './attribute-finding';
export { lazily } from './lazily';

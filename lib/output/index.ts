export { environmentError } from './environment-error';
export { layOut, PLAIN_LAYOUTS, type Layout, type PlainLayout } from './layout';
export { parseLayout } from './parse-layout';
export { INDEX_FILE, indexText } from './owned-files';
export { writeFiles, type WriteFilesResult } from './write-files';
export { layoutOfRun, originsOf, reportWrite, writeManifests } from './write-manifests';

import { settingsOfMesh, type InjectionSettings } from '../../../lib/injection/settings';
import { meshSettings, resolveInstall } from '../../../lib/install';

/** The injector's settings of a default install. */
export const defaultSettings: InjectionSettings = settingsOfMesh(meshSettings(resolveInstall({ profile: 'default' })));

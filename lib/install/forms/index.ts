export { argoCdApplications, type ArgoCdInstallOptions } from './argo-cd';
export { chartReleases, type ChartName, type ChartRelease } from './chart-releases';
export { fluxReleases, type FluxInstallOptions } from './flux';
export { istioOperator } from './istio-operator';
export { sailResources } from './sail';
export { formManifests, INSTALL_FORMS, type InstallForm } from './install-form';

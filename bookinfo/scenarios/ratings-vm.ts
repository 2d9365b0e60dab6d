import { VmService, type Scenario } from '../../constructs';
import { Bookinfo } from '../app';

export const ratingsVm: Scenario = {
  name: 'ratings-vm',
  about: 'The database of the ratings runs on a virtual machine, and the mesh knows it as mysqldb-vm.bookinfo.',
  build: (chart) => {
    new Bookinfo(chart, 'bookinfo');
    new VmService(chart, 'mysqldb-vm', {
      port: 3306,
      protocol: 'tcp',
      versions: { v1: { addresses: ['10.0.0.7'] } },
    });
  },
};

import { Construct } from 'constructs';
import { all, any, defaultIngressPods, IngressGateway, MeshService, path } from '../constructs';
import { mongodb, mysql } from './ratings-storage';
import type { BookinfoProps, ReviewsVersion } from './props';

/** Istio's Bookinfo: a page about a book, put together from four services. */
export class Bookinfo extends Construct {
  /** The page; calls details and reviews. */
  readonly productpage: MeshService<'v1'>;
  /** Facts about the book. */
  readonly details: MeshService<'v1' | 'v2'>;
  /** What readers say; calls ratings from v2 on. */
  readonly reviews: MeshService<ReviewsVersion>;
  /** Stars. */
  readonly ratings: MeshService<'v1' | 'v2' | 'v2-mysql'>;
  /** The way in. */
  readonly gateway: IngressGateway;

  constructor(scope: Construct, id: string, props: BookinfoProps = {}) {
    super(scope, id);
    const { ratingsStorage = 'none', tag = '1.20.3' } = props;
    const image = (name: string): string => `${props.hub ?? 'docker.io/istio'}/examples-bookinfo-${name}:${tag}`;
    const common = { port: 9080 } as const;

    this.productpage = new MeshService(this, 'productpage', {
      ...common,
      serviceAccountName: 'bookinfo-productpage',
      versions: {
        v1: {
          image: image('productpage-v1'),
          emptyDirs: { tmp: '/tmp' },
          podAnnotations: {
            'prometheus.io/scrape': 'true',
            'prometheus.io/port': '9080',
            'prometheus.io/path': '/metrics',
          },
        },
      },
    });
    this.details = new MeshService<'v1' | 'v2'>(this, 'details', {
      ...common,
      serviceAccountName: 'bookinfo-details',
      versions: {
        v1: { image: image('details-v1') },
        v2: props.googleBooks === true ? { image: image('details-v2'), env: { DO_NOT_ENCRYPT: 'true' } } : undefined,
      },
    });
    this.reviews = new MeshService<ReviewsVersion>(this, 'reviews', {
      ...common,
      serviceAccountName: 'bookinfo-reviews',
      versions: Object.fromEntries(
        (props.reviews ?? ['v1', 'v2', 'v3']).map((version) => [
          version,
          {
            image: image(`reviews-${version}`),
            env: { LOG_DIR: '/tmp/logs' },
            emptyDirs: { tmp: '/tmp', 'wlp-output': '/opt/ibm/wlp/output' },
          },
        ]),
      ),
    });
    this.ratings = new MeshService<'v1' | 'v2' | 'v2-mysql'>(this, 'ratings', {
      ...common,
      serviceAccountName: 'bookinfo-ratings',
      versions: {
        v1: {
          image: image('ratings-v1'),
          ...(props.ratingsFault === undefined ? {} : { env: { SERVICE_VERSION: props.ratingsFault } }),
        },
        v2: ratingsStorage === 'mongodb' ? mongodb(this, image) : undefined,
        'v2-mysql': ratingsStorage === 'mysql' ? mysql(this, image, props.mysqlSecretName) : undefined,
      },
    });

    const page = any(
      any(path.exact('/productpage'), path.exact('/login'), path.exact('/logout')),
      any(path.prefix('/static'), path.prefix('/api/v1/products')),
    );
    const { gatewaySelector: selector } = props;
    const pods = props.gatewayPods ?? (selector === undefined ? defaultIngressPods(this) : undefined);
    this.gateway = new IngressGateway(this, 'bookinfo-gateway', {
      ...(selector === undefined ? {} : { selector }),
      ...(pods === undefined ? {} : { pods }),
    });
    this.gateway.expose(this.productpage, {
      hosts: props.hosts ?? ['*'],
      paths: [props.visitors === undefined ? page : all(page, props.visitors)],
    });
  }
}

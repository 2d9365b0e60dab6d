type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The name of an item among its list's; lists of destinations go by subset and host. */
export function itemName(item: unknown): string | undefined {
  if (!isFields(item)) return undefined;
  if (typeof item.name === 'string') return item.name;
  if (typeof item.mountPath === 'string') return item.mountPath;
  const { destination } = item;
  if (!isFields(destination) || typeof destination.host !== 'string') return undefined;
  return typeof destination.subset === 'string' ? `${destination.host}:${destination.subset}` : destination.host;
}

/**
 * Nothing may change what all objects have in common. Freezing alone would also forbid an object to have a property
 * of its own with such a name, as `constructor`, which the libraries that draw diagrams assign: so each becomes an
 * accessor first, whose setter makes the property the object's own.
 */
const { prototype } = Object;

for (const [name, { value, enumerable }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
  if (value === undefined) continue;
  Object.defineProperty(prototype, name, {
    enumerable: enumerable ?? false,
    configurable: false,
    get: () => value as unknown,
    set(this: object, own: unknown) {
      if (this === prototype) throw new TypeError(`Object.prototype.${name} cannot be changed`);
      Object.defineProperty(this, name, { value: own, writable: true, enumerable: true, configurable: true });
    },
  });
}
Object.freeze(prototype);

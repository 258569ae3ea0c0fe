import { isDeepStrictEqual } from 'node:util';
import type { Refusal } from '../../model/collected.ts';

interface Named {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** The objects of one kind as files of a capture gave them, each once. */
export class HeldObjects {
  /** A List said all that there are, or a part of it. */
  listed = false;
  /** Objects were given one by one: that they are all is no more than likely. */
  single = false;
  /** Why nothing of this kind can be believed. */
  fault: Refusal | undefined;
  /** Objects that were given, also those of other namespaces than were asked for. */
  given = 0;
  private readonly byNamespace = new Map<string, Map<string, Named>>();

  /** Adds an object. The same one twice counts once. False: another one of this name is there, and which is true cannot be told. */
  add(object: Named): boolean {
    const { name, namespace = '' } = object.metadata;
    let byName = this.byNamespace.get(namespace);
    if (!byName) this.byNamespace.set(namespace, (byName = new Map<string, Named>()));
    const known = byName.get(name);
    if (known !== undefined) return isDeepStrictEqual(known, object);
    byName.set(name, object);
    return true;
  }

  /** The first reason counts: what follows is often only its echo. */
  refuse(message: string): void {
    this.fault ??= { code: 'unreadable', message };
  }

  objects(): readonly unknown[] {
    const all: unknown[] = [];
    for (const byName of this.byNamespace.values()) for (const object of byName.values()) all.push(object);
    return all;
  }
}

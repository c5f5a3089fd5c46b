package io.poolwatch.agent.weave;

import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Which instructions of a method are meant: calls of a method, or writes of a field, by name and,
 * where that is not enough, by descriptor and owner. Immutable.
 */
public final class Site {
  private final String what;
  private final boolean call;
  private final int opcode;
  private final String name;
  private final @Nullable String descriptor;
  private final @Nullable String ownerSuffix;

  private Site(
      String what,
      boolean call,
      int opcode,
      String name,
      @Nullable String descriptor,
      @Nullable String ownerSuffix) {
    this.what = what;
    this.call = call;
    this.opcode = opcode;
    this.name = name;
    this.descriptor = descriptor;
    this.ownerSuffix = ownerSuffix;
  }

  /** Every call of a method of this name. */
  public static Site call(String method) {
    return new Site("call of " + method, true, 0, method, null, null);
  }

  /** Every call of a method of this name and descriptor. */
  public static Site call(String method, String descriptor) {
    return new Site("call of " + method + descriptor, true, 0, method, descriptor, null);
  }

  /** Every call of a method of this name, on a static type whose internal name ends so. */
  public static Site callOn(String ownerSuffix, String method) {
    return new Site("call of " + ownerSuffix + '.' + method, true, 0, method, null, ownerSuffix);
  }

  /** Every write of an instance field of this name. */
  public static Site putField(String field) {
    return new Site("write of " + field, false, Opcodes.PUTFIELD, field, null, null);
  }

  /** Every store into an array of references. */
  public static Site arrayStore() {
    return new Site("array store", false, Opcodes.AASTORE, "", null, null);
  }

  boolean isCall() {
    return call;
  }

  boolean matches(int instruction, String owner, String member, String memberDescriptor) {
    boolean kind =
        call
            ? instruction >= Opcodes.INVOKEVIRTUAL && instruction <= Opcodes.INVOKEINTERFACE
            : instruction == opcode;
    return kind
        && name.equals(member)
        && (descriptor == null || descriptor.equals(memberDescriptor))
        && (ownerSuffix == null || owner.endsWith(ownerSuffix));
  }

  @Override
  public String toString() {
    return what;
  }
}

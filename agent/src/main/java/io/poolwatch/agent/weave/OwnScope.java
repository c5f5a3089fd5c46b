package io.poolwatch.agent.weave;

import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Where there is nothing but {@code this} and parameters: in a method of ours. */
final class OwnScope implements Arg.Scope {
  private final String owner;
  private final Type[] parameters;

  OwnScope(String owner) {
    this(owner, null);
  }

  /**
   * In a method.
   *
   * @param descriptor of the method; null if it has no parameters
   */
  OwnScope(String owner, @Nullable String descriptor) {
    this.owner = owner;
    parameters = descriptor == null ? new Type[0] : Type.getArgumentTypes(descriptor);
  }

  @Override
  public String owner() {
    return owner;
  }

  @Override
  public boolean isStatic() {
    return false;
  }

  @Override
  public Type[] parameters() {
    return parameters;
  }

  @Override
  public Type[] callArgTypes() {
    return new Type[0];
  }

  @Override
  public int slotIndex(Slot slot) {
    throw new IllegalStateException("no slot here");
  }

  @Override
  public int receiverIndex() {
    throw new IllegalStateException("no call here");
  }

  @Override
  public int callArgIndex(int arg) {
    throw new IllegalStateException("no call here");
  }

  @Override
  public Type resultType() {
    throw new IllegalStateException("no call here");
  }

  @Override
  public int resultIndex() {
    throw new IllegalStateException("no call here");
  }
}

package io.poolwatch.agent.weave;

import net.bytebuddy.jar.asm.Type;

/** Where there is nothing but {@code this}: in a method of ours without parameters. */
final class OwnScope implements Arg.Scope {
  private final String owner;

  OwnScope(String owner) {
    this.owner = owner;
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
    return new Type[0];
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

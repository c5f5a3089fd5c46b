package io.poolwatch.agent.weave;

import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** A local variable that lives as long as one call of the woven method. */
public final class Slot {
  private final Type type;
  private final int ordinal;

  Slot(Type type, int ordinal) {
    this.type = type;
    this.ordinal = ordinal;
  }

  Type type() {
    return type;
  }

  int ordinal() {
    return ordinal;
  }

  /** How a stack map frame names the type. */
  Object frameType() {
    switch (type.getSort()) {
      case Type.INT:
        return Opcodes.INTEGER;
      case Type.LONG:
        return Opcodes.LONG;
      default:
        return type.getInternalName();
    }
  }
}

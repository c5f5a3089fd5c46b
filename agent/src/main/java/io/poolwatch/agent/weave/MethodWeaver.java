package io.poolwatch.agent.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a {@link MethodPlan} on the instructions of its method.
 *
 * <p><b>Local variables.</b> Slots and temporaries lie behind all variables of the original code.
 * Slots are initialised at the entry and named in every stack map frame from there on; temporaries
 * are written and read without a branch in between, so that no frame has to know them.
 *
 * <p><b>Exceptions.</b> The hooks for a throwing exit stand in a handler over the whole method,
 * last in the table, so that the method's own handlers come first; it throws the exception on,
 * untouched. The hooks themselves never throw.
 */
final class MethodWeaver extends MethodVisitor {
  private static final Type THROWABLE = Type.getType(Throwable.class);

  private final MethodPlan plan;
  private final String owner;
  private final boolean framed;
  private final Type[] parameters;
  private final int firstSlot;
  private final int[] slotIndex;
  private final int firstTemporary;
  private final Label start = new Label();

  /** Where the method's own code begins behind a detour; null without one. */
  private @Nullable Label own;

  MethodWeaver(MethodVisitor next, MethodPlan plan, String owner, int classVersion) {
    super(Opcodes.ASM9, next);
    this.plan = plan;
    this.owner = owner;
    framed = classVersion >= Opcodes.V1_6;
    parameters = Type.getArgumentTypes(plan.method().descriptor());
    firstSlot = plan.method().maxLocals();
    slotIndex = new int[plan.slots().size()];
    int index = firstSlot;
    for (Slot slot : plan.slots()) {
      slotIndex[slot.ordinal()] = index;
      index += slot.type().getSize();
    }
    firstTemporary = index;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    for (Slot slot : plan.slots()) {
      Type type = slot.type();
      super.visitInsn(
          type.getSort() == Type.INT
              ? Opcodes.ICONST_0
              : type.getSort() == Type.LONG ? Opcodes.LCONST_0 : Opcodes.ACONST_NULL);
      super.visitVarInsn(type.getOpcode(Opcodes.ISTORE), slotIndex[slot.ordinal()]);
    }
    emit(plan.entry(), new Context(null, null));
    if (!plan.throwing().isEmpty()) {
      super.visitLabel(start);
    }
    MethodPlan.Detour detour = plan.detour();
    if (detour != null) {
      detour(detour);
    }
  }

  private void detour(MethodPlan.Detour detour) {
    Label behind = new Label();
    detour.when.ask(mv, new Context(null, null));
    if (detour.told) {
      super.visitInsn(Opcodes.DUP);
      super.visitVarInsn(Opcodes.ISTORE, firstTemporary);
    }
    super.visitJumpInsn(Opcodes.IFEQ, behind);
    super.visitVarInsn(Opcodes.ALOAD, 0);
    int local = 1;
    for (Type parameter : parameters) {
      super.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), local);
      local += parameter.getSize();
    }
    String descriptor = plan.method().descriptor();
    String other = descriptor;
    if (detour.told) {
      super.visitVarInsn(Opcodes.ILOAD, firstTemporary);
      other = descriptor.replace(")", "I)");
    }
    super.visitMethodInsn(Opcodes.INVOKESPECIAL, owner, detour.method, other, false);
    super.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
    super.visitLabel(behind);
    if (framed) {
      Object[] locals = entryLocals();
      super.visitFrame(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]);
    }
    own = behind;
  }

  /** What the locals hold at the entry, slots included. */
  private Object[] entryLocals() {
    List<Object> locals = new ArrayList<>();
    if (!plan.method().isStatic()) {
      locals.add(owner);
    }
    for (Type parameter : parameters) {
      locals.add(frameType(parameter));
    }
    return withSlots(locals);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String target, String name, String descriptor, boolean isInterface) {
    List<Hook> before = plan.at(opcode, target, name, descriptor, false);
    List<Hook> after = plan.at(opcode, target, name, descriptor, true);
    if (before.isEmpty() && after.isEmpty()) {
      super.visitMethodInsn(opcode, target, name, descriptor, isInterface);
      return;
    }
    boolean needsArgs =
        before.stream().anyMatch(Hook::needsCallArgs)
            || after.stream().anyMatch(Hook::needsCallArgs);
    Context context = new Context(descriptor, opcode == Opcodes.INVOKESTATIC ? null : target);
    if (needsArgs) {
      context.stash();
    }
    emit(before, context);
    if (needsArgs) {
      context.restore();
    }
    super.visitMethodInsn(opcode, target, name, descriptor, isInterface);
    if (after.stream().anyMatch(Hook::needsResult)) {
      keepResult(Type.getReturnType(descriptor), context);
    }
    for (Hook hook : after) {
      if (hook.replacesResult()) {
        super.visitInsn(Opcodes.POP);
        hook.emit(mv, context);
        keepResult(Type.getReturnType(descriptor), context); // for the hooks behind it
      } else {
        hook.emit(mv, context);
      }
    }
  }

  @Override
  public void visitFieldInsn(int opcode, String target, String name, String descriptor) {
    emit(plan.at(opcode, target, name, descriptor, false), new Context(null, null));
    super.visitFieldInsn(opcode, target, name, descriptor);
    emit(plan.at(opcode, target, name, descriptor, true), new Context(null, null));
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN && !plan.returns().isEmpty()) {
      Context context = new Context(null, null);
      if (plan.returns().stream().anyMatch(Hook::needsResult)) {
        keepResult(Type.getReturnType(plan.method().descriptor()), context);
      }
      emit(plan.returns(), context);
    }
    emit(plan.at(opcode, "", "", "", false), new Context(null, null));
    super.visitInsn(opcode);
    emit(plan.at(opcode, "", "", "", true), new Context(null, null));
  }

  @Override
  public void visitFrame(
      int type, int numLocal, Object @Nullable [] local, int numStack, Object @Nullable [] stack) {
    if (own != null && isHere(own)) {
      return; // a loop from the first instruction on: its frame is there already
    }
    if (type != Opcodes.F_NEW || plan.slots().isEmpty() || local == null) {
      super.visitFrame(type, numLocal, local, numStack, stack);
      return;
    }
    Object[] extended = withSlots(Arrays.asList(local).subList(0, numLocal));
    super.visitFrame(type, extended.length, extended, numStack, stack);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    if (!plan.throwing().isEmpty()) {
      Label handler = new Label();
      super.visitTryCatchBlock(start, handler, handler, null);
      super.visitLabel(handler);
      if (framed) {
        Object[] extended = entryLocals();
        super.visitFrame(
            Opcodes.F_NEW, extended.length, extended, 1, new Object[] {"java/lang/Throwable"});
      }
      Context context = new Context(null, null);
      if (plan.throwing().stream().anyMatch(Hook::needsResult)) {
        keepResult(THROWABLE, context);
      }
      emit(plan.throwing(), context);
      super.visitInsn(Opcodes.ATHROW);
    }
    super.visitMaxs(maxStack, maxLocals);
  }

  private boolean isHere(Label label) {
    Label here = new Label();
    super.visitLabel(here);
    return here.getOffset() == label.getOffset();
  }

  /** The locals of a frame, with what the slots hold behind them. */
  private Object[] withSlots(List<Object> locals) {
    List<Object> extended = new ArrayList<>(locals);
    int size = 0;
    for (Object local : locals) {
      size += local == Opcodes.LONG || local == Opcodes.DOUBLE ? 2 : 1;
    }
    for (; size < firstSlot; size++) {
      extended.add(Opcodes.TOP);
    }
    for (Slot slot : plan.slots()) {
      extended.add(slot.frameType());
    }
    return extended.toArray();
  }

  private static Object frameType(Type type) {
    switch (type.getSort()) {
      case Type.BOOLEAN:
      case Type.BYTE:
      case Type.CHAR:
      case Type.SHORT:
      case Type.INT:
        return Opcodes.INTEGER;
      case Type.LONG:
        return Opcodes.LONG;
      case Type.FLOAT:
        return Opcodes.FLOAT;
      case Type.DOUBLE:
        return Opcodes.DOUBLE;
      default:
        return type.getInternalName();
    }
  }

  private void emit(List<Hook> hooks, Context context) {
    for (Hook hook : hooks) {
      hook.emit(mv, context);
    }
  }

  private void keepResult(Type type, Context context) {
    context.result = type;
    context.resultIndex = context.nextTemporary;
    super.visitInsn(type.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
    super.visitVarInsn(type.getOpcode(Opcodes.ISTORE), context.resultIndex);
  }

  /** Where the hooks of one place find their arguments. */
  private final class Context implements Arg.Scope {
    private final Type[] callArgs;
    private final @Nullable String receiver;
    private final int[] callArgIndex;
    private int receiverIndex = -1;
    private int nextTemporary = firstTemporary;
    private Type result = Type.VOID_TYPE;
    private int resultIndex = -1;

    Context(@Nullable String callDescriptor, @Nullable String receiver) {
      this.receiver = receiver;
      callArgs = callDescriptor == null ? new Type[0] : Type.getArgumentTypes(callDescriptor);
      callArgIndex = new int[callArgs.length];
    }

    /** Moves the call's arguments from the stack to temporaries. */
    void stash() {
      for (int i = callArgs.length - 1; i >= 0; i--) {
        callArgIndex[i] = nextTemporary;
        nextTemporary += callArgs[i].getSize();
        mv.visitVarInsn(callArgs[i].getOpcode(Opcodes.ISTORE), callArgIndex[i]);
      }
      if (receiver != null) {
        receiverIndex = nextTemporary++;
        mv.visitVarInsn(Opcodes.ASTORE, receiverIndex);
      }
    }

    /** Puts them back on the stack. */
    void restore() {
      if (receiver != null) {
        mv.visitVarInsn(Opcodes.ALOAD, receiverIndex);
      }
      for (int i = 0; i < callArgs.length; i++) {
        mv.visitVarInsn(callArgs[i].getOpcode(Opcodes.ILOAD), callArgIndex[i]);
      }
    }

    @Override
    public String owner() {
      return owner;
    }

    @Override
    public boolean isStatic() {
      return plan.method().isStatic();
    }

    @Override
    public Type[] parameters() {
      return parameters;
    }

    @Override
    public int slotIndex(Slot slot) {
      return slotIndex[slot.ordinal()];
    }

    @Override
    public int receiverIndex() {
      return receiverIndex;
    }

    @Override
    public Type[] callArgTypes() {
      return callArgs;
    }

    @Override
    public int callArgIndex(int arg) {
      return callArgIndex[arg];
    }

    @Override
    public Type resultType() {
      return result;
    }

    @Override
    public int resultIndex() {
      return resultIndex;
    }
  }
}

package io.poolwatch.woven.commonspool2;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Whether {@code wrap} of a factory does nothing but make a record of the library's own, as nearly
 * every one does: then nobody misses it. Told by its instructions in the class file, as the class's
 * loader gives it; what cannot be read, or is any different, is taken to do more. For the agent's
 * thread; some milliseconds. No state.
 */
final class PlainWrap {
  private static final String WRAP = "wrap";
  private static final String CODE = "Code";
  private static final int MAGIC = 0xCAFEBABE;

  private static final int ALOAD_0 = 0x2A;
  private static final int ALOAD_1 = 0x2B;
  private static final int DUP = 0x59;
  private static final int ARETURN = 0xB0;
  private static final int INVOKEVIRTUAL = 0xB6;
  private static final int INVOKESPECIAL = 0xB7;
  private static final int NEW = 0xBB;
  private static final int CHECKCAST = 0xC0;

  private PlainWrap() {}

  /**
   * Looks at it.
   *
   * @param lookup with all access to the factory's class
   * @param record the library's interface of records
   * @param made the library's own class of records
   */
  static boolean is(MethodHandles.Lookup lookup, Class<?> factory, Class<?> record, Class<?> made) {
    String returned = ")L".concat(internalName(record)).concat(";");
    String descriptor = "(Ljava/lang/Object;".concat(returned);
    try {
      Code code = code(lookup, factory, descriptor);
      if (code != null && !code.makes(internalName(made))) {
        // With a parameter of the object's own type the compiler adds one that calls it.
        String own = code.passedTo();
        code = own == null || !own.endsWith(returned) ? null : code(lookup, factory, own);
      }
      return code != null && code.makes(internalName(made));
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError unknown) {
      return false;
    }
  }

  private static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  private static @Nullable Code code(
      MethodHandles.Lookup lookup, Class<?> factory, String descriptor)
      throws IOException, ReflectiveOperationException {
    MethodType type = MethodType.fromMethodDescriptorString(descriptor, factory.getClassLoader());
    Class<?> declaring = FactoryWay.declaring(lookup, factory, WRAP, type);
    try (InputStream file =
        declaring.getResourceAsStream("/".concat(internalName(declaring)).concat(".class"))) {
      return file == null ? null : Code.read(new DataInputStream(file), descriptor);
    }
  }

  /** The instructions of one method, and the constants that they name. */
  private static final class Code {
    private final @Nullable Object[] constants;
    private final byte[] code;

    private Code(@Nullable Object[] constants, byte[] code) {
      this.constants = constants;
      this.code = code;
    }

    /** Reads those of {@code wrap} with a descriptor; null if there is none. */
    static @Nullable Code read(DataInputStream in, String descriptor) throws IOException {
      if (in.readInt() != MAGIC) {
        return null;
      }
      in.readInt(); // the version
      @Nullable Object[] constants = constants(in);
      skip(in, 6); // access, its own name, its superclass's
      skip(in, 2L * in.readUnsignedShort());
      for (int fields = in.readUnsignedShort(); fields > 0; fields--) {
        skip(in, 6);
        for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
          skip(in, 2);
          skip(in, in.readInt());
        }
      }
      for (int methods = in.readUnsignedShort(); methods > 0; methods--) {
        skip(in, 2);
        boolean found = WRAP.equals(constants[in.readUnsignedShort()]);
        found &= descriptor.equals(constants[in.readUnsignedShort()]);
        for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
          boolean isCode = CODE.equals(constants[in.readUnsignedShort()]);
          int length = in.readInt();
          if (found && isCode) {
            skip(in, 4); // of the stack, and of the locals
            byte[] code = new byte[Math.min(in.readInt(), 10)]; // longer ones do more
            in.readFully(code);
            return new Code(constants, code);
          }
          skip(in, length);
        }
      }
      return null;
    }

    private static @Nullable Object[] constants(DataInputStream in) throws IOException {
      @Nullable Object[] constants = new Object[in.readUnsignedShort()];
      for (int i = 1; i < constants.length; i++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1: // text
            constants[i] = in.readUTF();
            break;
          case 5: // a long or a double, which take two places
          case 6:
            skip(in, 8);
            i++;
            break;
          case 7: // a class, and what else is one number
          case 8:
          case 16:
          case 19:
          case 20:
            constants[i] = new int[] {in.readUnsignedShort()};
            break;
          case 15: // a method handle
            skip(in, 3);
            break;
          case 3:
          case 4:
          case 9:
          case 10:
          case 11:
          case 12:
          case 17:
          case 18: // a method, or its name and descriptor, and what else is two numbers
            constants[i] = new int[] {in.readUnsignedShort(), in.readUnsignedShort()};
            break;
          default:
            throw new IOException("unknown constant");
        }
      }
      return constants;
    }

    private static void skip(DataInputStream in, long bytes) throws IOException {
      for (long left = bytes; left > 0; ) {
        int skipped = in.skipBytes((int) Math.min(left, 1 << 16));
        if (skipped <= 0) {
          throw new IOException("too short");
        }
        left -= skipped;
      }
    }

    /** Whether they are {@code new type(argument)}, and nothing else. */
    boolean makes(String type) {
      return code.length == 9
          && at(0) == NEW
          && type.equals(className(indexAt(1)))
          && at(3) == DUP
          && at(4) == ALOAD_1
          && at(5) == INVOKESPECIAL
          && type.equals(className(part(indexAt(6), 0)))
          && "<init>".equals(text(part(part(indexAt(6), 1), 0)))
          && "(Ljava/lang/Object;)V".equals(text(part(part(indexAt(6), 1), 1)))
          && at(8) == ARETURN;
    }

    /** The descriptor of another {@code wrap} if they do nothing but call it, else null. */
    @Nullable String passedTo() {
      boolean passed =
          code.length == 9
              && at(0) == ALOAD_0
              && at(1) == ALOAD_1
              && at(2) == CHECKCAST
              && at(5) == INVOKEVIRTUAL
              && at(8) == ARETURN;
      return passed && WRAP.equals(text(part(part(indexAt(6), 1), 0)))
          ? text(part(part(indexAt(6), 1), 1))
          : null;
    }

    private int at(int index) {
      return code[index] & 0xFF;
    }

    private int indexAt(int index) {
      return (at(index) << 8) | at(index + 1);
    }

    private int part(int constant, int which) {
      Object numbers = constants[constant];
      return numbers instanceof int[] && ((int[]) numbers).length > which
          ? ((int[]) numbers)[which]
          : 0;
    }

    private @Nullable String className(int constant) {
      return text(part(constant, 0));
    }

    private @Nullable String text(int constant) {
      Object text = constants[constant];
      return text instanceof String ? (String) text : null;
    }
  }
}

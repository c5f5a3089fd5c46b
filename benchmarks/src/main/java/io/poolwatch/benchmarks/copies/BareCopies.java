package io.poolwatch.benchmarks.copies;

import java.io.IOException;
import java.io.InputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Loads the pool libraries, and the work that is done with them, a second time under other names.
 * The agent knows a library by the ends of its classes' names, as those of a relocated copy have
 * them, and is told to leave all that begins with {@value #PREFIX}.
 */
final class BareCopies extends ClassLoader {
  /** How the name of each copied class begins. */
  static final String PREFIX = "bare.";

  private static final String[] COPIED = {
    "io/netty/",
    "org/apache/commons/pool2/",
    "io/poolwatch/pool/",
    "io/poolwatch/benchmarks/copies/pair/"
  };

  private static final Remapper NAMES =
      new Remapper() {
        @Override
        public String map(String name) {
          return isCopied(name) ? PREFIX.replace('.', '/') + name : name;
        }
      };

  BareCopies(ClassLoader parent) {
    super(parent);
  }

  private static boolean isCopied(String name) {
    for (String each : COPIED) {
      if (name.startsWith(each)) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String original = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    try (InputStream in = getParent().getResourceAsStream(original.replace('.', '/') + ".class")) {
      if (!name.startsWith(PREFIX) || in == null) {
        throw new ClassNotFoundException(name);
      }
      ClassWriter renamed = new ClassWriter(0);
      new ClassReader(in).accept(new ClassRemapper(renamed, NAMES), 0);
      byte[] bytes = renamed.toByteArray();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}

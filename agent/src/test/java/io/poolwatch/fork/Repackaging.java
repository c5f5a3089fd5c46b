package io.poolwatch.fork;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/** Moves classes into another package, as a product does that carries its own copy of a library. */
public final class Repackaging {
  private Repackaging() {}

  /**
   * The classes of some jars in one.
   *
   * @param from the package that moves, in internal form, with what lies under it
   * @param to where to
   */
  public static Path write(Path file, String from, String to, Path... jars) {
    Remapper remapper =
        new Remapper() {
          @Override
          public String map(String name) {
            return name.startsWith(from + "/") ? to + name.substring(from.length()) : name;
          }
        };
    Map<String, byte[]> classes = new LinkedHashMap<>();
    for (Path jar : jars) {
      move(jar, remapper, classes);
    }
    return ServiceJar.in(file).addAll(classes).write();
  }

  private static void move(Path jar, Remapper remapper, Map<String, byte[]> classes) {
    try (JarFile in = new JarFile(jar.toFile())) {
      Enumeration<JarEntry> entries = in.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        String name = entry.getName();
        if (name.endsWith(".class") && !name.endsWith("module-info.class")) {
          ClassReader reader = new ClassReader(in.getInputStream(entry).readAllBytes());
          ClassWriter writer = new ClassWriter(0);
          reader.accept(new ClassRemapper(writer, remapper), 0);
          classes.put(remapper.map(reader.getClassName()) + ".class", writer.toByteArray());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
